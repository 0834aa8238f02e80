/** `undersigned registrar note-name`: notes that the owner of a mailbox bears a name that its letters do not say. */
import type { Command } from "commander";
import { CliError } from "../../errors.ts";
import { lineReader } from "../../io/descriptors.ts";
import { printResult } from "../../io/output.ts";
import { ask } from "../../io/prompt.ts";
import { type LockOptions, lockFor, withLock } from "../../options/lock-options.ts";
import { epochValue } from "../../options/values.ts";

interface Options extends LockOptions {
  readonly data: string;
  readonly database?: string;
  readonly epoch: number;
  readonly json?: boolean;
}

export function addRegistrarNoteName(program: Command): void {
  const command = program
    .command("note-name")
    .summary("note a changed name, or one in another script, that you have checked")
    .description(
      "The registrar must be stopped. Mailbox and name are asked for, or read as two lines of standard input; they are never arguments. What is kept is a keyed hash of both, until the epoch is closed: check the spelling, since it cannot be read again. The person then enrols again with the same phrase, and gives the name exactly so.",
    )
    .requiredOption("--data <folder>", "the registrar's data folder")
    .option("--database <url>", "its database, where that is not in the data folder")
    .requiredOption("--epoch <n>", "number of the epoch", epochValue)
    .option("--json", "print one JSON object");
  withLock(command).action(run);
}

async function run(options: Options): Promise<void> {
  const { data: dataDir, database: databaseUrl, epoch } = options;
  const { mailbox, name } = await readPerson();
  const lock = await lockFor(options);
  const { noteName } = await import("@undersigned/registrar");
  await noteName({ dataDir, databaseUrl, lock, epoch, mailbox, name: name.normalize("NFC") });
  printResult(options.json === true, { epoch, noted: true }, [`epoch ${epoch}: noted`]);
}

async function readPerson(): Promise<{ mailbox: string; name: string }> {
  if (process.stdin.isTTY) {
    const mailbox = await ask("Work mailbox: ", "standard input");
    return { mailbox, name: await ask("Name, exactly as it is to be shown: ", "standard input") };
  }
  const lines = lineReader(0);
  try {
    const [mailbox, name] = [await lines.next(), await lines.next()];
    if (mailbox !== null && name !== null) return { mailbox: mailbox.trim(), name: name.trim() };
  } finally {
    lines.close();
  }
  throw new CliError("no-terminal", "Give the mailbox and the name as two lines of standard input.");
}

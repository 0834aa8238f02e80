/** `undersigned registrar init`: makes a registrar's identity, and its card for whoever makes the manifest. */
import type { Command } from "commander";
import { readCardAddress } from "../../ceremony/cards.ts";
import { spokenHash } from "../../ceremony/describe-manifest.ts";
import { requireFree, writeOutput } from "../../io/files.ts";
import { printResult } from "../../io/output.ts";
import { type LockOptions, newLockFor, withLock } from "../../options/lock-options.ts";

interface Options extends LockOptions {
  readonly data: string;
  readonly name: string;
  readonly operator: string;
  readonly url: string;
  readonly out: string;
  readonly json?: boolean;
}

export function addRegistrarInit(program: Command): void {
  const command = program
    .command("init")
    .summary("make a registrar's identity key and its card")
    .description(
      "Makes the key if there is none; it never leaves the data folder. The card tells organisers its public half, the registrar's name, its operator and its address, signed by the key. Run it again for another name or address: the key stays.",
    )
    .requiredOption("--data <folder>", "the registrar's data folder (mode 700)")
    .requiredOption("--name <name>", "what the registrar is called on pages and in mails")
    .requiredOption("--operator <name>", "who runs it and answers for it, as readers know them")
    .requiredOption("--url <address>", "where people reach it, https://…")
    .requiredOption("-o, --out <file>", "where the card is written, for whoever makes the manifest")
    .option("--json", "print one JSON object");
  withLock(command).action(run);
}

async function run(options: Options): Promise<void> {
  await requireFree(options.out);
  const details = {
    name: options.name.normalize("NFC"),
    operator: options.operator.normalize("NFC"),
    url: readCardAddress(options.url),
  };
  const { makeRegistrarCard } = await import("@undersigned/registrar");
  const { card, file } = await makeRegistrarCard({
    dataDir: options.data,
    lock: await newLockFor(options),
    details,
  });
  await writeOutput(options.out, file);
  printResult(options.json === true, { identity: card.identity }, [
    `identity: ${card.identity}`,
    `to read out: ${spokenHash(card.identity)}`,
  ]);
}

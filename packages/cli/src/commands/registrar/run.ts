/** `undersigned registrar`: runs a registrar in the foreground. */
import type { Command } from "commander";
import { type ListenFlags, listenOptions, withListen } from "../../options/listen-options.ts";
import { type LockOptions, lockFor, withLock } from "../../options/lock-options.ts";
import { type SmtpFlags, smtpOptions, withSmtp } from "../../options/smtp-options.ts";
import { runUntilStopped } from "../../run-until-stopped.ts";

interface Options extends ListenFlags, LockOptions, SmtpFlags {
  readonly data: string;
  readonly database?: string;
  readonly board?: string;
  readonly dns: boolean;
}

export function addRegistrarRun(program: Command): void {
  const command = program
    .command("run", { isDefault: true })
    .summary("run a registrar")
    .requiredOption("--data <folder>", "its data folder")
    .option("--database <url>", "sqlite:FILE or postgres://…, where that is not in the data folder")
    .option("--board <url>", "address of the board, where it is not the manifest's any more")
    .option("--no-dns", "do not ask DNS for the keys of mails' senders: the manifest's records decide");
  withLock(withSmtp(withListen(command, 8081))).action(run);
}

async function run(options: Options): Promise<void> {
  const listen = await listenOptions(options);
  const smtp = await smtpOptions(options);
  const lock = await lockFor(options);
  const { registrarEvents, startRegistrar } = await import("@undersigned/registrar");
  const { createLogger, httpEvents } = await import("@undersigned/service");
  let lost = () => {};
  const failed = new Promise<void>((resolve) => {
    lost = resolve;
  });
  const running = await startRegistrar({
    dataDir: options.data,
    databaseUrl: options.database,
    board: options.board,
    // Left out, the machine's own resolvers are asked.
    ...(!options.dns && { lookUpTxt: null }),
    lock,
    smtp,
    listen,
    logger: createLogger({ ...registrarEvents, ...httpEvents }, { stream: process.stderr }),
    onLost: () => lost(),
  });
  process.exitCode = await runUntilStopped("registrar", running, { failed });
}

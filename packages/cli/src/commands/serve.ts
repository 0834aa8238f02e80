/** `undersigned serve`: runs a board in the foreground. */
import type { Command } from "commander";
import { type ListenFlags, listenOptions, withListen } from "../options/listen-options.ts";
import { type LockOptions, lockFor, withLock } from "../options/lock-options.ts";
import { runUntilStopped } from "../run-until-stopped.ts";

export interface ServeOptions extends ListenFlags, LockOptions {
  readonly data: string;
  readonly database?: string;
}

export function addServe(program: Command): void {
  const command = program
    .command("serve")
    .summary("run a board")
    .requiredOption("--data <folder>", "its data folder")
    .option("--database <url>", "sqlite:FILE or postgres://…, where that is not in the data folder");
  withLock(withListen(command, 8080)).action(serve);
}

/** Until it is told to stop. */
export async function serve(options: ServeOptions): Promise<void> {
  const listen = await listenOptions(options);
  const lock = await lockFor(options);
  const { boardEvents, startBoard } = await import("@undersigned/board");
  const { createLogger, httpEvents } = await import("@undersigned/service");
  const { boardPages } = await import("@undersigned/web");
  const running = await startBoard({
    dataDir: options.data,
    databaseUrl: options.database,
    lock,
    listen,
    ...boardPages(),
    logger: createLogger({ ...boardEvents, ...httpEvents }, { stream: process.stderr }),
  });
  process.exitCode = await runUntilStopped("board", running);
}

/** `undersigned start`, which is `npm start`: a board, whose keys are made where there are none yet. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { ListenOptions } from "@undersigned/service";
import type { Command } from "commander";
import { CliError } from "../errors.ts";
import { isLoopbackHost, listenOptions } from "../options/listen-options.ts";
import { lockFor, newLockFor } from "../options/lock-options.ts";
import { runUntilStopped } from "../run-until-stopped.ts";
import { type ServeOptions, serve, withServing } from "./serve.ts";

export function addStart(program: Command): void {
  const command = program
    .command("start")
    .summary("run a board, a new one too")
    .description(
      "As `serve`. Where the data folder has no keys yet, it makes them, locked by a new passphrase, and prints the link that sets up the organisers' desk. Where no passphrase can be had, it serves a page to this machine that says what to do next.",
    )
    .option("--data <folder>", "its data folder", ".undersigned/board")
    .option("--database <url>", "sqlite:FILE or postgres://…, where that is not in the data folder");
  withServing(command).action(run);
}

async function run(options: ServeOptions): Promise<void> {
  const listen = await listenOptions(options);
  if (existsSync(join(options.data, "keys"))) return await serve(options, listen, await lockFor(options));
  const lock = await newLockFor(options).catch(nobodyToAsk);
  if (lock === null) return await serveFirstPages(options, listen);
  const { createBoardKeys } = await import("@undersigned/board");
  await createBoardKeys({ dataDir: options.data, lock });
  await serve(options, listen, lock);
}

/** Null where no passphrase is given and nobody can be asked for one. */
function nobodyToAsk(error: unknown): null {
  if ((error as { readonly code?: unknown } | null)?.code === "locked") return null;
  throw error;
}

async function serveFirstPages(options: ServeOptions, listen: ListenOptions): Promise<void> {
  if (!isLoopbackHost(options.host)) {
    throw new CliError("usage", "No board is set up in this folder. Until it is, leave out --host.");
  }
  const { createLogger, createServer, httpEvents } = await import("@undersigned/service");
  const { addFirstPages } = await import("@undersigned/web");
  const logger = createLogger(httpEvents, { stream: process.stderr });
  const server = createServer({ name: "Undersigned", version: "1", maxBodyBytes: 1024, logger });
  addFirstPages(server, options.data);
  const { url } = await server.listen(listen);
  process.exitCode = await runUntilStopped("what to do next", { url, close: () => server.close() });
}

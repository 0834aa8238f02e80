/** `undersigned start`, which is `npm start`: a board, or, where none is set up yet, a page that says what to do next. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { CliError } from "../errors.ts";
import { listenOptions, withListen } from "../options/listen-options.ts";
import { withLock } from "../options/lock-options.ts";
import { runUntilStopped } from "../run-until-stopped.ts";
import { type ServeOptions, serve } from "./serve.ts";

const LOOPBACK = /^(?:localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|::1)$/;

export function addStart(program: Command): void {
  const command = program
    .command("start")
    .summary("run a board, or say what to do first")
    .description(
      "As `serve`. Where the data folder has no keys yet, it serves a page to this machine that says what to do next.",
    )
    .option("--data <folder>", "its data folder", ".undersigned/board")
    .option("--database <url>", "sqlite:FILE or postgres://…, where that is not in the data folder");
  withLock(withListen(command, 8080)).action(run);
}

async function run(options: ServeOptions): Promise<void> {
  if (existsSync(join(options.data, "keys"))) await serve(options);
  else await serveFirstPages(options);
}

async function serveFirstPages(options: ServeOptions): Promise<void> {
  if (!LOOPBACK.test(options.host)) {
    throw new CliError("usage", "No board is set up in this folder. Until it is, leave out --host.");
  }
  const { createLogger, createServer, httpEvents } = await import("@undersigned/service");
  const { addFirstPages } = await import("@undersigned/web");
  const logger = createLogger(httpEvents, { stream: process.stderr });
  const server = createServer({ name: "Undersigned", version: "1", maxBodyBytes: 1024, logger });
  addFirstPages(server, options.data);
  const { url } = await server.listen(await listenOptions(options));
  process.exitCode = await runUntilStopped("what to do next", { url, close: () => server.close() });
}

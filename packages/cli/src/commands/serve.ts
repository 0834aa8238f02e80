/** `undersigned serve`: runs a board in the foreground. */
import type { ListenOptions, Lock } from "@undersigned/service";
import type { Command } from "commander";
import { type AnswersFlags, answersOptions, withAnswers } from "../options/answers-options.ts";
import { certificateState } from "../options/certificate-state.ts";
import { type FollowFlags, followOptions, withFollowing } from "../options/follow-options.ts";
import { isLoopbackHost, type ListenFlags, listenOptions, withListen } from "../options/listen-options.ts";
import { type LockOptions, lockFor, withLock } from "../options/lock-options.ts";
import { type OptionalSmtpFlags, optionalSmtpOptions, withOptionalSmtp } from "../options/smtp-options.ts";
import { pictures } from "../pictures.ts";
import { runUntilStopped } from "../run-until-stopped.ts";

export interface ServeOptions extends ListenFlags, LockOptions, OptionalSmtpFlags, AnswersFlags, FollowFlags {
  readonly data: string;
  readonly database?: string;
}

export function addServe(program: Command): void {
  const command = program
    .command("serve")
    .summary("run a board")
    .requiredOption("--data <folder>", "its data folder")
    .option("--database <url>", "sqlite:FILE or postgres://…, where that is not in the data folder");
  withServing(command).action(run);
}

/** What a board that is served takes besides its data. */
export function withServing(command: Command): Command {
  return withLock(withFollowing(withAnswers(withOptionalSmtp(withListen(command, 8080)))));
}

async function run(options: ServeOptions): Promise<void> {
  const listen = await listenOptions(options);
  await serve(options, listen, await lockFor(options));
}

/**
 * Until it is told to stop. Where nobody has set up the desk, standard output has the link for it once, after the address:
 * whoever opens it becomes the first owner, so it goes to no log.
 */
export async function serve(options: ServeOptions, listen: ListenOptions, lock: Lock): Promise<void> {
  const smtp = await optionalSmtpOptions(options);
  const answers = await answersOptions(options);
  const { boardEvents, startBoard } = await import("@undersigned/board");
  const { withDesk } = await import("@undersigned/desk");
  const { createLogger, httpEvents } = await import("@undersigned/service");
  const { boardPages } = await import("@undersigned/web");
  let token: string | null = null;
  let answersPort: number | null = null;
  const running = await startBoard({
    dataDir: options.data,
    databaseUrl: options.database,
    lock,
    listen,
    ...boardPages({ pictures }),
    follow: await followOptions(options, options.data),
    extension: withDesk({
      certificate: async () => certificateState(listen),
      ...(smtp && { smtp }),
      ...(answers && {
        answers: {
          ...answers,
          onListening(port) {
            answersPort = port;
          },
        },
      }),
      onSetUpToken(fresh) {
        token = fresh;
      },
    }),
    logger: createLogger({ ...boardEvents, ...httpEvents }, { stream: process.stderr }),
  });
  const link = token === null ? [] : [`set up the desk: ${deskAddress(running.url)}#set-up.${token}`];
  const receiver = answersPort === null ? [] : [`answers: smtp on port ${answersPort}`];
  process.exitCode = await runUntilStopped("board", running, { also: [...link, ...receiver] });
}

/** By name on this machine, since no passkey can be made for an address of numbers. */
function deskAddress(url: string): string {
  const at = new URL("/desk", url);
  if (isLoopbackHost(at.hostname)) at.hostname = "localhost";
  return at.href;
}

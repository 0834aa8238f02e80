/**
 * Another board, as somebody elsewhere runs it: with a data folder and a port of its own, no workforce, and an eye on the first one, which
 * it believes nothing before it has recounted it.
 */
import { join } from "node:path";
import { boardEvents, createBoardKeys, startBoard } from "@undersigned/board";
import { encodeBase64url, parseFollowing, sumOf } from "@undersigned/core";
import { followEngine, parseFollowLink } from "@undersigned/follow";
import { createLogger, httpEvents } from "@undersigned/service";
import { boardPages } from "@undersigned/web";
import { generateX25519Identity } from "age-encryption";
import { pictures } from "../../pictures.ts";
import type { CleanUp } from "../clean-up.ts";
import type { DemoClock } from "../world/demo-clock.ts";
import { logFile } from "../world/server-log.ts";

export type SecondBoard = {
  /** With its closing slash. */
  readonly url: string;
  /** Recounts what is followed; ends early once the demo is stopped. */
  readonly recount: () => Promise<void>;
};

/** `link`: of a letter or board, as people pass it on. `folder` is the demo's. */
export async function startSecondBoard(
  link: string,
  folder: string,
  clock: DemoClock,
  stop: AbortSignal,
  cleanUp: CleanUp,
): Promise<SecondBoard> {
  const dataDir = join(folder, "second-board");
  const lock = { identity: await generateX25519Identity() };
  await createBoardKeys({ dataDir, lock });
  const log = { stream: logFile(join(folder, "second-board.log")) };
  const running = await startBoard({
    dataDir,
    lock,
    clock,
    logger: createLogger({ ...boardEvents, ...httpEvents }, log),
    listen: { host: "127.0.0.1", port: 0 },
    ...boardPages({ pictures }),
  });
  cleanUp.add(() => running.close());
  const { board } = running;
  await board.followWorkforce(parseFollowLink(link));
  // What a server says can never lead to this machine; whoever starts the demo asks for it.
  const engine = followEngine({ folder: join(dataDir, "following"), loopback: true });
  return {
    url: new URL("/", running.url).href,
    async recount() {
      await board.recountFollowed(engine, { again: true, signal: stop });
    },
  };
}

export type FollowedResult = {
  /** "ok", or in sentences why the second board's number is not the first one's. */
  readonly recount: "ok" | readonly string[];
  /** What the second board says itself; null where it has verified nothing. */
  readonly signatories: number | null;
};

/** `expected` is what the first board's log has by another recount. */
export async function readFollowed(
  second: string,
  expected: { readonly workforce: string; readonly root: string | null; readonly signatories: number },
): Promise<FollowedResult> {
  const answer = await fetch(new URL("following.json", second));
  const file = parseFollowing(new Uint8Array(await answer.arrayBuffer()));
  const followed = file.workforces.find(({ workforce }) => workforce === expected.workforce);
  if (followed === undefined)
    return { recount: ["The second board does not follow the first."], signatories: null };
  const { verified, problem } = followed;
  // As checkpoints have it, and as the protocol's files do.
  const root = expected.root === null ? null : encodeBase64url(Buffer.from(expected.root, "base64"));
  const signatories = verified === null ? null : sumOf({ workforces: [followed] }).signatories;
  const wrong = [
    ...(problem === null ? [] : [`The second board met ${problem.code}.`]),
    ...(verified === null ? ["The second board has recounted nothing."] : []),
    ...(verified !== null && verified.root !== root ? ["The second board has another log."] : []),
    ...(signatories !== null && signatories !== expected.signatories
      ? [`The second board says ${signatories} signatories instead of ${expected.signatories}.`]
      : []),
  ];
  return { recount: wrong.length === 0 ? "ok" : wrong, signatories };
}

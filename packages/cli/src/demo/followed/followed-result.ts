/** What `--through followed` adds to the last line: whether others can follow, recount and copy what the board publishes. */
import type { Report } from "@undersigned/verify";
import { DemoError } from "../demo-error.ts";
import type { World } from "../world/world.ts";
import { checkFeeds } from "./check-feeds.ts";
import { checkMirror } from "./check-mirror.ts";
import { type FollowedResult, readFollowed, type SecondBoard } from "./second-board.ts";

/** Where something is wrong, sentences on it stand in the place of the word. */
export type Followed = {
  readonly feeds: "valid" | readonly string[];
  readonly followed: FollowedResult;
  readonly mirror: "ok" | readonly string[];
};

/** `second` has recounted; `report` is of the board's own files. */
export async function makeFollowed(
  world: World,
  second: SecondBoard,
  { root, letters }: Report,
  stop: AbortSignal,
): Promise<Followed> {
  const { board, workforce, mirror } = world;
  const signatories = letters.reduce((sum, { counted }) => sum + counted.mailbox, 0);
  const result: Followed = {
    feeds: await checkFeeds(board, world),
    followed: await readFollowed(second.url, { workforce, root, signatories }),
    mirror:
      mirror === null
        ? ["There is no mirror."]
        : await checkMirror({ board, workforce, root, folder: mirror.folder, served: mirror.url }, stop),
  };
  if (stop.aborted) throw new DemoError("interrupted", "The demo was stopped before all was looked at.");
  return result;
}

/** Sentences on what is wrong. */
export function followedProblems({ feeds, followed, mirror }: Partial<Followed>): string[] {
  const listOf = (said: string | readonly string[] | undefined): readonly string[] =>
    said === undefined || typeof said === "string" ? [] : said;
  return [...listOf(feeds), ...listOf(followed?.recount), ...listOf(mirror)];
}

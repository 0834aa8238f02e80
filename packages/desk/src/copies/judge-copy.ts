/**
 * Whether a file is a copy that can be kept: just what package clean makes of it. Cleaned in a thread of its own, since the file is
 * what somebody's page sent, of whatever a stranger has put on the web, and cleaning can take seconds.
 */
import type { CopyType } from "@undersigned/core";
import { DeskError } from "../errors.ts";
import { inThread, type ThreadLimits } from "../in-thread.ts";

/** More than the largest page or document takes that cleaning lets through. */
const LIMITS: ThreadLimits = { heapMib: 256, timeMs: 45_000 };

/** Throws `copy-not-clean`, and `copy-too-hard` where it takes more than the limits. */
export type JudgeCopy = (bytes: Uint8Array) => Promise<CopyType>;

/** One file at a time, the others wait: each takes memory of its own. */
export function createCopyJudge(limits: ThreadLimits = LIMITS): JudgeCopy {
  let last: Promise<unknown> = Promise.resolve();
  return (bytes) => {
    const judged = last.then(() => judge(bytes, limits));
    last = judged.catch(() => {});
    return judged;
  };
}

async function judge(bytes: Uint8Array, limits: ThreadLimits): Promise<CopyType> {
  const judged = await inThread<CopyType | null>(
    new URL("./judge-worker.ts", import.meta.url),
    bytes,
    limits,
  );
  if (judged.kind === "limit") {
    throw new DeskError(
      "copy-too-hard",
      "The file takes more time or memory than the board gives it: save it in another way, as PDF or as a picture.",
    );
  }
  if (judged.kind === "broken" || judged.answer === null) {
    throw new DeskError(
      "copy-not-clean",
      "The file still holds what could give somebody away, or is of a kind that cannot be cleaned: clean it first.",
    );
  }
  return judged.answer;
}

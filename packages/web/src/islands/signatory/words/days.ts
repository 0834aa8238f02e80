/** The days on which signatures come out (PROTOCOL §4, rule 5). All days are UTC days. */

import { addDays, type Day, daysBetween, type EndorsementClass, type LetterLeaf } from "@undersigned/core";
import { say } from "../../say.ts";

/**
 * The day it most likely is for the board. A device's clock may be wrong by a day or a year: where it contradicts the log, the
 * log's own last day is taken.
 */
export function plausibleDay(
  clock: Day,
  { opens, closes }: Pick<LetterLeaf, "opens" | "closes">,
  lastBatch: Day | null,
): Day {
  const earliest = lastBatch !== null && lastBatch > opens ? lastBatch : opens;
  return clock >= earliest && clock <= closes ? clock : earliest;
}

/** The next day after `today` on which signatures of this class can come out; that after closing at the latest. */
export function nextRelease(
  today: Day,
  leaf: Pick<LetterLeaf, "opens" | "closes" | "batch">,
  of: EndorsementClass,
): Day {
  const { opens, closes, batch } = leaf;
  const { every } = batch.classes[of];
  const passed = Math.max(0, daysBetween(opens, today));
  const next = addDays(opens, (Math.floor(passed / every) + 1) * every);
  return next <= closes ? next : addDays(closes, 1);
}

/** When a signature that is given on `today` comes out, in plain words. `out`: something of the letter has come out before. */
export function releaseWords(
  today: Day,
  leaf: Pick<LetterLeaf, "opens" | "closes" | "batch">,
  out: boolean,
  of: EndorsementClass,
): string[] {
  const { closes, batch } = leaf;
  const { min } = batch.classes[of];
  const next = nextRelease(today, leaf, of);
  const last = addDays(closes, 1);
  const words: string[] = [];
  if (!out && batch.first > 1) {
    words.push(say("sign-signing.release.first", { first: batch.first }));
  }
  if (next === last) {
    words.push(say("sign-signing.release.after-closing", { day: say.day(last) }));
    return words;
  }
  words.push(say("sign-signing.release.earliest", { day: say.day(next) }));
  if (min > 1) {
    words.push(say("sign-signing.release.at-least", { min }));
  }
  words.push(say("sign-signing.release.latest", { day: say.day(last) }));
  return words;
}

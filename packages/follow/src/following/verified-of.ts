/** What a board remembers of a log that it has recounted: core's `verifiedLog`, without the day. */
import { encodeBase64url, type FollowedLetter, type VerifiedLog } from "@undersigned/core";
import { decodeBase64 } from "@undersigned/log";
import type { CountedLetter, LetterReport } from "@undersigned/verify";
import type { CopiedLog } from "../copy-log/copy-log.ts";
import { FollowError } from "../errors.ts";

export type Verified = Omit<VerifiedLog, "day">;

const MAX_LETTERS = 2000;

/** Of a recount that found nothing wrong. Throws FollowError `too-many-letters`. */
export function verifiedOf({ report, letters }: Pick<CopiedLog, "report" | "letters">): Verified {
  const { employer, origin, size, root } = report;
  if (employer === null || origin === null || size === null || root === null)
    throw new Error("Not recounted.");
  if (report.letters.length > MAX_LETTERS) {
    throw new FollowError("too-many-letters", "The workforce has more letters than are followed.");
  }
  const manifests = new Map(letters.map((one) => [one.letter.leaf.letter, one]));
  const followed = report.letters
    .map((letter) => followedOf(letter, manifests.get(letter.letter)))
    .sort((a, b) => (a.letter < b.letter ? -1 : 1));
  return { employer, origin, size, root: encodeBase64url(decodeBase64(root)), letters: followed };
}

function followedOf(report: LetterReport, counted: CountedLetter | undefined): FollowedLetter {
  const manifest = counted?.letter.manifest ?? null;
  const { letter, state, opens, closes, days, counted: counts, headcount, deliveries, responses } = report;
  const [delivered = null] = deliveries.map((one) => one.delivered).sort();
  return {
    letter,
    title: manifest?.title ?? null,
    language: manifest?.language ?? null,
    organisation: manifest?.addressee.organisation ?? null,
    state,
    opens,
    closes,
    days,
    counted: counts,
    headcount,
    topics: topicsOf(report),
    delivered,
    answered: responses.length > 0,
  };
}

/** Of the one entry that is in force. */
function topicsOf({ chronicle }: LetterReport): string[] {
  for (const { entry, replacedBy } of chronicle)
    if (replacedBy === null && entry?.entry.kind === "topics") return entry.entry.topics;
  return [];
}

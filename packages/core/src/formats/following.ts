/**
 * What a board has recounted of others' letters (PROTOCOL §8): `following.json`. A board says here what it has found itself; who does
 * not rely on its word recounts the workforces at their addresses.
 */
import { parseCanonical } from "../canonical-json.ts";
import { hash32, perClass, serverUrl, version1 } from "./common.ts";
import { languageTag } from "./letter-manifest.ts";
import {
  boolean,
  day,
  type Infer,
  integer,
  list,
  literal,
  matching,
  nullable,
  object,
  oneOf,
  text,
} from "./shape.ts";

/** Workforces that one board follows. */
export const MAX_FOLLOWED = 200;
export const MAX_FOLLOWING_BYTES = 16_000_000;

const followedLetter = object({
  letter: hash32,
  /** Null, with language and organisation, where the text is not public. */
  title: nullable(text(1, 200)),
  language: nullable(languageTag),
  /** The addressee's. */
  organisation: nullable(text(1, 200)),
  state: oneOf("open", "closed", "too-few"),
  opens: day,
  closes: day,
  /** First and last batch with endorsements; null while there is no number. */
  days: nullable(object({ first: day, last: day })),
  counted: perClass,
  headcount: nullable(object({ number: integer(1, 100_000_000), source: text(1, 300), day })),
  topics: list(text(1, 60), 0, 10, (topic) => topic),
  /** Since when it is in the addressee's hands, as its organisers say. */
  delivered: nullable(day),
  answered: boolean,
});
export type FollowedLetter = Infer<typeof followedLetter>;

export const verifiedLog = object({
  /** On which it was recounted. */
  day,
  employer: text(1, 200),
  origin: text(1, 300),
  size: integer(1),
  root: hash32,
  letters: list(followedLetter, 0, 2000, ({ letter }) => letter),
});
export type VerifiedLog = Infer<typeof verifiedLog>;

export const followProblem = object({
  code: matching(/^[a-z][a-z0-9-]{0,39}$/, 40, "a code of small letters and hyphens"),
  /** On which it was met last. */
  day,
});
export type FollowProblem = Infer<typeof followProblem>;

export const followedWorkforce = object({
  workforce: hash32,
  /** Of the board or mirror that is asked. */
  url: serverUrl,
  /** The last recount that found nothing wrong; null before the first. It stays, with its day, whatever comes after. */
  verified: nullable(verifiedLog),
  /** Of the last try; null where it found nothing wrong, and before the first. */
  problem: nullable(followProblem),
});
export type FollowedWorkforce = Infer<typeof followedWorkforce>;

export const following = object({
  type: literal("following"),
  v: version1,
  /** On which the file was made. */
  day,
  workforces: list(followedWorkforce, 0, MAX_FOLLOWED, ({ workforce }) => workforce),
});
export type Following = Infer<typeof following>;

/** Parses the bytes of the file. Throws CoreError `not-canonical`, `too-large`, `bad-field`, `unknown-field`. */
export function parseFollowing(file: Uint8Array): Following {
  return following.check(parseCanonical(file, MAX_FOLLOWING_BYTES), "");
}

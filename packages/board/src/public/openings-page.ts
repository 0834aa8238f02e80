/** `openings/<letter>/<page>.json` (PROTOCOL §8): what signatories show, page by page in the order of the log. */
import {
  encodeBase64url,
  encodeCanonical,
  type HiddenReason,
  type JsonObject,
  type JsonValue,
  parseCanonical,
} from "@undersigned/core";
import { isUnlisted } from "../model/letter-text.ts";
import type { Reader } from "../storage/schema.ts";

export const OPENINGS_PER_PAGE = 1000;
const MAX_OPENING_BYTES = 8192;

/** The page, without entries while the letter is unlisted; or null when the letter has no endorsement that would be on it. */
export async function openingsPage(
  db: Reader,
  letter: { readonly number: number; readonly id: Uint8Array; readonly endorsements: number },
  page: number,
): Promise<Uint8Array | null> {
  const first = page * OPENINGS_PER_PAGE;
  if (first >= letter.endorsements) return null;
  const entries = (await isUnlisted(db, letter.number)) ? [] : await readEntries(db, letter.number, first);
  return encodeCanonical({
    type: "openings",
    v: 1,
    letter: encodeBase64url(letter.id),
    page,
    entries: entries as unknown as JsonValue,
  });
}

type Entry =
  | { readonly index: number; readonly opening: JsonObject }
  | { readonly index: number; readonly hidden: { readonly day: string; readonly reason: HiddenReason } };

async function readEntries(db: Reader, letter: number, first: number): Promise<Entry[]> {
  const shown = await db
    .selectFrom("opening")
    .select(["leaf_index", "bytes"])
    .where("letter", "=", letter)
    .where("ordinal", ">=", first)
    .where("ordinal", "<", first + OPENINGS_PER_PAGE)
    .execute();
  const hidden = await db
    .selectFrom("hidden_opening")
    .select(["leaf_index", "day", "reason"])
    .where("letter", "=", letter)
    .where("ordinal", ">=", first)
    .where("ordinal", "<", first + OPENINGS_PER_PAGE)
    .execute();
  const entries: Entry[] = [
    ...shown.map(({ leaf_index, bytes }) => {
      return { index: leaf_index, opening: parseCanonical(bytes, MAX_OPENING_BYTES) as JsonObject };
    }),
    ...hidden.map(({ leaf_index, day, reason }) => ({ index: leaf_index, hidden: { day, reason } })),
  ];
  return entries.sort((a, b) => a.index - b.index);
}

/** `openings/<letter>/<page>.json` (PROTOCOL §8): what signatories show, page by page in the order of the log. */
import { encodeBase64url, encodeCanonical, type JsonObject, parseCanonical } from "@undersigned/core";
import type { Reader } from "../storage/schema.ts";

export const OPENINGS_PER_PAGE = 1000;
const MAX_OPENING_BYTES = 8192;

/** The page, or null when the letter has no endorsement that would be on it. */
export async function openingsPage(
  db: Reader,
  letter: { readonly number: number; readonly id: Uint8Array; readonly endorsements: number },
  page: number,
): Promise<Uint8Array | null> {
  const first = page * OPENINGS_PER_PAGE;
  if (first >= letter.endorsements) return null;
  const rows = await db
    .selectFrom("opening")
    .select(["leaf_index", "bytes"])
    .where("letter", "=", letter.number)
    .where("ordinal", ">=", first)
    .where("ordinal", "<", first + OPENINGS_PER_PAGE)
    .orderBy("leaf_index")
    .execute();
  return encodeCanonical({
    type: "openings",
    v: 1,
    letter: encodeBase64url(letter.id),
    page,
    entries: rows.map(({ leaf_index, bytes }) => {
      return { index: leaf_index, opening: parseCanonical(bytes, MAX_OPENING_BYTES) as JsonObject };
    }),
  });
}

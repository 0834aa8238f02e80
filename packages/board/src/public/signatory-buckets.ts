/**
 * `signatories/<letter>/<bits>/<bucket>.json` (PROTOCOL §8): the released keys in buckets of a thousand or more, so that
 * a returning signatory reads a whole bucket and nobody learns which key was looked for.
 */
import { bytesToBigInt, domainHash, encodeBase64url, encodeCanonical } from "@undersigned/core";
import { sql } from "kysely";
import type { Reader } from "../storage/schema.ts";

export const MIN_BUCKET = 1000;
export const BUCKET_BITS = 32;

/** The first 32 bits of H("bucket", key). */
export function bucketOf(key: Uint8Array): number {
  return Number(bytesToBigInt(domainHash("bucket", key).subarray(0, 4)));
}

/** The largest number of bits at which each of the 2^bits buckets has 1,000 released keys or more, else 0. */
export async function bucketBits(db: Reader, letter: number, endorsements: number): Promise<number> {
  const most = Math.min(BUCKET_BITS, Math.floor(Math.log2(Math.max(1, endorsements / MIN_BUCKET))));
  if (most === 0) return 0;
  const width = 2 ** (BUCKET_BITS - most);
  const rows = await db
    .selectFrom("signatory")
    .select((row) => [
      sql<number>`${row.ref("bucket")} / ${sql.lit(width)}`.as("place"),
      row.fn.countAll<number>().as("keys"),
    ])
    .where("letter", "=", letter)
    .where("released", "is not", null)
    .groupBy("place")
    .execute();
  let counts = new Array<number>(2 ** most).fill(0);
  for (const { place, keys } of rows) counts[place] = Number(keys);
  for (let bits = most; bits > 0; bits--) {
    if (counts.every((count) => count >= MIN_BUCKET)) return bits;
    counts = Array.from({ length: counts.length / 2 }, (_, i) => counts[2 * i]! + counts[2 * i + 1]!);
  }
  return 0;
}

/** The bucket's file. The letter's size and its keys are read in one statement, so that they agree. */
export async function signatoriesFile(
  db: Reader,
  letter: { readonly number: number; readonly id: Uint8Array; readonly bits: number },
  bucket: number,
): Promise<Uint8Array> {
  const width = 2 ** (BUCKET_BITS - letter.bits);
  const rows = await db
    .selectFrom("letter")
    .innerJoin("workforce", "workforce.number", "letter.workforce")
    .leftJoin("signatory", (join) =>
      join
        .onRef("signatory.letter", "=", "letter.number")
        .on("signatory.released", "is not", null)
        .on("signatory.bucket", ">=", bucket * width)
        .on("signatory.bucket", "<", (bucket + 1) * width),
    )
    .select(["workforce.size", "signatory.key", "signatory.chain", "signatory.released"])
    .select(["signatory.head_index", "signatory.withdrawn"])
    .where("letter.number", "=", letter.number)
    .execute();
  const entries = rows.flatMap(({ key, chain, released, head_index, withdrawn }) => {
    if (key === null || chain === null || released === null || head_index === null) return [];
    return {
      key: encodeBase64url(key),
      seq: released,
      state: withdrawn === 1 ? "withdrawn" : "counted",
      leaf: encodeBase64url(chain.subarray(32 * released, 32 * released + 32)),
      index: head_index,
    };
  });
  return encodeCanonical({
    type: "signatories",
    v: 1,
    letter: encodeBase64url(letter.id),
    size: rows[0]?.size ?? 0,
    bits: letter.bits,
    bucket,
    entries: entries.sort((a, b) => (a.key < b.key ? -1 : 1)),
  });
}

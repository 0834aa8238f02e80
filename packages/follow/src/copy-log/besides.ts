/**
 * Public files that no recount reads, for a copy that is to be whole: the state of each key in buckets, what was handed over, and captured
 * copies of sources. Each is compared with what was recounted, or with the hash that it is named by.
 */
import { decodeBase64url, domainHash, encodeBase64url, MAX_COPY_BYTES, sha256 } from "@undersigned/core";
import {
  type CountedLetter,
  copyPath,
  documentPath,
  LIMITS,
  parsePublicFile,
  type SignatoriesBucket,
  signatoriesBucket,
  signatoriesPath,
} from "@undersigned/verify";
import { FollowError } from "../errors.ts";
import type { CopiedLog } from "./copy-log.ts";

/** Keys of a bucket, of which there are more than one only where each has as many. */
const MIN_BUCKET = 1000;

/** Throws FollowError `signatories-wrong`, `copy-wrong`, and as the visit does. */
export async function copyBesides({
  report,
  letters,
  index,
  source,
}: Omit<CopiedLog, "files">): Promise<void> {
  for (const letter of letters) {
    const row = index.letters.find((one) => one.letter === letter.letter.leaf.letter);
    if (row !== undefined) await copyBuckets(source, letter, row.letter, row.bits);
  }
  for (const { deliveries } of report.letters) {
    for (const { document } of deliveries)
      await copyNamed(source, documentPath(document), document, LIMITS.pdf);
  }
  for (const copy of [...source.copies].sort()) await copyNamed(source, copyPath(copy), copy, MAX_COPY_BYTES);
}

async function copyBuckets(
  source: CopiedLog["source"],
  { states }: CountedLetter,
  letter: string,
  bits: number,
): Promise<void> {
  const count = 2 ** bits;
  if (bits > 0 && count * MIN_BUCKET > states.size) throw wrong();
  let entries = 0;
  for (let bucket = 0; bucket < count; bucket++) {
    const file = await source.read(signatoriesPath(letter, bits, bucket), LIMITS.index);
    // A mirror of a bundle has none.
    if (file === null && bucket === 0) return;
    const read = file === null ? null : parseBucket(file);
    const named = read?.letter === letter && read.bits === bits && read.bucket === bucket;
    if (read === null || !named) throw wrong();
    for (const entry of read.entries) {
      const state = states.get(entry.key);
      const right =
        state !== undefined &&
        bucketOf(entry.key, bits) === bucket &&
        entry.seq === state.seq &&
        entry.leaf === state.leaf &&
        entry.index === state.index &&
        entry.state === (state.commitment === null ? "withdrawn" : "counted");
      if (!right) throw wrong();
    }
    entries += read.entries.length;
  }
  if (entries !== states.size) throw wrong();
}

function parseBucket(file: Uint8Array): SignatoriesBucket | null {
  try {
    return parsePublicFile(file, signatoriesBucket);
  } catch {
    return null;
  }
}

/** The first bits of H("bucket", key). */
function bucketOf(key: string, bits: number): number {
  const hash = domainHash("bucket", decodeBase64url(key, 32));
  return bits === 0 ? 0 : new DataView(hash.buffer, hash.byteOffset).getUint32(0) >>> (32 - bits);
}

/** By the SHA-256 of its bytes. What a board keeps no longer is no failure. */
async function copyNamed(
  source: CopiedLog["source"],
  path: string,
  name: string,
  most: number,
): Promise<void> {
  const file = await source.read(path, most);
  if (file === null || encodeBase64url(sha256(file)) === name) return;
  throw new FollowError("copy-wrong", "A file of the board is not the one that its name is the hash of.");
}

function wrong(): FollowError {
  return new FollowError(
    "signatories-wrong",
    "The files with the state of each key differ from the log. Nothing of this board is to be quoted.",
  );
}

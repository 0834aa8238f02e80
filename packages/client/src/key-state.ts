/**
 * How a person's key stands in the log, for whoever comes back to change or withdraw (PROTOCOL §8, signatories). The
 * board must not learn which key asks: the whole bucket is read, of a thousand keys or more, and never anything by key.
 *
 * `index.json` says how many buckets there are and is the board's word. A board could name so many that a bucket holds
 * one person, so more than the verified size of the log allows are not asked for. An answer that lies about the head
 * leads to a leaf that the board itself must refuse.
 */
import {
  bytesToBigInt,
  CoreError,
  decodeBase64url,
  domainHash,
  type KeyHead,
  parseCanonical,
  type Secrets,
  shape,
} from "@undersigned/core";
import { ClientError } from "./errors.ts";
import { findLetter } from "./letter.ts";
import type { ClientView } from "./view.ts";

/** Public files by their path below the workforce's prefix; null where there is none. */
export interface Files {
  read(path: string, maxBytes: number): Promise<Uint8Array | null>;
}

export type KeyState =
  /** Nothing of this key has been released yet. */
  | { readonly state: "not-in-the-log" }
  | {
      readonly state: "counted" | "withdrawn";
      /** What the next revision or withdrawal has to follow. */
      readonly head: KeyHead;
      /** Index of the head in the log. */
      readonly index: number;
    };

const MAX_INDEX_BYTES = 8 * 1024 * 1024;
const MAX_BUCKET_BYTES = 8 * 1024 * 1024;
const MIN_KEYS = 1000;
const MAX_BITS = 20;
/** 64 buckets: some ten megabytes. */
const MAX_BITS_OF_ALL = 6;

const hash = shape.bytes(32);
const bucketFile = shape.object({
  type: shape.literal("signatories"),
  v: shape.literal(1),
  letter: hash,
  size: shape.integer(),
  bits: shape.integer(0, MAX_BITS),
  bucket: shape.integer(),
  entries: shape.list(
    shape.object({
      key: hash,
      seq: shape.integer(0, 10_000),
      state: shape.oneOf("counted", "withdrawn"),
      leaf: hash,
      index: shape.integer(),
    }),
    0,
    60_000,
  ),
});

/**
 * The state of the person's key for a letter. Throws `letter-unknown` and `slot-taken`; `signatories-too-few` where
 * the buckets would be smaller than the protocol has them, before one is read; `signatories-malformed`.
 */
export async function keyState(of: KeyOf): Promise<KeyState> {
  const { source, letter } = of;
  const key = keyOf(of);
  const bits = await checkedBits(of);
  return await inBucket(source, letter, { bits, bucket: bucketOf(key, bits) }, key);
}

/**
 * The same from every bucket of the letter, so that nothing is told by which one is read: for who goes on to sign another letter
 * at once. `unknown` for a letter of so many signatories that this would be too much for a phone.
 */
export async function keyStateInAll(of: KeyOf): Promise<KeyState | { readonly state: "unknown" }> {
  const { source, letter } = of;
  const key = keyOf(of);
  const bits = await checkedBits(of);
  if (bits > MAX_BITS_OF_ALL) return { state: "unknown" };
  let found: KeyState = { state: "not-in-the-log" };
  // To the end, whatever is found: where reading stops would say where the key is.
  for (let bucket = 0; bucket < 2 ** bits; bucket++) {
    const state = await inBucket(source, letter, { bits, bucket }, key);
    if (state.state !== "not-in-the-log") found = state;
  }
  return found;
}

interface KeyOf {
  readonly view: ClientView;
  readonly source: Files;
  readonly secrets: Secrets;
  readonly letter: string;
}

function keyOf({ view, secrets, letter }: KeyOf): string {
  return secrets.slotSigner(findLetter(view, letter).at).publicKey;
}

async function checkedBits({ view, source, letter }: KeyOf): Promise<number> {
  const bits = await bitsOf(source, letter);
  if (bits > 0 && view.size < MIN_KEYS * 2 ** bits) {
    throw new ClientError(
      "signatories-too-few",
      "The board offers lists so short that asking would tell it who asks. Try again from a mirror, and make it known.",
    );
  }
  return bits;
}

async function inBucket(
  source: Files,
  letter: string,
  { bits, bucket }: { readonly bits: number; readonly bucket: number },
  key: string,
): Promise<KeyState> {
  const file = await source.read(`signatories/${letter}/${bits}/${bucket}.json`, MAX_BUCKET_BYTES);
  if (file === null) return { state: "not-in-the-log" };
  const read = checked(file, MAX_BUCKET_BYTES, bucketFile);
  if (read.letter !== letter || read.bits !== bits || read.bucket !== bucket) throw malformed();
  const entry = read.entries.find((candidate) => candidate.key === key);
  if (entry === undefined) return { state: "not-in-the-log" };
  return { state: entry.state, head: { seq: entry.seq, leaf: entry.leaf }, index: entry.index };
}

/** The first `bits` bits of H(`bucket`, key) as a number, most significant first. */
export function bucketOf(key: string, bits: number): number {
  const first = bytesToBigInt(domainHash("bucket", decodeBase64url(key, 32)).subarray(0, 4));
  return Number(first >> BigInt(32 - bits));
}

/** How many bits the letter's buckets have, by the index; 0 where the index does not list the letter. */
async function bitsOf(source: Files, letter: string): Promise<number> {
  const file = await source.read("index.json", MAX_INDEX_BYTES);
  if (file === null) return 0;
  const index = canonical(file, MAX_INDEX_BYTES);
  const letters = field(index, "letters");
  if (!Array.isArray(letters)) throw malformed();
  const entry = letters.find((candidate) => field(candidate, "letter") === letter);
  if (entry === undefined) return 0;
  const bits = field(entry, "bits");
  if (typeof bits !== "number" || !Number.isInteger(bits) || bits < 0 || bits > MAX_BITS) throw malformed();
  return bits;
}

function field(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Record<string, unknown>)[name];
}

function canonical(file: Uint8Array, maxBytes: number) {
  try {
    return parseCanonical(file, maxBytes);
  } catch (error) {
    if (error instanceof CoreError) throw malformed();
    throw error;
  }
}

function checked<T>(file: Uint8Array, maxBytes: number, of: { check(value: never, path: string): T }): T {
  try {
    return of.check(canonical(file, maxBytes) as never, "");
  } catch (error) {
    if (error instanceof CoreError) throw malformed();
    throw error;
  }
}

function malformed(): ClientError {
  return new ClientError(
    "signatories-malformed",
    "The board's list of signatories is not what the protocol says. Try again from a mirror, and make it known.",
  );
}

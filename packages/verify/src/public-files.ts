/** Names and shapes of the public files that are neither leaves nor tiles (PROTOCOL §8). */
import {
  hash32,
  type Infer,
  openingsEntry,
  parseCanonical,
  perClass,
  publicKey,
  type Shape,
  shape,
  version1,
} from "@undersigned/core";
import { LIMITS } from "./source.ts";

const { day, integer, list, literal, nullable, object, oneOf } = shape;

export const CHECKPOINT_PATH = "checkpoint";
export const INDEX_PATH = "index.json";
/** Endorsements whose openings one page holds. */
export const OPENINGS_PER_PAGE = 1000;

/** Workforce and letter manifests alike. */
export function manifestPath(hash: string): string {
  return `manifests/${hash}.json`;
}

export function statementPath(hash: string): string {
  return `statements/${hash}.json`;
}

export function clientPath(hash: string): string {
  return `clients/${hash}.json`;
}

/** A captured copy that a letter names by its SHA-256. */
export function copyPath(sha256: string): string {
  return `copies/${sha256}`;
}

/** What a leaf of a response, a judgement or a change of the register names (PROTOCOL §3.7). */
export function recordPath(hash: string): string {
  return `records/${hash}.json`;
}

/** In the place of a response's record that organisers have withheld. */
export function withheldPath(record: string): string {
  return `withheld/${record}.json`;
}

/** What is left of an answer's mail so that its signature can be checked again. */
export function answerPath(sha256: string): string {
  return `answers/${sha256}.eml`;
}

/** The PDF that was handed over. */
export function documentPath(sha256: string): string {
  return `documents/${sha256}.pdf`;
}

/** An unlisted letter, sealed under the key of its link. */
export function unlistedPath(letter: string): string {
  return `unlisted/${letter}.json`;
}

export function openingsPath(letter: string, page: number): string {
  return `openings/${letter}/${page}.json`;
}

export function signatoriesPath(letter: string, bits: number, bucket: number): string {
  return `signatories/${letter}/${bits}/${bucket}.json`;
}

const leafIndexes = list(integer(), 0, 100_000);
/** Leaves of one kind of a letter. */
const leavesOfLetter = list(integer(), 0, 10_000);

export const indexFile = object({
  type: literal("index"),
  v: version1,
  workforce: hash32,
  size: integer(),
  workforces: leafIndexes,
  epochs: leafIndexes,
  clients: leafIndexes,
  /** The last statement of each registrar in each epoch. */
  issuance: leafIndexes,
  destructions: leafIndexes,
  letters: list(
    object({
      letter: hash32,
      leaf: integer(),
      closing: nullable(integer()),
      earlyClosing: nullable(integer()),
      deliveries: leavesOfLetter,
      responses: leavesOfLetter,
      judgements: leavesOfLetter,
      dealings: leavesOfLetter,
      chronicle: leavesOfLetter,
      endorsements: integer(),
      counted: perClass,
      withdrawn: perClass,
      days: nullable(object({ first: day, last: day })),
      bits: integer(0, 32),
      pages: integer(),
    }),
    0,
    20_000,
  ),
});
export type IndexFile = Infer<typeof indexFile>;

export const openingsPage = object({
  type: literal("openings"),
  v: version1,
  letter: hash32,
  page: integer(),
  entries: list(openingsEntry, 0, OPENINGS_PER_PAGE),
});
export type OpeningsPage = Infer<typeof openingsPage>;

export const signatoriesBucket = object({
  type: literal("signatories"),
  v: version1,
  letter: hash32,
  size: integer(),
  bits: integer(0, 32),
  bucket: integer(),
  entries: list(
    object({
      key: publicKey,
      seq: integer(0, 10_000),
      state: oneOf("counted", "withdrawn"),
      leaf: hash32,
      index: integer(),
    }),
    0,
    1_000_000,
    (entry) => entry.key,
  ),
});
export type SignatoriesBucket = Infer<typeof signatoriesBucket>;

/** Reads one of the files above strictly. Throws CoreError as parseCanonical and the shape do. */
export function parsePublicFile<T>(file: Uint8Array, of: Shape<T>, maxBytes: number = LIMITS.index): T {
  return of.check(parseCanonical(file, maxBytes), "");
}

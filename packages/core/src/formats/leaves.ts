/**
 * The leaves of the log (PROTOCOL §4): shapes, parser, and the bytes that are logged. Which leaf may stand where is
 * the verifier's business, not this module's.
 */

import { sha256 } from "#platform";
import { concatBytes, encodeBase64url } from "../bytes.ts";
import { encodeCanonical, type JsonValue, parseCanonical } from "../canonical-json.ts";
import { CoreError } from "../errors.ts";
import {
  batchRule,
  classOf,
  epochNumber,
  evidenceKind,
  hash32,
  MAX_LEAF_BYTES,
  MAX_REGISTRARS,
  perClass,
  publicKey,
  rsaBytes,
  signature64,
  slotNumber,
  suite,
  version1,
} from "./common.ts";
import {
  type ChronicleLeaf,
  chronicleLeaf,
  type DealingsLeaf,
  type DeliveryLeaf,
  dealingsLeaf,
  deliveryLeaf,
  type JudgementLeaf,
  judgementLeaf,
  type ResponseLeaf,
  responseLeaf,
} from "./organiser-leaves.ts";
import {
  day,
  type Infer,
  integer,
  list,
  literal,
  nullable,
  object,
  oneOf,
  type Shape,
  union,
} from "./shape.ts";

const registrarSignatures = list(
  object({ registrar: publicKey, sig: signature64 }),
  1,
  2 * MAX_REGISTRARS,
  (item) => item.registrar,
);

export const workforceLeaf = object({
  type: literal("workforce"),
  v: version1,
  workforce: hash32,
  version: integer(1, 1_000_000),
  manifest: hash32,
  previous: nullable(hash32),
  signatures: registrarSignatures,
});

export const epochLeaf = object({
  type: literal("epoch"),
  v: version1,
  workforce: hash32,
  manifest: hash32,
  epoch: epochNumber,
  opens: day,
  closes: day,
  statements: list(
    object({ registrar: publicKey, statement: hash32 }),
    1,
    MAX_REGISTRARS,
    (item) => item.registrar,
  ),
});

export const letterLeaf = object({
  type: literal("letter"),
  v: version1,
  workforce: hash32,
  letter: hash32,
  version: literal(1),
  epoch: epochNumber,
  slot: slotNumber,
  previous: nullable(hash32),
  opens: day,
  closes: day,
  batch: batchRule,
  by: publicKey,
  sig: signature64,
});

export const issuanceLeaf = object({
  type: literal("issuance"),
  v: version1,
  workforce: hash32,
  epoch: epochNumber,
  registrar: publicKey,
  day,
  batch: integer(1, 1000),
  issued: list(object({ evidence: evidenceKind, count: integer() }), 1, 8, (item) => item.evidence),
  sig: signature64,
});

/** A registrar states that it has destroyed its keys and tags of an epoch that is over. A promise, and nothing that can be proved. */
export const destructionLeaf = object({
  type: literal("destruction"),
  v: version1,
  workforce: hash32,
  epoch: epochNumber,
  registrar: publicKey,
  day,
  sig: signature64,
});

export const batchLeaf = object({
  type: literal("batch"),
  v: version1,
  workforce: hash32,
  day,
  previous: integer(),
  letters: list(
    object({
      letter: hash32,
      mailbox: integer(),
      vouched: integer(),
      revisions: integer(),
      withdrawals: integer(),
    }),
    1,
    32,
    (item) => item.letter,
  ),
});

export const endorsementLeaf = object({
  type: literal("endorsement"),
  v: version1,
  suite,
  letter: hash32,
  class: classOf,
  key: publicKey,
  seq: literal(0),
  previous: literal(null),
  commitment: hash32,
  tokens: list(
    object({ registrar: publicKey, prefix: hash32, signature: rsaBytes }),
    1,
    MAX_REGISTRARS,
    (item) => item.registrar,
  ),
  sig: signature64,
});

const laterSeq = integer(1, 10_000);

export const revisionLeaf = object({
  type: literal("revision"),
  v: version1,
  letter: hash32,
  key: publicKey,
  seq: laterSeq,
  previous: hash32,
  commitment: hash32,
  sig: signature64,
});

export const withdrawalLeaf = object({
  type: literal("withdrawal"),
  v: version1,
  letter: hash32,
  key: publicKey,
  seq: laterSeq,
  previous: hash32,
  sig: signature64,
});

export const closingLeaf = object({
  type: literal("closing"),
  v: version1,
  letter: hash32,
  day,
  outcome: oneOf("closed", "too-few"),
  counts: perClass,
  withdrawn: perClass,
  destroyed: nullable(perClass),
});

/** The people who agree to an early closing, and their signatures over M(`early-closing`, {closes, letter, workforce}). */
export const earlyClosingBy = list(
  object({ organiser: publicKey, sig: signature64 }),
  2,
  32,
  (item) => item.organiser,
);

/** From here on the letter's closing day is `closes`. `day` is the board's. */
export const earlyClosingLeaf = object({
  type: literal("early-closing"),
  v: version1,
  workforce: hash32,
  letter: hash32,
  day,
  closes: day,
  by: earlyClosingBy,
});

/** Which client build the board offers to browsers: signed by the board's key. */
export const clientLeaf = object({
  type: literal("client"),
  v: version1,
  workforce: hash32,
  day,
  client: hash32,
  sig: signature64,
});

export type WorkforceLeaf = Infer<typeof workforceLeaf>;
export type EpochLeaf = Infer<typeof epochLeaf>;
export type LetterLeaf = Infer<typeof letterLeaf>;
export type IssuanceLeaf = Infer<typeof issuanceLeaf>;
export type DestructionLeaf = Infer<typeof destructionLeaf>;
export type BatchLeaf = Infer<typeof batchLeaf>;
export type EndorsementLeaf = Infer<typeof endorsementLeaf>;
export type RevisionLeaf = Infer<typeof revisionLeaf>;
export type WithdrawalLeaf = Infer<typeof withdrawalLeaf>;
export type ClosingLeaf = Infer<typeof closingLeaf>;
export type EarlyClosingLeaf = Infer<typeof earlyClosingLeaf>;
export type ClientLeaf = Infer<typeof clientLeaf>;
/** A leaf by an endorsement's key. */
export type SignatoryLeaf = EndorsementLeaf | RevisionLeaf | WithdrawalLeaf;
export type Leaf =
  | WorkforceLeaf
  | EpochLeaf
  | LetterLeaf
  | IssuanceLeaf
  | DestructionLeaf
  | BatchLeaf
  | SignatoryLeaf
  | ClosingLeaf
  | EarlyClosingLeaf
  | DeliveryLeaf
  | ResponseLeaf
  | JudgementLeaf
  | DealingsLeaf
  | ChronicleLeaf
  | ClientLeaf;

export const leafShape: Shape<Leaf> = union<Leaf>("type", {
  workforce: workforceLeaf,
  epoch: epochLeaf,
  letter: letterLeaf,
  issuance: issuanceLeaf,
  destruction: destructionLeaf,
  batch: batchLeaf,
  endorsement: endorsementLeaf,
  revision: revisionLeaf,
  withdrawal: withdrawalLeaf,
  closing: closingLeaf,
  "early-closing": earlyClosingLeaf,
  delivery: deliveryLeaf,
  response: responseLeaf,
  judgement: judgementLeaf,
  dealings: dealingsLeaf,
  chronicle: chronicleLeaf,
  client: clientLeaf,
});

/** Parses the bytes of a log entry. Throws CoreError `not-canonical`, `too-large`, `bad-field`, `unknown-field`. */
export function parseLeaf(entry: Uint8Array): Leaf {
  return leafShape.check(parseCanonical(entry, MAX_LEAF_BYTES), "");
}

/** The bytes of a leaf as the log holds them. Throws `too-large` beyond 8,192 bytes. */
export function encodeLeaf(leaf: Leaf): Uint8Array {
  const entry = encodeCanonical(leaf as unknown as JsonValue);
  if (entry.length > MAX_LEAF_BYTES) throw new CoreError("too-large", "A leaf may have 8,192 bytes at most.");
  return entry;
}

const LEAF_PREFIX = Uint8Array.of(0);

/** RFC 6962 leaf hash of an entry, 32 bytes. */
export function leafHashOf(entry: Uint8Array): Uint8Array {
  return sha256(concatBytes(LEAF_PREFIX, entry));
}

/** The same as base64url: how leaves, receipts and files name a leaf. */
export function leafName(entry: Uint8Array): string {
  return encodeBase64url(leafHashOf(entry));
}

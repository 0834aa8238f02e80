/**
 * Records (PROTOCOL §3.7): public files that leaves of a letter's further life name by their hash. Each bears a random salt,
 * so that a hash tells nothing once its file has been withheld.
 */
import { encodeBase64url } from "../bytes.ts";
import { encodeCanonical, type JsonValue, parseCanonical } from "../canonical-json.ts";
import { domainHash } from "../hash.ts";
import { type ChronicleRecord, chronicleRecord } from "./chronicle-record.ts";
import { hash32, MAX_DEALINGS_BYTES, MAX_MANIFEST_BYTES, version1 } from "./common.ts";
import { manifestPartId } from "./letter-manifest.ts";
import { recordFields as common, decimalAmount } from "./record-parts.ts";
import {
  day,
  type Infer,
  list,
  literal,
  matching,
  nullable,
  object,
  oneOf,
  rule,
  type Shape,
  text,
  union,
} from "./shape.ts";
import { sourceShape } from "./source.ts";

/** Most rows that one change touches, and that a register has. */
export const MAX_DEALINGS = 5_000;
/** Longest answer that is published, in characters. */
export const MAX_ANSWER_TEXT = 50_000;

const lines = { lines: true };

export const mailResponse = object({
  type: literal("response-record"),
  kind: literal("mail"),
  ...common,
  /** What the mail's text/plain part says, in NFC, with line feeds. */
  text: text(1, MAX_ANSWER_TEXT, lines),
  subject: text(0, 1000),
  /** UTC day of the mail's Date. */
  dated: day,
  /** The addressee's, as the manifest has it. */
  mailbox: text(3, 320),
  /** The DNS record under which the DKIM signature held, and its name `<selector>._domainkey.<domain>`. */
  dkim: object({ name: text(1, 400), record: text(1, 2000) }),
  /** SHA-256 of the public file in `answers` with which anybody can check it again; null where that would show other people. */
  evidence: nullable(hash32),
});

export const statementResponse = object({
  type: literal("response-record"),
  kind: literal("statement"),
  ...common,
  text: text(1, MAX_ANSWER_TEXT, lines),
  source: sourceShape,
});

export const responseRecord: Shape<MailResponse | StatementResponse> = union<
  MailResponse | StatementResponse
>("kind", { mail: mailResponse, statement: statementResponse });

export const demandState = oneOf("met", "partly", "promised", "refused", "unanswered");

export const judgementRecord = rule(
  object({
    type: literal("judgement-record"),
    ...common,
    /** One of the letter's manifest. */
    demand: manifestPartId,
    state: demandState,
    /** By when it was promised. */
    until: nullable(day),
    reason: text(1, 5000, lines),
    source: nullable(sourceShape),
    /** The demand's judgement before this one. */
    previous: nullable(hash32),
  }),
  ({ state, until }) =>
    (state === "promised") === (until !== null)
      ? null
      : { path: "/until", expected: "the day of a promise, and null for all other states" },
);

export const dealingStatus = oneOf("reported", "confirmed", "denied", "ended");

/** Something that the company supplies. */
export const dealing = object({
  what: text(1, 2000),
  supplier: text(1, 300),
  /** The agency. */
  recipient: text(1, 300),
  office: nullable(text(1, 300)),
  agreed: nullable(day),
  from: nullable(day),
  until: nullable(day),
  value: nullable(
    object({
      amount: decimalAmount,
      /** ISO 4217. */
      currency: matching(/^[A-Z]{3}$/, 3, "a currency of three letters"),
      /** Bound by contract so far, the contract's present value, or what it can become at most. */
      kind: oneOf("obligated", "current", "potential"),
    }),
  ),
  status: dealingStatus,
  /** Since when, where known. */
  since: nullable(day),
  sources: list(sourceShape, 1, 10),
});

/** `award:…` and `ocds:…` are imported, `own:…` entered by hand. */
export const dealingId = matching(
  /^(?:award|ocds|own):[A-Za-z0-9][A-Za-z0-9._:-]{0,119}$/,
  130,
  "the id of a row: award, ocds or own, a colon and a name",
);

export const dealingsRecord = object({
  type: literal("dealings-record"),
  ...common,
  /** The letter's change before this one. */
  previous: nullable(hash32),
  /** The row as it is from now on; null removes it. What it was before stays readable. */
  changes: list(object({ row: dealingId, entry: nullable(dealing) }), 1, MAX_DEALINGS, (item) => item.row),
});

export type MailResponse = Infer<typeof mailResponse>;
export type StatementResponse = Infer<typeof statementResponse>;
export type ResponseRecord = MailResponse | StatementResponse;
export type DemandState = Infer<typeof demandState>;
export type JudgementRecord = Infer<typeof judgementRecord>;
export type Dealing = Infer<typeof dealing>;
export type DealingStatus = Infer<typeof dealingStatus>;
export type DealingsRecord = Infer<typeof dealingsRecord>;
export type OrganiserRecord = ResponseRecord | JudgementRecord | DealingsRecord | ChronicleRecord;
export type RecordType = OrganiserRecord["type"];

/** Which record a leaf of each type names. */
export const RECORD_OF_LEAF = {
  response: "response-record",
  judgement: "judgement-record",
  dealings: "dealings-record",
  chronicle: "chronicle-record",
} as const satisfies Record<string, RecordType>;

export const organiserRecord: Shape<OrganiserRecord> = union<OrganiserRecord>("type", {
  "response-record": responseRecord,
  "judgement-record": judgementRecord,
  "dealings-record": dealingsRecord,
  "chronicle-record": chronicleRecord,
});

/** Most bytes of a record's file. */
export function recordLimit(type: RecordType): number {
  return type === "dealings-record" ? MAX_DEALINGS_BYTES : MAX_MANIFEST_BYTES;
}

/** The bytes of a record's file. */
export function encodeRecord(record: OrganiserRecord): Uint8Array {
  return encodeCanonical(record as unknown as JsonValue);
}

/** Parses a file as a record of this type. Throws CoreError `not-canonical`, `too-large`, `bad-field`, `unknown-field`. */
export function parseRecord<T extends RecordType>(
  type: T,
  file: Uint8Array,
): Extract<OrganiserRecord, { type: T }> {
  const value = parseCanonical(file, recordLimit(type));
  const shapes: Record<RecordType, Shape<OrganiserRecord>> = {
    "response-record": responseRecord,
    "judgement-record": judgementRecord,
    "dealings-record": dealingsRecord,
    "chronicle-record": chronicleRecord,
  };
  return shapes[type].check(value, "") as Extract<OrganiserRecord, { type: T }>;
}

/** The name of a record's file: H(type, file), base64url. */
export function recordHash(type: RecordType, file: Uint8Array): string {
  return encodeBase64url(domainHash(type, file));
}

export const withheldReason = oneOf("names-people", "endangers-people", "unlawful");

/** In the place of a response or an entry of the chronicle that organisers have withheld (public folder `withheld`). */
export const withheldRecord = object({
  type: literal("withheld-record"),
  v: version1,
  record: hash32,
  day,
  reason: withheldReason,
});
export type WithheldRecord = Infer<typeof withheldRecord>;

/**
 * Whether a mail is the addressee's answer (decision 27), for the board's receiver, a file dropped at the desk, the command,
 * and anybody who checks what was published. An attacker made every byte of it. One order, the cheap steps first; DNS is
 * asked only for a mail that is right in all else.
 */
import {
  type Day,
  dayNumber,
  dayOf,
  equalBytes,
  MAX_ANSWER_MAIL_BYTES,
  MAX_EVIDENCE_BYTES,
  sha256,
} from "@undersigned/core";
import { MailError, type MailErrorCode } from "../errors.ts";
import { fieldValue, type ParsedHeader, parseHeader, toBytes } from "../header.ts";
import { type MailKey, readKeyRecord, recordFromTexts } from "../key-record.ts";
import { type Canonicalization, keyRecordName, listedSignatures, type MailSignature } from "../signature.ts";
import { verifyHeader } from "../verify-header.ts";
import { canonicalBody, readBody } from "./body.ts";
import {
  type Claims,
  checkCovered,
  type ExpectedAnswer,
  type Form,
  mentionsInFrom,
  readClaims,
} from "./claims.ts";
import { evidenceOf, type Withheld, withheldFor } from "./evidence.ts";
import { readPlainText } from "./plain-text.ts";
import { Refusal, type UnverifiedReason } from "./refusal.ts";
import { readSubject } from "./subject.ts";

export interface VerifiedAnswer {
  readonly verdict: "verified";
  /** The text/plain part, word for word; lines end in LF. What the addressee wrote: show it as text only. */
  readonly text: string;
  readonly subject: string;
  /** The UTC day of its Date. */
  readonly dated: Day;
  /** What anybody can check again with `checkAnswerEvidence`; null where it could name somebody, and then `withheld` says how. */
  readonly evidence: Uint8Array | null;
  readonly withheld: Withheld | null;
  /** The text of the key record that the signature was checked with. */
  readonly record: string;
  readonly signature: { readonly domain: string; readonly selector: string };
}

export interface UnverifiedAnswer {
  readonly verdict: "unverified";
  readonly reason: UnverifiedReason;
  /** For organisers alone, and as far as it can be read: anybody may have written it. */
  readonly subject: string | null;
  readonly text: string | null;
  /** Whether it named the addressee's mailbox in From. */
  readonly claimsAddressee: boolean;
}

export type ReadAnswer = VerifiedAnswer | UnverifiedAnswer;

/**
 * The texts of a name's TXT records in DNS, the strings of each joined; none where DNS says that there are none. Rejects
 * where it does not answer. The name is `<selector>._domainkey.<the addressee's domain>`; the selector is an attacker's.
 */
export type KeyOf = (name: string) => Promise<readonly string[]>;

/** Of the addressee's domain: each may cost a question to DNS. */
const MAX_SIGNATURES = 4;
const MS_PER_DAY = 86_400_000;

/**
 * Reads a mail as it was received, at `nowMs` milliseconds since 1970, of which only the UTC day counts. Answers for any
 * bytes, in time that grows with their number, and asks `keyOf` at most four times. A mail may become verified later where
 * the reason is `key-unreachable` or `dated-ahead`. The same mail gives the same text, subject and day, and the same
 * evidence, whatever was done on its way to what its signature does not cover; only where it has two good signatures, and one
 * was taken away, the evidence is another one.
 */
export async function readAnswer(
  mail: Uint8Array,
  expected: ExpectedAnswer,
  keyOf: KeyOf,
  nowMs: number,
): Promise<ReadAnswer> {
  return readAs("mail", mail, expected, keyOf, nowMs);
}

async function readAs(
  form: Form,
  mail: Uint8Array,
  expected: ExpectedAnswer,
  keyOf: KeyOf,
  nowMs: number,
): Promise<ReadAnswer> {
  let seen: Seen = { subject: null, text: null, claimsAddressee: false };
  try {
    if (mail.length > MAX_ANSWER_MAIL_BYTES) throw new Refusal("too-large");
    const header = parseHeader(mail);
    seen = { ...seenInHeader(header, expected.mailbox), text: null };
    const body = readBody(mail);
    seen = { ...seen, text: seenText(header, body) };
    return await verify(form, header, body, expected, keyOf, dayOf(nowMs));
  } catch (error) {
    return { verdict: "unverified", reason: reasonOf(error), ...seen };
  }
}

/**
 * Checks published evidence again, with the key record that was published with it, as of the UTC day on which the board took
 * the mail. Whether the domain did publish that record then, the file cannot show. What a mail lacked when it came, or what
 * stood in fields that nobody signed, is not seen any more. Verified also means that the bytes are the evidence and no others.
 */
export async function checkAnswerEvidence(
  evidence: Uint8Array,
  record: string,
  expected: ExpectedAnswer,
  taken: Day,
): Promise<ReadAnswer> {
  const midnight = dayNumber(taken) * MS_PER_DAY;
  const read = await readAs("evidence", evidence, expected, async () => [record], midnight);
  if (read.verdict === "unverified") return read;
  if (read.evidence !== null && equalBytes(read.evidence, evidence)) return read;
  const { subject, text } = read;
  return { verdict: "unverified", reason: "not-evidence", subject, text, claimsAddressee: true };
}

const OF_VERIFYING: Partial<Record<MailErrorCode, UnverifiedReason>> = {
  "signature-invalid": "signature-invalid",
  "signature-expired": "signature-out-of-time",
  "signature-from-future": "signature-out-of-time",
  "key-mismatch": "key-refused",
  "identity-foreign": "key-refused",
};

type Seen = Pick<UnverifiedAnswer, "subject" | "text" | "claimsAddressee">;

async function verify(
  form: Form,
  header: ParsedHeader,
  body: string,
  expected: ExpectedAnswer,
  keyOf: KeyOf,
  today: Day,
): Promise<VerifiedAnswer> {
  const claims = readClaims(header, expected, today, form);
  const hashed = hashedBodies(body);
  let refusal: unknown = null;
  for (const signature of ownSignatures(header, expected.mailbox)) {
    try {
      return await bySignature(header, hashed, claims, signature, expected, keyOf, today);
    } catch (error) {
      // RFC 6376 section 6.1: another signature may still be good. Of several reasons the topmost one's is told.
      refusal ??= new Refusal(reasonOf(error));
    }
  }
  throw refusal;
}

async function bySignature(
  header: ParsedHeader,
  hashed: (how: Canonicalization) => HashedBody,
  claims: Claims,
  signature: MailSignature,
  expected: ExpectedAnswer,
  keyOf: KeyOf,
  today: Day,
): Promise<VerifiedAnswer> {
  if (signature.limitsBody) throw new Refusal("body-length-limited");
  checkCovered(claims, signature);
  const body = hashed(signature.bodyCanonicalization);
  if (!equalBytes(body.hash, signature.bodyHash)) throw new Refusal("body-changed");
  const { record, key } = await findKey(keyOf, signature);
  await verifyHeader(header, signature, key, dayNumber(today) * MS_PER_DAY);
  const { text, alone } = readPlainText(header, body.text, signature);
  const evidence = evidenceOf(header, signature, body.text);
  // A file with LF for line ends grows.
  const fits = alone && evidence.length <= MAX_EVIDENCE_BYTES;
  const withheld = withheldFor(header, signature, fits, expected);
  return {
    verdict: "verified",
    text,
    subject: claims.subject,
    dated: claims.dated,
    evidence: withheld === null ? evidence : null,
    withheld,
    record,
    signature: { domain: signature.domain, selector: signature.selector },
  };
}

/** The signatures of the addressee's own domain, not one above it or below. Throws Refusal. */
function ownSignatures(header: ParsedHeader, mailbox: string): readonly MailSignature[] {
  const listed = listedSignatures(header);
  if (listed.length === 0) throw new Refusal("unsigned");
  const domain = mailbox.slice(mailbox.lastIndexOf("@") + 1).toLowerCase();
  const readable = listed.flatMap(({ signature }) => signature ?? []);
  const own = readable.filter((signature) => signature.domain === domain);
  if (own.length > 0) return own.slice(0, MAX_SIGNATURES);
  throw new Refusal(readable.length === listed.length ? "signature-foreign" : "signature-refused");
}

interface HashedBody {
  /** In canonical form. */
  readonly text: string;
  readonly hash: Uint8Array;
}

/** Each form is made once, however many signatures ask for it. */
function hashedBodies(body: string): (how: Canonicalization) => HashedBody {
  const made = new Map<Canonicalization, HashedBody>();
  return (how) => {
    const known = made.get(how);
    if (known !== undefined) return known;
    const text = canonicalBody(body, how);
    const one = { text, hash: sha256(toBytes(text)) };
    made.set(how, one);
    return one;
  };
}

async function findKey(
  keyOf: KeyOf,
  signature: MailSignature,
): Promise<{ readonly record: string; readonly key: MailKey }> {
  let texts: readonly string[];
  try {
    texts = await keyOf(keyRecordName(signature));
  } catch {
    throw new Refusal("key-unreachable");
  }
  try {
    const record = recordFromTexts(texts);
    if (record === null) throw new Refusal("key-missing");
    return { record, key: readKeyRecord(record) };
  } catch (error) {
    throw error instanceof MailError ? new Refusal("key-refused") : error;
  }
}

function seenInHeader(header: ParsedHeader, mailbox: string): Omit<Seen, "text"> {
  const subject = header.fields.find(({ name }) => name === "subject");
  return {
    subject: subject === undefined ? null : readOrNull(() => readSubject(fieldValue(subject))),
    claimsAddressee: mentionsInFrom(header, mailbox),
  };
}

function seenText(header: ParsedHeader, body: string): string | null {
  return readOrNull(() => readPlainText(header, canonicalBody(body, "simple"), null).text);
}

function readOrNull(work: () => string): string | null {
  try {
    return work();
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

/** What the header's parser and the check of a signature say, in the words for answers. Throws what is none of them. */
function reasonOf(error: unknown): UnverifiedReason {
  if (error instanceof Refusal) return error.reason;
  if (!(error instanceof MailError)) throw error;
  return OF_VERIFYING[error.code] ?? "header-refused";
}

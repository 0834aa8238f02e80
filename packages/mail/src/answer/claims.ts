/**
 * What a mail claims in its header: that the addressee wrote it, to the answer address, with the code, in time. All of it is
 * an attacker's until a signature covers it; it is looked at first, so that nothing is asked of DNS for a mail of others.
 */
import type { Day } from "@undersigned/core";
import { MailError } from "../errors.ts";
import { fieldValue, type ParsedHeader, unfold } from "../header.ts";
import { readMailDay } from "../mail-date.ts";
import type { MailSignature } from "../signature.ts";
import { readRecipient, readRecipients } from "./addresses.ts";
import { Refusal } from "./refusal.ts";
import { type AnswerNonce, holdsNonce, readSubject } from "./subject.ts";

/** What an answer to a letter must be. Mailboxes are compared in lower case. */
export interface ExpectedAnswer {
  /** The addressee's, as the letter's manifest names it. */
  readonly mailbox: string;
  /** The letter's own answer address. */
  readonly address: string;
  /** The code that the addressee was given: 16 characters of Crockford's base32, hyphens aside. */
  readonly nonce: AnswerNonce;
  /** The first day (UTC) that its Date may have: the one before the first delivery. */
  readonly notBefore: Day;
}

export interface Claims {
  readonly subject: string;
  readonly dated: Day;
  /** The field of To and Cc that holds the answer address; null in evidence whose signature covers neither. */
  readonly addressed: "to" | "cc" | null;
}

/** A mail as it came, or what is published of one: that has no field but those that are signed. */
export type Form = "mail" | "evidence";

/** Twice, they could be read in two ways. Content-* are looked after where they are read. */
const ONCE = ["from", "sender", "reply-to", "to", "cc", "subject", "date", "mime-version"];
/** RFC 3834 section 5, and what Exchange and older programs write instead. */
const AUTOMATIC = /^(?:x-autoreply|x-autorespond|x-auto-response-suppress)$/;

/**
 * `today` is the UTC day of the check. Throws Refusal `field-repeated`, `field-missing`, `address-refused`, `from-differs`,
 * `sender-differs`, `automatic`, `address-missing`, `subject-refused`, `nonce-missing`, `date-refused`, `dated-before` or
 * `dated-ahead`.
 */
export function readClaims(header: ParsedHeader, expected: ExpectedAnswer, today: Day, form: Form): Claims {
  for (const name of ONCE) {
    if (header.fields.filter((field) => field.name === name).length > 1) throw new Refusal("field-repeated");
  }
  const mailbox = expected.mailbox.toLowerCase();
  if (readRecipient(required(header, "from")).mailbox !== mailbox) throw new Refusal("from-differs");
  const sender = onlyValue(header, "sender");
  if (sender !== null && readRecipient(sender).mailbox !== mailbox) throw new Refusal("sender-differs");
  if (isAutomatic(header)) throw new Refusal("automatic");
  const addressed = addressField(header, expected.address.toLowerCase(), form);
  const subject = readSubject(required(header, "subject"));
  if (!holdsNonce(subject, expected.nonce)) throw new Refusal("nonce-missing");
  const dated = readDay(required(header, "date"));
  if (dated < expected.notBefore) throw new Refusal("dated-before");
  if (today < dated) throw new Refusal("dated-ahead");
  return { subject, dated, addressed };
}

const ALWAYS_SIGNED = ["from", "subject", "date"];

/**
 * A signature that covers To or Cc says to whom the mail went, so the answer address must be there. Some mail services sign
 * neither (decision 27 (b)): then the code in the subject alone says that it was meant as an answer. Throws Refusal
 * `recipient-not-signed` or `field-not-signed`.
 */
export function checkCovered({ addressed }: Claims, { signedNames }: MailSignature): void {
  const signed = (name: string) => signedNames.includes(name);
  if (!ALWAYS_SIGNED.every(signed)) throw new Refusal("field-not-signed");
  if ((signed("to") || signed("cc")) && (addressed === null || !signed(addressed))) {
    throw new Refusal("recipient-not-signed");
  }
}

/** Whether a From of the mail so much as mentions the mailbox, in whatever way. */
export function mentionsInFrom(header: ParsedHeader, mailbox: string): boolean {
  const wanted = mailbox.toLowerCase();
  return header.fields.some(
    (field) => field.name === "from" && unfold(fieldValue(field)).toLowerCase().includes(wanted),
  );
}

/** The one field of To and Cc that the address stands in; To if in both. */
function addressField(header: ParsedHeader, address: string, form: Form): Claims["addressed"] {
  const cc = onlyValue(header, "cc");
  if (form === "evidence" && cc === null && onlyValue(header, "to") === null) return null;
  const to = readRecipients(form === "mail" ? required(header, "to") : (onlyValue(header, "to") ?? ""));
  const copied = cc === null ? [] : readRecipients(cc);
  if (to.some(({ mailbox }) => mailbox === address)) return "to";
  if (copied.some(({ mailbox }) => mailbox === address)) return "cc";
  throw new Refusal("address-missing");
}

function isAutomatic({ fields }: ParsedHeader): boolean {
  return fields.some((field) => {
    const value = unfold(fieldValue(field)).toLowerCase();
    if (field.name === "auto-submitted") return value !== "no";
    if (field.name === "precedence") return /^(?:auto_reply|bulk|junk|list)$/.test(value);
    return AUTOMATIC.test(field.name);
  });
}

/** Of a field that is there at most once. */
function onlyValue(header: ParsedHeader, name: string): string | null {
  const field = header.fields.find((one) => one.name === name);
  return field === undefined ? null : fieldValue(field);
}

function required(header: ParsedHeader, name: string): string {
  const value = onlyValue(header, name);
  if (value === null) throw new Refusal("field-missing");
  return value;
}

function readDay(value: string): Day {
  try {
    return readMailDay(value);
  } catch (error) {
    if (error instanceof MailError) throw new Refusal("date-refused");
    throw error;
  }
}

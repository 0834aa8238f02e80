/** What organisers sign about a letter's further life (PROTOCOL §4 rules 13 and 14), and how an answer by mail is known. */
import { randomBytes } from "#platform";
import { decodeBase64url, encodeBase64url } from "./bytes.ts";
import { encodeCanonical, type JsonValue } from "./canonical-json.ts";
import { addDays, type Day } from "./day.ts";
import type { DeliveryLeaf, OrganiserSignature, RecordLeaf } from "./formats/organiser-leaves.ts";
import type { MailResponse } from "./formats/organiser-records.ts";
import { domainHash } from "./hash.ts";
import { type Signer, signDetached, verifyDetached } from "./signed.ts";

/** Organisers who must agree to a judgement. */
export const JUDGEMENT_ORGANISERS = 2;

/** A delivery as it is signed: all but the board's day and the receiving server's acceptance. */
export type Delivery = Pick<
  DeliveryLeaf,
  "workforce" | "letter" | "delivered" | "how" | "document" | "bundle" | "size" | "nonce"
>;

/** A response, judgement, change of the register or entry of the chronicle as it is signed. */
export type RecordToSign = Pick<RecordLeaf, "type" | "workforce" | "letter" | "record">;

export function signDelivery(of: Delivery, organiser: Signer): OrganiserSignature {
  return signed("delivery", deliveryToSign(of), organiser);
}

/** Whether each signature in `by` holds. Whose keys they are, is for the letter's manifest to say. */
export async function verifyDelivery(of: Delivery, by: readonly OrganiserSignature[]): Promise<boolean> {
  return verified("delivery", deliveryToSign(of), by);
}

export function signRecord(of: RecordToSign, organiser: Signer): OrganiserSignature {
  return signed(of.type, recordToSign(of), organiser);
}

/** As verifyDelivery. */
export async function verifyRecord(of: RecordToSign, by: readonly OrganiserSignature[]): Promise<boolean> {
  return verified(of.type, recordToSign(of), by);
}

function deliveryToSign(of: Delivery): JsonValue {
  const { workforce, letter, delivered, how, document, bundle, size, nonce } = of;
  return { bundle, delivered, document, how, letter, nonce, size, workforce };
}

function recordToSign({ workforce, letter, record }: RecordToSign): JsonValue {
  return { letter, record, workforce };
}

function signed(thing: string, object: JsonValue, organiser: Signer): OrganiserSignature {
  return { organiser: organiser.publicKey, sig: signDetached(thing, object, organiser) };
}

async function verified(
  thing: string,
  object: JsonValue,
  by: readonly OrganiserSignature[],
): Promise<boolean> {
  for (const { organiser, sig } of by)
    if (!(await verifyDetached(thing, object, organiser, sig))) return false;
  return true;
}

/**
 * Whether a logged answer by mail can be what it says (PROTOCOL §4 rule 14): from the addressee's mailbox, under a key of
 * its domain, from a day before the first delivery to a day after its leaf. Null if so, else a sentence. That the signature
 * holds is not asked here. `mailbox`: the manifest's; undefined where that is not public.
 */
export function whatIsWrongWithMail(
  record: Pick<MailResponse, "mailbox" | "dkim" | "dated">,
  of: {
    readonly mailbox: string | null | undefined;
    readonly deliveries: readonly Day[];
    readonly logged: Day;
  },
): string | null {
  if (of.mailbox !== undefined && record.mailbox !== of.mailbox)
    return "The answer is from another mailbox than that of the letter's addressee.";
  const domain = record.mailbox.slice(record.mailbox.lastIndexOf("@") + 1).toLowerCase();
  if (!record.dkim.name.toLowerCase().endsWith(`._domainkey.${domain}`))
    return "The key of the answer's signature is of another domain than its mailbox.";
  const handedOver = [...of.deliveries].sort()[0] ?? record.dated;
  const [first, last] = [addDays(handedOver, -1), addDays(of.logged, 1)];
  if (record.dated < first || record.dated > last)
    return `The answer is dated ${record.dated}; it may be from ${first} to ${last}.`;
  return null;
}

const NONCE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const NONCE_TEXT = /^[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){3}$/;

/** What the addressee puts into the subject of an answer: 80 random bits in Crockford's base32, as `ABCD-EFGH-JKMN-PQRS`. */
export function createAnswerNonce(): string {
  const digits = [...randomBytes(16)].map((byte) => NONCE_ALPHABET[byte % 32]).join("");
  return digits.replace(/(.{4})(?!$)/g, "$1-");
}

export function isAnswerNonce(nonce: string): boolean {
  return NONCE_TEXT.test(nonce);
}

/** How a delivery commits to the nonce that was handed over with it. Base64url. */
export function answerNonceHash(letter: string, nonce: string): string {
  return encodeBase64url(domainHash("answer-nonce", encodeCanonical({ letter, nonce })));
}

/** How a delivery commits to what the receiving server said. `salt`: 32 bytes, base64url. */
export function acceptanceHash(reply: string, salt: string): string {
  return encodeBase64url(domainHash("acceptance", encodeCanonical({ reply, salt })));
}

/** The local part of the address to which a letter is answered: `answer-` and the first 100 bits of its id in lower-case base32 (RFC 4648). */
export function answerLocalPart(letter: string): string {
  const bits = [...decodeBase64url(letter, 32)].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  const digits = Array.from({ length: 20 }, (_, i) => Number.parseInt(bits.slice(i * 5, i * 5 + 5), 2));
  return `answer-${digits.map((digit) => "abcdefghijklmnopqrstuvwxyz234567"[digit]).join("")}`;
}

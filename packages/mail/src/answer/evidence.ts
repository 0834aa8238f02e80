/**
 * What is published of an answer, so that anybody can check it again: the signature, the fields that it covers, and the
 * body, each in the form in which it was hashed, and so without a byte that somebody could have put in on the way.
 *
 *     dkim-signature:…   CRLF
 *     the fields that h= covers, the last one first, each with its CRLF
 *     CRLF
 *     the body
 *
 * Employees could be named in what nobody looks at before it is published: so there is none where a signed field says
 * more than it must, or where the body holds more than words.
 */
import { fieldValue, type HeaderField, type ParsedHeader, toBytes } from "../header.ts";
import type { MailSignature } from "../signature.ts";
import { canonicalField, coveredFields } from "../signed-data.ts";
import { encodeBase64, parseTags } from "../tag-list.ts";
import { type Recipient, readRecipients } from "./addresses.ts";
import type { ExpectedAnswer } from "./claims.ts";
import { Refusal } from "./refusal.ts";

/** Somebody else is among the recipients; another signed field could name somebody; there is more than words, or too much. */
export type Withheld = "recipients" | "fields" | "parts";

/** Signed fields that name nobody: shown anyway, or words that the formats fix, or of one form. */
const HARMLESS: ReadonlySet<string> = new Set([
  ...["from", "subject", "date", "mime-version", "content-type", "content-transfer-encoding"],
  ...["content-language", "x-ms-exchange-senderadcheck"],
]);
const RECIPIENTS: ReadonlySet<string> = new Set(["to", "cc", "reply-to", "sender"]);
const ID = /<([^<>@\s]+)@([^<>@\s]+)>/g;

/** The bytes above. `body` is in canonical form. */
export function evidenceOf(header: ParsedHeader, signature: MailSignature, body: string): Uint8Array {
  const how = signature.canonicalization;
  const fields = coveredFields(header, signature).reverse();
  const lines = [signed(signature), ...fields.map(({ raw }) => canonicalField(raw, how))];
  return toBytes(`${lines.join("\r\n")}\r\n\r\n${body}`);
}

/** The signature's field with `b=` in one spelling. */
function signed({ emptied, canonicalization, bytes, field }: MailSignature): string {
  const raw = canonicalField(emptied, canonicalization);
  const { start } = parseTags(raw.slice(field.name.length + 1)).get("b")!;
  const at = field.name.length + 1 + start;
  return raw.slice(0, at) + encodeBase64(bytes) + raw.slice(at);
}

/** Why the evidence of such an answer is not published; null where it is. `alone`: there is nothing but text, and not too much. */
export function withheldFor(
  header: ParsedHeader,
  signature: MailSignature,
  alone: boolean,
  expected: ExpectedAnswer,
): Withheld | null {
  const own = [expected.mailbox, expected.address].map((text) => text.toLowerCase());
  const domains = own.map((mailbox) => mailbox.slice(mailbox.lastIndexOf("@") + 1));
  const fields = coveredFields(header, signature).filter(({ name }) => !HARMLESS.has(name));
  const recipients = fields.filter(({ name }) => RECIPIENTS.has(name));
  if (!recipients.flatMap(recipientsOf).every((one) => isOwn(one, own))) return "recipients";
  const others = fields.filter(({ name }) => !RECIPIENTS.has(name));
  if (!others.every((field) => holdsOnlyIds(field, domains))) return "fields";
  if (!namesNobody(signature, own, domains)) return "fields";
  return alone ? null : "parts";
}

function recipientsOf(field: HeaderField): readonly Recipient[] {
  try {
    return readRecipients(fieldValue(field));
  } catch (error) {
    // A Reply-To is read here alone, so it may be one that cannot be read.
    if (error instanceof Refusal) return [{ mailbox: "", words: "" }];
    throw error;
  }
}

/** One of the two mailboxes, with nothing beside it but perhaps itself. */
function isOwn({ mailbox, words }: Recipient, own: readonly string[]): boolean {
  return own.includes(mailbox) && (words === "" || words.toLowerCase() === mailbox);
}

/**
 * The mail's own id, by whatever server the addressee uses; of the mails that it answers, ids of the addressee's domain and
 * ours: another one would say who else wrote to the addressee.
 */
function holdsOnlyIds(field: HeaderField, domains: readonly string[]): boolean {
  const answered = field.name === "in-reply-to" || field.name === "references";
  if (!answered && field.name !== "message-id") return false;
  const value = fieldValue(field);
  if (/\S/.test(value.replace(ID, ""))) return false;
  return !answered || [...value.matchAll(ID)].every((id) => domains.includes(id[2]!.toLowerCase()));
}

/** Of the signature's own tags: `z=` copies fields of the mail, `i=` may name a user, and unknown ones may say anything. */
function namesNobody({ field }: MailSignature, own: readonly string[], domains: readonly string[]): boolean {
  for (const [name, { value }] of parseTags(fieldValue(field))) {
    const text = value.toLowerCase();
    if (name === "i" && !text.startsWith("@") && !own.includes(text)) return false;
    // The recipient's domain, which a big provider signs.
    if (name === "darn" && !domains.includes(text)) return false;
    if (!/^(?:v|a|c|d|s|h|bh|b|q|t|x|i|darn)$/.test(name)) return false;
  }
  return true;
}

/**
 * Whether a signed mail shows that somebody holds a mailbox. A valid signature alone does not: it says what a sender wrote,
 * and anyone may have been sent it. So the mail must be one that an accepted sender's machine sent to exactly this mailbox.
 * All that counts is read from signed fields, in one way; marks of copies, lists and forwarding are refused wherever they
 * stand, though whoever wants to deceive can take away those that are not signed.
 */
import { CoreError, type Day, matchesPattern } from "@undersigned/core";
import { type MailAddress, readOneAddress } from "./address.ts";
import { MailError } from "./errors.ts";
import { fieldValue, type HeaderField, type ParsedHeader, unfold } from "./header.ts";
import type { MailKey } from "./key-record.ts";
import { readMailDay } from "./mail-date.ts";
import { isWithin } from "./names.ts";
import type { MailSignature } from "./signature.ts";

/** A sender whose mails are accepted. All in lower case but the subject. */
export interface AcceptedSender {
  /** `d=` of its signatures, exactly. */
  readonly domain: string;
  /** The address in From; `*` in its local part stands for any run of characters. */
  readonly from: string;
  /** What Subject, signed, must match as it stands (`*` for any run of characters); null where it does not matter. */
  readonly subject: string | null;
}

export interface MailPolicy {
  readonly senders: readonly AcceptedSender[];
  /** The first and the last day (UTC) of mails that are accepted. */
  readonly window: { readonly notBefore: Day; readonly notAfter: Day };
  /** The canonical mailbox by the manifest's rules; throws CoreError for one that they refuse. */
  readonly canonical: (address: string) => string;
}

const FORWARDED = /^resent-/;
const COPIED = /^b?cc$/;
/** List-Unsubscribe, alone, is not one: senders to a single person set it too (decision 13). */
const LISTED =
  /^(?:list-(?:id|post|help|subscribe|owner|archive)|mailing-list|x-mailman-.*|x-beenthere|x-mailing-list|x-google-group-id)$/;
const LIST_PRECEDENCE = /^(?:list|bulk|junk)$/i;

/**
 * `signature` is one of the header's, `key` the one that it verifies under, `mailbox` the canonical mailbox of the person.
 * Returns the mail's day. Does not verify the signature. Throws MailError `body-length-refused`, `copied-to-others`,
 * `forwarded`, `from-a-list`, `field-missing`, `field-repeated`, `field-not-signed`, `addresses-not-one`, `address-refused`,
 * `mailbox-differs`, `sender-not-accepted`, `sender-not-aligned`, `subject-not-accepted`, `date-malformed` or
 * `outside-window`.
 */
export function checkPolicy(
  header: ParsedHeader,
  signature: MailSignature,
  key: Pick<MailKey, "strict">,
  policy: MailPolicy,
  mailbox: string,
): Day {
  if (signature.limitsBody) throw new MailError("body-length-refused");
  for (const field of header.fields) refuseMark(field);
  if (mailRecipient(header, signature, policy) !== mailbox) throw new MailError("mailbox-differs");
  checkSender(header, signature, key, policy);
  const day = mailDay(header, signature);
  if (day < policy.window.notBefore || policy.window.notAfter < day) throw new MailError("outside-window");
  return day;
}

/** The day of the Date field, which must be there once and be signed. Throws MailError as `checkPolicy` does. */
export function mailDay(header: ParsedHeader, signature: MailSignature): Day {
  return readMailDay(signedValue(header, signature, "date"));
}

/**
 * The canonical mailbox of the one address in To, which must be there once and be signed. Throws MailError as `checkPolicy`
 * does; `mailbox-differs` for one that the rules refuse.
 */
export function mailRecipient(
  header: ParsedHeader,
  signature: MailSignature,
  policy: Pick<MailPolicy, "canonical">,
): string {
  const to = readOneAddress(signedValue(header, signature, "to"));
  try {
    return policy.canonical(`${to.local}@${to.domain}`);
  } catch (error) {
    if (error instanceof CoreError) throw new MailError("mailbox-differs");
    throw error;
  }
}

function refuseMark(field: HeaderField): void {
  if (COPIED.test(field.name)) throw new MailError("copied-to-others");
  if (FORWARDED.test(field.name)) throw new MailError("forwarded");
  const listed =
    LISTED.test(field.name) ||
    (field.name === "precedence" && LIST_PRECEDENCE.test(unfold(fieldValue(field))));
  if (listed) throw new MailError("from-a-list");
}

/** The value of a field that must be there exactly once; `h=` then covers it if it names it. */
function signedValue(header: ParsedHeader, signature: MailSignature, name: string): string {
  const value = onlyValue(header, name);
  if (value === null) throw new MailError("field-missing");
  if (!signature.signedNames.includes(name)) throw new MailError("field-not-signed");
  return value;
}

function onlyValue(header: ParsedHeader, name: string): string | null {
  const [field, other] = header.fields.filter((one) => one.name === name);
  if (other !== undefined) throw new MailError("field-repeated");
  return field === undefined ? null : fieldValue(field);
}

function checkSender(
  header: ParsedHeader,
  signature: MailSignature,
  key: Pick<MailKey, "strict">,
  policy: MailPolicy,
): void {
  const from = readOneAddress(signedValue(header, signature, "from"));
  const { domain, identityDomain } = signature;
  const aligned = key.strict
    ? from.domain === domain && identityDomain === domain
    : isWithin(from.domain, domain);
  if (!aligned) throw new MailError("sender-not-aligned");
  const senders = policy.senders.filter((one) => one.domain === domain && isFrom(from, one.from));
  if (senders.length === 0) throw new MailError("sender-not-accepted");
  // Two are refused even where the subject does not matter.
  onlyValue(header, "subject");
  const patterns = senders.map((one) => one.subject);
  if (patterns.includes(null)) return;
  const subject = unfold(signedValue(header, signature, "subject"));
  if (!patterns.some((pattern) => matchesPattern(subject, pattern!))) {
    throw new MailError("subject-not-accepted");
  }
}

function isFrom(from: MailAddress, accepted: string): boolean {
  const at = accepted.lastIndexOf("@");
  return (
    accepted.slice(at + 1) === from.domain &&
    matchesPattern(from.local.toLowerCase(), accepted.slice(0, Math.max(at, 0)))
  );
}

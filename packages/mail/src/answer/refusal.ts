/**
 * Why a mail does not count as the addressee's answer: a closed list, each with its sentence for organisers, who alone see
 * such mails. Neither holds a byte of the mail.
 */

const SENTENCES = {
  // What cannot be read as a mail in one way.
  "too-large": "The mail is larger than 1 MB.",
  "header-refused": "The mail's header cannot be read, or two programs could read it differently.",
  "field-missing": "The mail lacks a From, To, Subject or Date.",
  "field-repeated":
    "The mail has a field twice that must be there once, so that it could be read in two ways.",
  "address-refused":
    "An address in From, Sender, To or Cc is not written in a plain form that all programs read alike.",
  "date-refused": "The mail's date is not in the form that mails have.",
  "subject-refused":
    "The mail's subject cannot be read, or holds characters that show something else than what is there.",
  // Who wrote it, to whom, when.
  "from-differs": "The mail is not from the mailbox of the addressee that the letter names.",
  "sender-differs": "The mail was sent for the addressee by another mailbox.",
  automatic: "The mail was written by a machine, as notes of absence are.",
  "address-missing": "The mail is not addressed to the letter's answer address.",
  "nonce-missing": "The subject lacks the code that the addressee was given for the answer.",
  "dated-before": "The mail is dated before the letter was delivered.",
  "dated-ahead": "The mail is dated on a day that has not come yet. Show it again on that day.",
  // Its signature.
  unsigned: "The mail is not signed by a domain (DKIM).",
  "signature-foreign": "The mail is signed by another domain than that of the addressee's mailbox.",
  "signature-refused": "The mail's signature is not one that DKIM and this program take.",
  "body-length-limited": "The mail's signature lets others add to the mail.",
  "field-not-signed": "The mail's signature does not cover From, Subject and Date.",
  "recipient-not-signed":
    "The mail's signature says to whom the mail went, and the letter's answer address is not there.",
  "body-changed": "The mail's text is not the one that was signed.",
  "key-unreachable":
    "The key of the addressee's domain cannot be looked up just now. Show the mail again later.",
  "key-missing": "The addressee's domain does not publish the key that the mail was signed with.",
  "key-refused": "The key that the mail was signed with is not one that can be relied on.",
  "signature-out-of-time": "The mail's signature has expired, or is dated on a day that has not come yet.",
  "signature-invalid": "The mail's signature does not fit: something was changed, or somebody else made it.",
  // What it says.
  "content-not-signed":
    "The mail's signature does not cover how the mail's text is to be read, and it could be read in two ways.",
  ambiguous: "The parts of the mail are set out in a way that two programs could read differently.",
  "no-plain-text": "The mail has no part of plain text (text/plain) with words in it.",
  "several-plain-texts":
    "The mail has more than one part of plain text, so which one is the answer cannot be told.",
  unreadable: "The mail's plain text is in a character set or an encoding that cannot be read faithfully.",
  "characters-refused":
    "The mail's plain text holds control characters, or marks that turn the direction of writing.",
  "text-too-long": "The mail's plain text is too long to be shown.",
  // Of evidence alone.
  "not-evidence":
    "The file is not what is kept of a mail to check it again: something was added or left out.",
} as const;

export type UnverifiedReason = keyof typeof SENTENCES;

/** The sentence of each reason, for organisers. */
export const UNVERIFIED_SENTENCES: Readonly<Record<UnverifiedReason, string>> = SENTENCES;

/** How the steps of the check end early; `readAnswer` catches every one, and nobody else ever sees it. */
export class Refusal extends Error {
  readonly reason: UnverifiedReason;

  constructor(reason: UnverifiedReason) {
    super(SENTENCES[reason]);
    this.name = "Refusal";
    this.reason = reason;
  }
}

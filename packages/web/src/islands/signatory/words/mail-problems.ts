/** Why a mail does not do, and what to do then: a sentence for each code of the check. Nothing of the mail is repeated. */
import { CoreError } from "@undersigned/core";
import { MailError, type MailErrorCode } from "@undersigned/mail";

const SAVE_AGAIN =
  "This file cannot be read as a mail. Save the mail once more, as a file that ends in .eml, and do not open it in another program.";
const SIGNED_ODDLY =
  "The way in which this mail was signed is not one that can be relied on. Choose another of the kinds above.";
const ODD_KEY = "The sender's key for this mail is not one that can be relied on. Choose another mail.";
const NOT_WHOLE =
  "This mail lacks something that is needed, or has it twice, so that it could be read in two ways. Choose another of the kinds above.";
const NOT_ALONE =
  "This mail went to others too, or came by a list, so it does not show whose mailbox it is in.";

const SENTENCES: Readonly<Record<MailErrorCode, string>> = {
  "header-missing": SAVE_AGAIN,
  "header-too-large": SAVE_AGAIN,
  "header-cut-off": SAVE_AGAIN,
  "line-ends-mixed": SAVE_AGAIN,
  "character-refused": SAVE_AGAIN,
  "field-malformed": SAVE_AGAIN,
  "field-too-large": SAVE_AGAIN,
  "fields-too-many": SAVE_AGAIN,
  "folding-refused": SAVE_AGAIN,
  "not-cut-down": SAVE_AGAIN,
  unsigned:
    "This mail is not signed by its sender. Your mail program may have saved a copy without the signature: save it as the page on saving says, or choose another mail.",
  "tags-malformed": SIGNED_ODDLY,
  "tag-repeated": SIGNED_ODDLY,
  "signature-malformed": SIGNED_ODDLY,
  "algorithm-refused": SIGNED_ODDLY,
  "from-not-signed": SIGNED_ODDLY,
  "signatures-signed": SIGNED_ODDLY,
  "identity-foreign": SIGNED_ODDLY,
  "body-length-refused": SIGNED_ODDLY,
  "signature-expired": "The signature of this mail has run out. Choose a newer one.",
  "signature-from-future":
    "By this device's clock, this mail was signed in the future. Set the clock, and try again.",
  "signature-invalid":
    "Something in this mail was changed on its way: perhaps your employer's mail system adds a word to subjects, such as [External]. Choose a mail of another kind, or another way.",
  "key-malformed": ODD_KEY,
  "key-revoked": "The sender has withdrawn the key of this mail. Choose a newer one.",
  "key-testing": ODD_KEY,
  "key-not-for-mail": ODD_KEY,
  "key-weak": ODD_KEY,
  "key-odd": ODD_KEY,
  "key-mismatch": ODD_KEY,
  "key-ambiguous": ODD_KEY,
  "key-unknown":
    "The key of this mail is none of those that stand in the log. Choose another of the kinds above.",
  "key-out-of-span":
    "The key of this mail was not the sender's at its date, by the log. Choose another mail.",
  "copied-to-others": NOT_ALONE,
  "from-a-list": NOT_ALONE,
  forwarded: "This mail was sent on by somebody. Choose it as it first came to you.",
  "field-missing": NOT_WHOLE,
  "field-repeated": NOT_WHOLE,
  "field-not-signed": NOT_WHOLE,
  "addresses-not-one": "This mail is not from one address to one address. Choose one that came to you alone.",
  "address-refused":
    "An address of this mail is written in an unusual way. Choose another of the kinds above.",
  "mailbox-differs": "This mail was not sent to your work mailbox. Choose one that was.",
  "sender-not-accepted": "This mail is from none of the senders above. Choose one that is.",
  "sender-not-aligned":
    "This mail was not signed by the sender that it names. Choose another of the kinds above.",
  "subject-not-accepted":
    "The sender is right, but the subject is none of those above. Choose another of its mails.",
  "date-malformed": "The date of this mail cannot be read. Choose another of the kinds above.",
  "outside-window": "This mail is older or newer than the days above. Choose one of these days.",
};

/** What may be wrong with the mailbox that it came to, and with the file. */
const OTHERS = {
  "mailbox-malformed": SENTENCES["address-refused"],
  "mailbox-not-here":
    "This mail was not sent to a mailbox of your employer. Choose one that came to your work mailbox.",
  "group-mailbox": "This mail came to a mailbox of a group. Choose one that came to yours alone.",
  "outlook-file":
    "This is a file of Outlook's own kind (.msg), which leaves out what is needed. Save the mail from Outlook on the web instead, as a file that ends in .eml.",
};

/** What registrars say of a mail. */
const REFUSALS = {
  "mail-reserved":
    "Somebody else has announced this mail to this registrar. If that was you, on another page, wait an hour or go on there. If not, tell the organisers: your mail may be read.",
  "not-reserved": "This registrar has forgotten your announcement. Try again.",
  "mail-spent":
    "This mail has been used before, with another phrase. If that was you, go on with that phrase; else choose another mail, and tell the organisers.",
  "mail-key-retired":
    "The sender has withdrawn the key that this mail was signed with. Choose a newer mail of the same kind.",
  "mail-key-unreachable":
    "This registrar cannot fetch the sender's key at present. Wait a minute, then try again.",
  "mail-refused":
    "This registrar does not take this mail. Choose another of the same kind, or another way; if it stays so, tell the organisers.",
};

/** By registrars' codes, and by those that `mailCode` gives. */
export function mailSentences(): Readonly<Record<string, string>> {
  const own = Object.entries({ ...SENTENCES, ...OTHERS });
  return { ...REFUSALS, ...Object.fromEntries(own.map(([code, sentence]) => [PREFIX + code, sentence])) };
}

/** Codes of a mail are apart from those of registrars. */
const PREFIX = "mail/";
/** The beginning of a compound file, as Outlook saves mails (MS-CFB 2.2). */
const COMPOUND_FILE = [0xd0, 0xcf, 0x11, 0xe0];

/** The code for what the check of `file` has thrown; null for what is not about the mail. */
export function mailCode(error: unknown, file: Uint8Array): string | null {
  if (!(error instanceof MailError || error instanceof CoreError)) return null;
  if (COMPOUND_FILE.every((byte, i) => file[i] === byte)) return `${PREFIX}outlook-file`;
  return PREFIX + error.code;
}

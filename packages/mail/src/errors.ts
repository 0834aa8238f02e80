/**
 * The one error class of this package. Callers branch on `code`; the message is for the person whose mail it is and says
 * why it does not count. Neither holds a byte of the mail: not an address, not a subject, not a signature.
 */

const MESSAGES = {
  // The header as a whole.
  "header-missing": "This file does not begin with the header of a mail.",
  "header-too-large": "The header of this mail is longer than 64 KiB.",
  "header-cut-off": "This file ends in the middle of a line of its header. Save the whole mail again.",
  "line-ends-mixed":
    "The lines of this header end in different ways. Save the mail again, without editing it.",
  "character-refused": "This header holds a control character, which no mail may have there.",
  "field-malformed":
    "This header holds a line that is no header field. Save the mail again, without editing it.",
  "field-too-large": "A field of this header is longer than 16 KiB.",
  "fields-too-many": "This header has more than 256 fields.",
  "folding-refused":
    "This header holds a continued line with nothing on it, which mail programs read differently.",
  // Signatures.
  unsigned: "This mail has no DKIM signature. Use one that its sender has signed.",
  "tags-malformed": "A signature or a key is not a list of tags in the form that DKIM demands.",
  "tag-repeated": "A signature or a key states one of its tags twice.",
  "signature-malformed":
    "This mail's signature lacks something that DKIM demands, or states it in another form.",
  "algorithm-refused": "This mail is signed by a method that is not rsa-sha256 or ed25519-sha256.",
  "from-not-signed": "This mail's signature does not cover who the mail is from.",
  "signatures-signed": "This mail's signature covers other signatures, which would have to be sent along.",
  "identity-foreign": "This mail's signature speaks for another domain than the one that made it.",
  "signature-expired": "This mail's signature has expired. Use a newer mail.",
  "signature-from-future":
    "This mail's signature is dated more than a day from now. Check this device's clock.",
  "signature-invalid": "This mail's signature does not fit its header: something in it was changed.",
  // Keys.
  "key-malformed": "The sender's key record is not in the form that DKIM demands.",
  "key-revoked": "The sender has revoked the key of this mail.",
  "key-testing": "The sender marks the key of this mail as a test.",
  "key-not-for-mail": "The sender's key is not for mails with signatures of this kind.",
  "key-weak": "The sender's key is too weak: RSA keys must have 2048 bits or more and the exponent 65537.",
  "key-odd": "The sender's key is not one that every verifier takes.",
  "key-mismatch": "This mail's signature is of another kind than the sender's key.",
  "key-unknown": "This mail is signed by a key that is not among those of the accepted senders.",
  "key-out-of-span": "This mail is dated outside the days for which its key is accepted.",
  "key-ambiguous": "Two keys of one name are accepted for the day of this mail.",
  // What a mail must be to prove a mailbox.
  "body-length-refused": "This mail's signature lets others add to the mail.",
  "copied-to-others":
    "This mail was sent to others too (Cc or Bcc), so it does not show whose mailbox it is in.",
  forwarded: "This mail was sent on to you by somebody. Use one that its sender sent to you.",
  "from-a-list": "This mail came by a mailing list, so others have it too.",
  "field-missing": "This mail lacks a From, To, Date or Subject that is needed.",
  "field-repeated": "This mail has two of From, To, Date or Subject.",
  "field-not-signed": "This mail's signature does not cover a From, To, Date or Subject that is needed.",
  "addresses-not-one": "This mail must be from exactly one address and to exactly one address.",
  "address-refused": "An address of this mail is not written in the plain form name@domain.",
  "mailbox-differs": "This mail was not sent to the mailbox that you gave.",
  "sender-not-accepted": "This mail is not from one of the senders that are accepted.",
  "sender-not-aligned": "This mail's signature was not made by the domain that the mail is from.",
  "subject-not-accepted": "This mail is not one of the kinds that are accepted from its sender.",
  "date-malformed": "This mail's date is not in the form that mails have.",
  "outside-window": "This mail is dated outside the days that are accepted.",
  // The cut-down form.
  "not-cut-down": "This is not a mail cut down to what its signature covers.",
} as const;

export type MailErrorCode = keyof typeof MESSAGES;

export class MailError extends Error {
  readonly code: MailErrorCode;

  constructor(code: MailErrorCode) {
    super(MESSAGES[code]);
    this.name = "MailError";
    this.code = code;
  }
}

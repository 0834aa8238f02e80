/** Why a mail does not do, and what to do then: a sentence for each code of the check (`sign-existing-mail.problem.…`). Nothing of the mail is repeated. */
import { CoreError } from "@undersigned/core";
import { MailError, type MailErrorCode } from "@undersigned/mail";
import type { MessageKey } from "@undersigned/messages";

type SentenceOf<Key> = Key extends `sign-existing-mail.problem.mail/${infer Name}` ? Name : never;
type Sentence = SentenceOf<MessageKey>;

/** Which sentence says it: some say the same. */
const SENTENCES: Readonly<Record<MailErrorCode, Sentence>> = {
  "header-missing": "save-again",
  "header-too-large": "save-again",
  "header-cut-off": "save-again",
  "line-ends-mixed": "save-again",
  "character-refused": "save-again",
  "field-malformed": "save-again",
  "field-too-large": "save-again",
  "fields-too-many": "save-again",
  "folding-refused": "save-again",
  "not-cut-down": "save-again",
  unsigned: "unsigned",
  "tags-malformed": "signed-oddly",
  "tag-repeated": "signed-oddly",
  "signature-malformed": "signed-oddly",
  "algorithm-refused": "signed-oddly",
  "from-not-signed": "signed-oddly",
  "signatures-signed": "signed-oddly",
  "identity-foreign": "signed-oddly",
  "body-length-refused": "signed-oddly",
  "signature-expired": "signature-expired",
  "signature-from-future": "signature-from-future",
  "signature-invalid": "signature-invalid",
  "key-malformed": "odd-key",
  "key-revoked": "key-revoked",
  "key-testing": "odd-key",
  "key-not-for-mail": "odd-key",
  "key-weak": "odd-key",
  "key-odd": "odd-key",
  "key-mismatch": "odd-key",
  "key-ambiguous": "odd-key",
  "key-unknown": "key-unknown",
  "key-out-of-span": "key-out-of-span",
  "copied-to-others": "not-alone",
  "from-a-list": "not-alone",
  forwarded: "forwarded",
  "field-missing": "not-whole",
  "field-repeated": "not-whole",
  "field-not-signed": "not-whole",
  "addresses-not-one": "addresses-not-one",
  "address-refused": "address-refused",
  "mailbox-differs": "mailbox-differs",
  "sender-not-accepted": "sender-not-accepted",
  "sender-not-aligned": "sender-not-aligned",
  "subject-not-accepted": "subject-not-accepted",
  "date-malformed": "date-malformed",
  "outside-window": "outside-window",
};

/** Of the mailbox that it came to. */
const OTHERS: Readonly<Partial<Record<string, string>>> = { "mailbox-malformed": "address-refused" };

/** Codes of a mail are apart from those of registrars. */
const PREFIX = "mail/";
/** The beginning of a compound file, as Outlook saves mails (MS-CFB 2.2). */
const COMPOUND_FILE = [0xd0, 0xcf, 0x11, 0xe0];

/** The code for what the check of `file` has thrown; null for what is not about the mail. */
export function mailCode(error: unknown, file: Uint8Array): string | null {
  if (!(error instanceof MailError || error instanceof CoreError)) return null;
  if (COMPOUND_FILE.every((byte, i) => file[i] === byte)) return `${PREFIX}outlook-file`;
  return PREFIX + (error instanceof MailError ? SENTENCES[error.code] : (OTHERS[error.code] ?? error.code));
}

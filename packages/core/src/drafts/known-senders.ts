/**
 * Senders of automated mails that a draft may name instead of describing them (decision 13). Here are only those whose From
 * and `d=` are attested by mails that were published with their headers, whose signatures cover To, From and Date under 2,048
 * bits, and whose text no third person writes. It is what they did when this was written: registrars check an entry against
 * a mail of their own before they sign a manifest. Subjects are in the reader's language, so none has a pattern.
 */
import type { JsonObject } from "../canonical-json.ts";

export const KNOWN_SENDERS = {
  /** Sign-ins, security alerts. Its signatures expire a week after the mail. */
  google: {
    name: "Google account notices",
    domain: "accounts.google.com",
    from: "no-reply@accounts.google.com",
    subject: null,
  },
  /** Sign-ins, codes, changes of the account. */
  linkedin: {
    name: "LinkedIn security notices",
    domain: "linkedin.com",
    from: "security-noreply@linkedin.com",
    subject: null,
  },
} as const satisfies Record<string, JsonObject>;

export type KnownSender = keyof typeof KNOWN_SENDERS;

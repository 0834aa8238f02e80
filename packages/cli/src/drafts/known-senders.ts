/**
 * Senders of automated mails that an outline may name instead of describing them (decision 13). Here are only those whose From
 * and `d=` are attested by mails that were published with their headers, whose signatures cover To, From and Date under 2,048
 * bits, and whose text no third person writes. It is what they did when this was written: registrars check an entry against
 * a mail of their own before they sign a manifest. Subjects are in the reader's language, so none has a pattern.
 */
import type { JsonObject, JsonValue } from "@undersigned/core";
import { CliError } from "../errors.ts";

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

/** A list of senders with each known name replaced by what it stands for. Throws `outline-field`. */
export function withKnownSenders(senders: JsonValue | undefined): JsonValue {
  if (!Array.isArray(senders)) return senders ?? null;
  return senders.map((sender) => {
    if (typeof sender !== "string") return sender;
    if (Object.hasOwn(KNOWN_SENDERS, sender)) return KNOWN_SENDERS[sender as keyof typeof KNOWN_SENDERS];
    throw new CliError(
      "outline-field",
      `The file names a sender of mails that is not one of ${Object.keys(KNOWN_SENDERS).join(", ")}: describe it with name, domain, from and subject.`,
    );
  });
}

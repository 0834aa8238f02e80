/** Senders of automated mails that an outline names instead of describing them (decision 13). */
import { type JsonValue, KNOWN_SENDERS } from "@undersigned/core";
import { CliError } from "../errors.ts";

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

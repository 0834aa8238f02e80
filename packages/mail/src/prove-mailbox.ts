/** The whole check of an existing mail, in the one order, for the device that sends it and the registrar that takes it. */
import { MailError } from "./errors.ts";
import type { ParsedHeader } from "./header.ts";
import { keyFromPinned, type PinnedKey } from "./key-record.ts";
import { checkPolicy, type MailPolicy, mailDay } from "./policy.ts";
import { keyRecordName, listedSignatures, type MailSignature } from "./signature.ts";
import { verifyHeader } from "./verify-header.ts";

export interface MailRules extends MailPolicy {
  readonly keys: readonly PinnedKey[];
}

/**
 * The topmost signature of a mail by which it proves the mailbox (canonical), at `nowMs` milliseconds since 1970. A
 * signature that does not is passed over, as RFC 6376 section 6.1 demands. Where none does, throws the MailError of the
 * first one by an accepted sender's domain, or else of the first one; `unsigned` where there is no signature.
 */
export async function proveMailbox(
  header: ParsedHeader,
  rules: MailRules,
  mailbox: string,
  nowMs: number,
): Promise<MailSignature> {
  let reason: MailError | null = null;
  let ofSender = false;
  for (const { signature, error } of listedSignatures(header)) {
    const refusal = signature === null ? error : await refusalOf(header, signature, rules, mailbox, nowMs);
    if (refusal === null) return signature as MailSignature;
    const byAccepted = rules.senders.some((sender) => sender.domain === signature?.domain);
    if (reason === null || (byAccepted && !ofSender)) reason = refusal;
    ofSender ||= byAccepted;
  }
  throw reason ?? new MailError("unsigned");
}

async function refusalOf(
  header: ParsedHeader,
  signature: MailSignature,
  rules: MailRules,
  mailbox: string,
  nowMs: number,
): Promise<MailError | null> {
  try {
    const day = mailDay(header, signature);
    const key = keyFromPinned(rules.keys, keyRecordName(signature), day);
    // Before the arithmetic, and of more help to a person who picked the wrong mail.
    checkPolicy(header, signature, key, rules, mailbox);
    await verifyHeader(header, signature, key, nowMs);
    return null;
  } catch (error) {
    if (error instanceof MailError) return error;
    throw error;
  }
}

/**
 * A typed code shows that somebody reads the mailbox. Until it does, all mailboxes are answered alike, after the same work;
 * of one that the rules refuse every code is wrong.
 */
import { type CodeEvidence, readMailbox } from "@undersigned/core";
import type { Registrar } from "../registrar.ts";
import type { EvidenceAt, Prove } from "./evidence.ts";

/**
 * Throws CoreError `mailbox-malformed`. The proof throws `wrong-code`, `too-many-tries`, ServiceError `too-many-requests`,
 * and `second-party-down`, after which the same request completes.
 */
export function codeEvidence(
  { guard, tagger }: Registrar,
  { epoch, secrets, network }: EvidenceAt,
  { mailbox: spelled, code }: CodeEvidence,
): Prove {
  const { mailbox, refused } = readMailbox(spelled, epoch.statement.mailboxes);
  return async (requests) => {
    guard.require({ codeKey: secrets.code, mailbox, allowed: refused === null, requests, code, network });
    return { tag: await tagger.tag(epoch, secrets, mailbox), mailbox, mail: null };
  };
}

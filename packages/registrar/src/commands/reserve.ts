/**
 * A reservation (PROTOCOL §9): a code goes to a mailbox, good for one set of requests. Nothing is stored, and the answer
 * tells nothing of the mailbox: it is the same, after the same work, for every one that the public rules allow.
 */
import { canonicalMailbox, type ReservationRequest } from "@undersigned/core";
import { codeWindow, deriveCode } from "../codes.ts";
import { RegistrarError } from "../errors.ts";
import { requireTaken } from "../limits.ts";
import { codeMail } from "../mail/code-mail.ts";
import { type Registrar, requireActive, requireEvidence, requireOpenEpoch } from "../registrar.ts";

/**
 * Queues the code mail; it may be dropped without a word when others have asked for many at this mailbox. `client` is
 * the caller's network. Throws `workforce-unknown`, `epoch-unknown`, `epoch-not-open`, `evidence-not-accepted`, `busy`,
 * ServiceError `too-many-requests`, `unavailable`, and CoreError `mailbox-malformed`, `mailbox-not-here`, `group-mailbox`.
 */
export function reserve(registrar: Registrar, request: ReservationRequest, client: string): void {
  requireActive(registrar);
  const { limiters, mails } = registrar;
  requireTaken(
    limiters.reservationsPerNetwork.take(client),
    "Too many codes were asked for from this network. Try again later.",
  );
  const { epoch, secrets } = requireOpenEpoch(registrar, request.workforce, request.epoch);
  requireEvidence(epoch, request.evidence.kind, request.class);
  const mailbox = canonicalMailbox(request.evidence.mailbox, epoch.statement.mailboxes);
  requireTaken(
    limiters.mailsPerMailboxAndNetwork.take(`${client} ${mailbox}`),
    "Several codes were sent to this mailbox just now. Use the newest, or wait some minutes for another.",
  );
  requireTaken(
    limiters.reservationsInAll.take("all"),
    "Very many codes are being asked for. Try again in a minute.",
  );
  if (mails.full) {
    registrar.logger.event("mail-queue-full", {});
    throw new RegistrarError("busy", "Very many codes are being sent. Try again in a minute.");
  }
  const code = deriveCode(secrets.code, mailbox, request.requests, codeWindow(registrar.clock.now()));
  const mail = codeMail(epoch.manifest, mailbox, code);
  // A refusal here would tell a stranger that others ask for codes at this mailbox.
  if (limiters.mailsPerMailbox.take(mailbox).ok) mails.offer(mail);
}

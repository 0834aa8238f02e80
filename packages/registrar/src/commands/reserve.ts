/**
 * A reservation (PROTOCOL §9): a code goes to a mailbox, good for one set of requests. Nothing is stored.
 *
 * The answer tells nothing of the mailbox. It is the same, after the same work, whether the public rules allow it,
 * whether it is enrolled or exists, and whether a mail goes out: where none does, a blank goes the same way in its place
 * (`mail/mail-queue.ts`).
 */
import { type ReservationRequest, readMailbox } from "@undersigned/core";
import { codeWindow, deriveCode } from "../codes.ts";
import { RegistrarError } from "../errors.ts";
import { requireTaken } from "../limits.ts";
import { codeMail } from "../mail/code-mail.ts";
import {
  type Registrar,
  requireActive,
  requireEvidence,
  requireOpenEpoch,
  requireWork,
} from "../registrar.ts";

/**
 * Queues the code mail, if one is to be sent: no mail goes to a mailbox that the rules refuse, nor to one at which many
 * were asked for. `client` is the caller's network. Throws `workforce-unknown`, `epoch-unknown`, what `requireOpenEpoch`
 * does, `evidence-not-accepted`, `busy`, `work-needed`, `work-wrong`, ServiceError `too-many-requests`, `unavailable`,
 * and CoreError `mailbox-malformed`.
 */
export async function reserve(
  registrar: Registrar,
  request: ReservationRequest,
  client: string,
): Promise<void> {
  requireActive(registrar);
  const { limiters, mails } = registrar;
  requireTaken(
    limiters.reservationsPerNetwork.take(client),
    "Too many codes were asked for from this network. Try again later.",
  );
  const { epoch, secrets } = await requireOpenEpoch(registrar, request.workforce, request.epoch);
  requireEvidence(epoch, request.evidence.kind, request.class);
  const { mailbox, refused } = readMailbox(request.evidence.mailbox, epoch.statement.mailboxes);
  if (!limiters.reservationsInAll.take("all").ok) registrar.attack.notice("reservations");
  // Before work is taken, so that none is done in vain.
  if (mails.full) throw mailQueueFull(registrar);
  await requireWork(registrar, request.work);
  requireTaken(
    limiters.mailsPerMailboxAndNetwork.take(`${client} ${mailbox}`),
    "Several codes were sent to this mailbox just now. Use the newest, or wait some minutes for another.",
  );
  const code = deriveCode(secrets.code, mailbox, request.requests, codeWindow(registrar.clock.now()));
  const mail = codeMail(epoch.manifest, mailbox, code);
  // A refusal here would tell a stranger that others ask for codes at this mailbox.
  const { ok } = limiters.mailsPerMailbox.take(mailbox);
  if (!mails.offer(ok && refused === null ? mail : null)) throw mailQueueFull(registrar);
}

function mailQueueFull(registrar: Registrar): RegistrarError {
  registrar.logger.event("mail-queue-full", {});
  return new RegistrarError("busy", "Very many codes are being sent. Try again in a minute.");
}

/**
 * A reservation (PROTOCOL §9): a code goes to a mailbox, or a mail that somebody already has is held, good for one set of
 * requests. Nothing is stored.
 *
 * The answer tells nothing of a mailbox. It is the same, after the same work, whether the public rules allow it,
 * whether it is enrolled or exists, and whether a mail goes out: where none does, a blank goes the same way in its place
 * (`mail/mail-queue.ts`).
 */
import { type ReservationRequest, readMailbox } from "@undersigned/core";
import { codeWindow, deriveCode } from "../codes.ts";
import { RegistrarError } from "../errors.ts";
import type { EvidenceAt } from "../evidence/evidence.ts";
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
 * `client` is the caller's network. Throws `workforce-unknown`, `epoch-unknown`, what `requireOpenEpoch` does,
 * `evidence-not-accepted`, `mail-reserved`, `busy`, `work-needed`, `work-wrong`, ServiceError `too-many-requests`,
 * `unavailable`, and CoreError `mailbox-malformed`.
 */
export async function reserve(
  registrar: Registrar,
  request: ReservationRequest,
  client: string,
): Promise<void> {
  requireActive(registrar);
  const { evidence, requests, work } = request;
  const { limiters } = registrar;
  requireTaken(
    limiters.reservationsPerNetwork.take(client),
    "Too many reservations came from this network. Try again later.",
  );
  const { epoch, secrets } = await requireOpenEpoch(registrar, request.workforce, request.epoch);
  requireEvidence(epoch, evidence.kind, request.class);
  const at = { epoch, secrets, network: client };
  if (evidence.kind === "mailbox-code") {
    await reserveCode(registrar, at, { mailbox: evidence.mailbox, requests, work });
  } else {
    if (!limiters.reservationsInAll.take("all").ok) registrar.attack.notice("reservations");
    await requireWork(registrar, work);
    reserveMail(registrar, epoch.number, evidence.mail, requests);
  }
}

/** Queues the code mail, unless the rules refuse the mailbox, or many were asked for at it. */
async function reserveCode(
  registrar: Registrar,
  { epoch, secrets, network }: EvidenceAt,
  asked: { readonly mailbox: string; readonly requests: string; readonly work: string | null },
): Promise<void> {
  const { limiters, mails } = registrar;
  const { mailbox, refused } = readMailbox(asked.mailbox, epoch.statement.mailboxes);
  if (!limiters.reservationsInAll.take("all").ok) registrar.attack.notice("reservations");
  // Before work is taken, so that none is done in vain.
  if (mails.full) throw mailQueueFull(registrar);
  await requireWork(registrar, asked.work);
  requireTaken(
    limiters.mailsPerMailboxAndNetwork.take(`${network} ${mailbox}`),
    "Several codes were sent to this mailbox just now. Use the newest, or wait some minutes for another.",
  );
  const code = deriveCode(secrets.code, mailbox, asked.requests, codeWindow(registrar.clock.now()));
  const mail = codeMail(epoch.manifest, mailbox, code);
  // A refusal here would tell a stranger that others ask for codes at this mailbox.
  const { ok } = limiters.mailsPerMailbox.take(mailbox);
  if (!mails.offer(ok && refused === null ? mail : null)) throw mailQueueFull(registrar);
}

function reserveMail(registrar: Registrar, epoch: number, mail: string, requests: string): void {
  const outcome = registrar.reservations.hold(epoch, mail, requests);
  if (outcome === "held") return;
  if (outcome === "others") {
    throw new RegistrarError(
      "mail-reserved",
      "This mail is reserved here for other requests. Did you begin with another recovery phrase? Use that one, wait an hour, or use another mail.",
    );
  }
  registrar.attack.notice("mail-reservations");
  throw new RegistrarError("busy", "Very many mails are being reserved. Try again in some minutes.");
}

function mailQueueFull(registrar: Registrar): RegistrarError {
  registrar.logger.event("mail-queue-full", {});
  return new RegistrarError("busy", "Very many codes are being sent. Try again in a minute.");
}

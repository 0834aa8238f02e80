/**
 * Hands a letter over and logs it. By mail in steps of which each is durable before the next: `sending`, then `accepted` with the
 * server's words, then the leaf, then `logged`. A crash leaves one of them, and nothing is sent twice unless somebody says so.
 */
import type { BesideLetter } from "@undersigned/board";
import {
  type ActAnswer,
  type ActBody,
  acceptanceHash,
  type Delivery,
  encodeBase64url,
  type JsonValue,
  type MailState,
  randomBytes,
  verifyDelivery,
} from "@undersigned/core";
import type { Caller } from "../acts/act.ts";
import { answerAddress } from "../answers/answer-address.ts";
import type { Desk } from "../desk.ts";
import { DeskError } from "../errors.ts";
import { boardLetter, workforceInForce } from "../model/board-texts.ts";
import {
  type DeskDelivery,
  findDelivery,
  MAX_PROOFS,
  MAX_REPLY,
  putDelivery,
  type SentMail,
} from "../model/deliveries.ts";
import { requirePrepared } from "../model/prepared.ts";
import type { DeskReader } from "../storage/schema.ts";
import { composeDelivery } from "./delivery-mail.ts";
import { requireDeliverable } from "./prepare-delivery.ts";
import type { SendMail } from "./send-mail.ts";

type Body = ActBody<"delivery-make">;
export type MadeDelivery = ActAnswer<"delivery-make">;

/** Mails of this process that are on their way, by letter: who asks again meanwhile gets the same answer. */
export type Sendings = Map<string, { readonly sig: string; readonly done: Promise<MadeDelivery> }>;

/**
 * Throws `delivery-not-yet`, `delivery-unprepared`, `delivery-differs`, `not-your-key`, `signature-wrong`, `delivery-days`,
 * `delivery-running`, `delivery-uncertain`, `mail-not-set-up`, `mailbox-missing`, `mail-unreachable`, and what the board refuses.
 */
export async function makeDelivery(desk: Desk, caller: Caller, body: Body): Promise<MadeDelivery> {
  const { letter, workforce, how } = body;
  const of = await boardLetter(desk, desk.database.db, workforce, letter);
  requireDeliverable(of);
  await requireSigned(caller, of, body);
  if (how === "mail") return await byMail(desk, caller, of, body);
  const known = await requirePreparedAs(desk, desk.database.db, body);
  await log(desk, { ...fieldsOf(body), by: [{ organiser: caller.key, sig: body.sig }] }, null);
  return shown(known);
}

/** For the desk's start: what a server has taken and a crash has kept from the log. */
export async function logAccepted(desk: Desk, delivery: DeskDelivery): Promise<MadeDelivery> {
  const { mail } = delivery;
  if (mail.sent === null || mail.reply === null || mail.salt === null) return shown(delivery);
  await log(desk, mail.sent, acceptanceHash(mail.reply, mail.salt));
  return await setMail(desk, mail.sent.letter, (now) => ({ ...now, state: "logged" }));
}

async function byMail(desk: Desk, caller: Caller, of: BesideLetter, body: Body): Promise<MadeDelivery> {
  const { letter, sig } = body;
  const known = await requirePreparedAs(desk, desk.database.db, body);
  const running = desk.sendings.get(letter);
  if (running !== undefined) {
    if (running.sig === sig) return await running.done;
    throw new DeskError("delivery-running", "The mail is being sent just now: look again in a minute.");
  }
  if (known.mail.state === "logged" && isSame(known.mail.sent, body)) return shown(known);
  const going =
    known.mail.state === "accepted"
      ? logAccepted(desk, resigned(known, caller, body))
      : send(desk, caller, of, body);
  const done = going.finally(() => desk.sendings.delete(letter));
  desk.sendings.set(letter, { sig, done });
  return await done;
}

/** Who signed what a server has taken may be refused by now; whoever asks has signed the same. */
function resigned(known: DeskDelivery, caller: Caller, body: Body): DeskDelivery {
  const { mail } = known;
  if (mail.sent === null || mail.sent.delivered !== body.delivered) return known;
  return {
    ...known,
    mail: { ...mail, sent: { ...mail.sent, by: [{ organiser: caller.key, sig: body.sig }] } },
  };
}

async function send(desk: Desk, caller: Caller, of: BesideLetter, body: Body): Promise<MadeDelivery> {
  const { letter } = body;
  const { sendMail, mailFrom } = requireSender(desk);
  const mailbox = of.manifest.addressee.mailbox ?? "";
  if (mailbox === "") {
    throw new DeskError(
      "mailbox-missing",
      "The letter names no mailbox of its addressee: hand it over otherwise.",
    );
  }
  if (body.delivered !== desk.clock.day()) {
    throw new DeskError(
      "delivery-days",
      "A mail is handed over on the day on which it is sent: sign it with today's day.",
    );
  }
  const files = await requirePrepared(desk, desk.database.db, letter);
  const { manifest: workforce } = await workforceInForce(desk.database.db, of.workforce);
  const { nonce } = await requirePreparedAs(desk, desk.database.db, body);
  const address = answerAddress(desk, letter);
  const raw = await composeDelivery({
    manifest: of.manifest,
    employer: workforce.employer,
    count: of.row.counted_mailbox,
    link: `${workforce.board.url.replace(/\/$/, "")}/w/${of.workforce}/letters/${letter}`,
    workforce: of.workforce,
    document: body.document,
    bundle: body.bundle,
    files,
    answers: address === null ? null : { address, nonce },
    from: mailFrom,
    mailbox,
    day: body.delivered,
  });
  const before = await begin(desk, caller, body);
  const outcome = await sendMail({ to: mailbox, raw });
  if (outcome.kind === "unknown") {
    throw new DeskError(
      "delivery-uncertain",
      "The connection broke off while the mail was handed over: it may have arrived. Ask the addressee, or send it again.",
    );
  }
  if (outcome.kind === "unsent") {
    await setMail(desk, letter, () => before);
    throw new DeskError(
      "mail-unreachable",
      "The board's mail server cannot be reached, so nothing was sent: tell the operator, and try again.",
    );
  }
  const reply = asText(outcome.reply);
  if (outcome.kind === "refused") {
    return await setMail(desk, letter, (now) => ({ ...now, state: "refused", reply }));
  }
  await setMail(desk, letter, (now) => ({
    ...now,
    state: "accepted",
    reply,
    salt: encodeBase64url(randomBytes(32)),
  }));
  return await logAccepted(desk, (await findDelivery(desk, desk.database.db, letter))!);
}

/** Durable before a byte is sent. Gives the state of before. */
async function begin(desk: Desk, caller: Caller, body: Body): Promise<DeskDelivery["mail"]> {
  return await desk.database.transaction(async (trx) => {
    const known = await requirePreparedAs(desk, trx, body);
    const { state } = known.mail;
    if (state === "accepted" || (state === "sending" && !body.again)) {
      throw new DeskError(
        "delivery-uncertain",
        "An earlier try may have arrived. Ask the addressee; or say that it shall be sent again.",
      );
    }
    const sent: SentMail = { ...fieldsOf(body), by: [{ organiser: caller.key, sig: body.sig }] };
    await putDelivery(desk, trx, { ...known, mail: { state: "sending", reply: null, salt: null, sent } });
    return known.mail;
  });
}

async function setMail(
  desk: Desk,
  letter: string,
  change: (now: DeskDelivery["mail"]) => DeskDelivery["mail"],
): Promise<MadeDelivery> {
  return await desk.database.transaction(async (trx) => {
    const known = (await findDelivery(desk, trx, letter))!;
    const mail = change(known.mail);
    const proofs = mail.state === "logged" ? withProof(known.proofs, mail) : known.proofs;
    const next = { ...known, mail, proofs };
    await putDelivery(desk, trx, next);
    return shown(next);
  });
}

/** What opens the acceptance that the log commits to; kept for good. */
function withProof(proofs: DeskDelivery["proofs"], { sent, reply, salt }: DeskDelivery["mail"]) {
  if (sent === null || reply === null || salt === null || proofs.some((one) => one.salt === salt))
    return proofs;
  return [...proofs, { document: sent.document, delivered: sent.delivered, reply, salt }].slice(-MAX_PROOFS);
}

async function log(desk: Desk, sent: SentMail, acceptance: string | null): Promise<void> {
  const { document } = await requirePrepared(desk, desk.database.db, sent.letter);
  const pdf = encodeBase64url(document);
  const request = { type: "delivery-request", v: 1, ...sent, acceptance, pdf };
  await desk.board.logDelivery(sent.workforce, request as unknown as JsonValue);
}

async function requireSigned(
  caller: Caller,
  { manifest, workforce }: BesideLetter,
  body: Body,
): Promise<void> {
  if (!manifest.organisers.includes(caller.key)) {
    throw new DeskError("not-your-key", "Only owners whom the letter itself names can hand it over.");
  }
  const by = [{ organiser: caller.key, sig: body.sig }];
  if (body.workforce !== workforce || !(await verifyDelivery(fieldsOf(body), by))) {
    throw new DeskError("signature-wrong", "The signature is not yours over this delivery: sign again.");
  }
}

/** Throws `delivery-unprepared`, `delivery-differs`. */
async function requirePreparedAs(desk: Desk, db: DeskReader, body: Body): Promise<DeskDelivery> {
  const known = await findDelivery(desk, db, body.letter);
  if (known?.prepared == null) {
    throw new DeskError("delivery-unprepared", "Make the document first: nothing is ready for this letter.");
  }
  const { document, bundle, size, nonce } = known.prepared;
  const same =
    document === body.document &&
    (body.bundle === bundle || (body.bundle === null && body.how !== "mail")) &&
    size === body.size &&
    nonce === body.nonce;
  if (!same) {
    throw new DeskError(
      "delivery-differs",
      "The document was made anew meanwhile: look at it, and sign that one.",
    );
  }
  return known;
}

function requireSender({ mail }: Desk): { sendMail: SendMail; mailFrom: string } {
  if (mail !== null) return { sendMail: mail.send, mailFrom: mail.from };
  throw new DeskError(
    "mail-not-set-up",
    "This board sends no mail: hand the letter over by hand or by post.",
  );
}

function fieldsOf(body: Body): Delivery {
  const { workforce, letter, delivered, how, document, bundle, size, nonce } = body;
  return { workforce, letter, delivered, how, document, bundle, size, nonce };
}

function isSame(sent: SentMail | null, body: Body): boolean {
  return sent !== null && sent.document === body.document && sent.size === body.size;
}

export function shownState({ state }: DeskDelivery["mail"]): MailState {
  // Taken by the server; that it stands in the log is made good at the next try or start.
  return state === "accepted" ? "sending" : state;
}

function shown({ mail }: DeskDelivery): MadeDelivery {
  return { mail: shownState(mail), reply: mail.reply };
}

/** A server's words as one line of text: it may say anything. */
function asText(reply: string): string {
  const line = reply
    .replace(/[\p{C}\p{Z}]+/gu, " ")
    .trim()
    .normalize("NFC");
  return [...line].slice(0, MAX_REPLY).join("");
}

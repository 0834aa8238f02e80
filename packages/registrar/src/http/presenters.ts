/** The only way from a command's result to an answer. */
import {
  type Challenge,
  type Enrolment,
  type EnrolmentRequest,
  encodeBase64url,
  type Reservation,
  type ReservationRequest,
} from "@undersigned/core";
import { CODE_MINUTES } from "../codes.ts";
import type { SignedEnrolment } from "../commands/enrol.ts";
import { MAIL_MINUTES } from "../evidence/mail-reservations.ts";
import { isOpen, type Registrar, workforceOf } from "../registrar.ts";

export function presentReservation(registrar: Registrar, request: ReservationRequest): Reservation {
  return {
    type: "reservation",
    v: 1,
    registrar: registrar.identity.publicKey,
    requests: request.requests,
    minutes: request.evidence.kind === "mailbox-code" ? CODE_MINUTES : MAIL_MINUTES,
  };
}

export function presentEnrolment(
  registrar: Registrar,
  request: EnrolmentRequest,
  { slots, invitations, name }: SignedEnrolment,
): Enrolment {
  return {
    type: "enrolment",
    v: 1,
    registrar: registrar.identity.publicKey,
    epoch: request.epoch,
    class: request.class,
    slots: slots.map((signature, slot) => ({ slot, signature: encodeBase64url(signature) })),
    invitations: invitations.map((signature, number) => ({ number, signature: encodeBase64url(signature) })),
    name,
  };
}

export function presentChallenge(registrar: Registrar, challenge: string): Challenge {
  return { type: "challenge", v: 1, registrar: registrar.identity.publicKey, challenge };
}

/** Who this is, and the epoch in which people can enrol today; null where there is none. */
export function presentRegistrar(registrar: Registrar) {
  const day = registrar.clock.day();
  const open = [...registrar.epochs.values()]
    .filter((epoch) => epoch.secrets !== null && isOpen(epoch, day))
    .map((epoch) => epoch.number);
  return {
    type: "registrar",
    v: 1,
    identity: registrar.identity.publicKey,
    workforce: workforceOf(registrar),
    epoch: open.length === 0 ? null : Math.max(...open),
  };
}

/** Where the handing over of a letter stands, which ways are open to it, and what is signed. */
import {
  type ActBody,
  addDays,
  type Day,
  type DeliveryWay,
  isDay,
  type PreparedDelivery,
  type Signer,
  signDelivery,
} from "@undersigned/core";
import { say } from "../../../../say.ts";
import type { Delivery } from "../words.ts";

/**
 * `waits`: something else comes first. `prepare`: there is no document yet. `uncertain`: a mail may have arrived; the document
 * stays as it is. `ready`: it can be handed over.
 */
export type Step = "waits" | "prepare" | "uncertain" | "ready";

export function stepOf({ missing, prepared, mail }: Pick<Delivery, "missing" | "prepared" | "mail">): Step {
  if (missing !== null) return "waits";
  if (prepared === null) return "prepare";
  return mail === "sending" ? "uncertain" : "ready";
}

interface MailFacts extends Pick<Delivery, "mailbox" | "canMail" | "mail" | "prepared"> {
  readonly made: readonly Delivery["made"][number][];
}

/** Why it cannot go by mail; null if it can. */
export function noMailWords({ mailbox, canMail, mail, made, prepared }: MailFacts): string | null {
  if (mailbox === null) return say("desk-after.the-letter-names-no-mailbox");
  if (!canMail) return say("desk-after.this-board-is-not-set");
  // The board answers the same again, and sends nothing.
  const gone = made.some(({ how, document }) => how === "mail" && document === prepared?.document);
  return mail === "logged" && gone ? say("desk-after.this-very-document-has-gone") : null;
}

export interface Span {
  readonly first: Day;
  readonly last: Day;
}

/** Days on which it can have been handed over: after the letter's last day, and not to come. Null where there is none yet. */
export function deliverySpan(closes: Day, today: Day): Span | null {
  const first = addDays(closes, 1);
  return first <= today ? { first, last: today } : null;
}

/** What of the day does not fit; null if all does. A mail bears the day on which it goes. */
export function dayProblem(how: DeliveryWay, day: string, span: Span): "missing" | "outside" | null {
  if (how === "mail") return null;
  if (!isDay(day)) return "missing";
  return day < span.first || day > span.last ? "outside" : null;
}

export interface HandOver {
  readonly workforce: string;
  readonly letter: string;
  readonly how: DeliveryWay;
  readonly delivered: Day;
  /** By hand or by post: whether the bundle went along. By mail it is attached if it was made. */
  readonly withBundle: boolean;
  /** Send although an earlier try may have arrived. */
  readonly again: boolean;
}

export function deliveryBody(
  of: HandOver,
  prepared: PreparedDelivery,
  signer: Signer,
): ActBody<"delivery-make"> {
  const { workforce, letter, how, delivered, withBundle, again } = of;
  const { document, size, nonce } = prepared;
  const bundle = how === "mail" || withBundle ? prepared.bundle : null;
  const delivery = { workforce, letter, delivered, how, document, bundle, size, nonce };
  return { ...delivery, sig: signDelivery(delivery, signer).sig, again };
}

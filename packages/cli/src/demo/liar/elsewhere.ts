/** What a dishonest registrar sends to the honest ones, in whoever's name. It looks like any client's requests. */
import { randomBytes } from "node:crypto";
import { ClientError, get, post, type Registrar, solveWork } from "@undersigned/client";
import {
  type BlindedSlots,
  blindRequest,
  challenge,
  type Enrolment,
  encodeBase64url,
  enrolment,
  type JsonValue,
  type Reservation,
  RSA_MODULUS_BYTES,
  requestsHash,
  reservation,
  type Secrets,
  type Shape,
  type TokenKey,
} from "@undersigned/core";
import { hear, type Told } from "./told.ts";

/** Requests to one registrar. */
export type Requests = { readonly slots: BlindedSlots; readonly hash: string };

const SENDING = { fetch, attempts: 2, timeoutMs: 10_000 };

/**
 * `keys` are the registrar's, by slot. Only the one of `slot` is blinded truly, and with null none: the others are random
 * numbers, and a registrar signs one like the other.
 */
export function requestsFor(
  keys: readonly TokenKey[],
  truly: { readonly secrets: Secrets; readonly slot: number } | null,
): Requests {
  const slots = keys.map((key) => {
    if (key.slot === truly?.slot)
      return { slot: key.slot, blinded: encodeBase64url(blindRequest(truly.secrets, key)) };
    const number = randomBytes(RSA_MODULUS_BYTES);
    // Below every modulus of this size.
    number[0] = 0;
    return { slot: key.slot, blinded: encodeBase64url(number) };
  });
  return { slots, hash: hashOf(keys, slots) };
}

/** Requests that were made for other keys, each brought below the modulus of its slot here: it would be refused unseen. */
export function fitted(keys: readonly TokenKey[], slots: BlindedSlots): BlindedSlots {
  return keys.map(({ slot, rsa }) => {
    const theirs = slots.find((one) => one.slot === slot)?.blinded;
    if (theirs === undefined) throw new Error("A slot's request is missing.");
    const number = BigInt(`0x${Buffer.from(theirs, "base64url").toString("hex")}`) % rsa.n;
    const hex = number.toString(16).padStart(2 * RSA_MODULUS_BYTES, "0");
    return { slot, blinded: encodeBase64url(Buffer.from(hex, "hex")) };
  });
}

/** What the registrar of `keys` takes the hash of these slots for. */
function hashOf(keys: readonly TokenKey[], slots: BlindedSlots): string {
  const { workforce, epoch, registrar } = keys[0] as TokenKey;
  return requestsHash({ workforce, epoch, class: "mailbox", registrar, slots, invitations: [] });
}

/** What both kinds of requests begin with. */
function about(keys: readonly TokenKey[]) {
  const { workforce, epoch } = keys[0] as TokenKey;
  return { v: 1, workforce, epoch, class: "mailbox" };
}

/** Has the registrar mail a code. */
export function reserveAt(
  registrar: Registrar,
  keys: readonly TokenKey[],
  mailbox: string,
  requests: string,
): Promise<Told<Reservation>> {
  const evidence = { kind: "mailbox-code", mailbox };
  const body = { type: "reservation-request", ...about(keys), evidence, requests };
  return hear(() => send(registrar, "v1/reservations", body, reservation));
}

/** Asks for the registrar's signatures. */
export function enrolAt(
  registrar: Registrar,
  keys: readonly TokenKey[],
  mailbox: string,
  code: string,
  slots: BlindedSlots,
): Promise<Told<Enrolment>> {
  const evidence = { kind: "mailbox-code", mailbox, code };
  const body = {
    type: "enrolment-request",
    ...about(keys),
    evidence,
    slots: slots as unknown as JsonValue,
    invitations: [],
    name: null,
  };
  return hear(() => send(registrar, "v1/enrolments", body, enrolment));
}

/** A registrar under attack wants work before it looks at a request; who attacks does it. */
async function send<T>(
  registrar: Registrar,
  path: string,
  body: { readonly [field: string]: JsonValue },
  shape: Shape<T>,
): Promise<T> {
  try {
    return await post(registrar.url, path, { ...body, work: null }, shape, SENDING);
  } catch (error) {
    if (!(error instanceof ClientError) || error.remote !== "work-needed") throw error;
  }
  const asked = await get(registrar.url, "v1/challenge", challenge, SENDING);
  const work = await solveWork(asked.challenge);
  return post(registrar.url, path, { ...body, work }, shape, SENDING);
}

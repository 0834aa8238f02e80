/**
 * Many people at once. Their requests are made by hand where a client's arithmetic would only take time: of 16 slots
 * those that are going to be used are blinded truly, and the others hold random numbers, which a registrar cannot tell
 * apart from blinded ones.
 */
import { createHmac } from "node:crypto";
import { prepareEndorsement } from "@undersigned/client";
import {
  type Appearance,
  type BlindedSlots,
  blindRequest,
  bytesToBigInt,
  decodeBase64url,
  domainMessage,
  type EndorsementRequest,
  type Enrolment,
  type EnrolmentTokens,
  encodeBase64url,
  encodeCanonical,
  type JsonValue,
  type Receipt,
  requestsHash,
  Secrets,
  unblind,
} from "@undersigned/core";
import type { WorkforceView } from "@undersigned/verify";
import type { SeededRandom } from "../seeded-random.ts";
import type { EpochSecrets } from "./mint-tokens.ts";
import { mintTokens } from "./mint-tokens.ts";
import type { World } from "./world.ts";

export type Person = { readonly mailbox: string; readonly phrase: string; readonly secrets: Secrets };

export function makePeople(random: SeededRandom, count: number): Person[] {
  return Array.from({ length: count }, () => {
    const phrase = random.phrase();
    return { mailbox: `${random.letters(12)}@example.com`, phrase, secrets: new Secrets(phrase) };
  });
}

/** Blinded truly for the first `real` slots. */
export function blindedSlots(
  random: SeededRandom,
  person: Person,
  epoch: EpochSecrets,
  real: number,
): BlindedSlots {
  return epoch.slots.map(({ key }, slot) => {
    // A number below 2^2040 is in the range of every 2048-bit modulus.
    const bytes = Buffer.concat([Buffer.alloc(1), random.bytes(255)]);
    return { slot, blinded: encodeBase64url(slot < real ? blindRequest(person.secrets, key) : bytes) };
  });
}

/** The code that the registrar would mail at this moment (registrar, codes.ts). */
export function codeFor(epoch: EpochSecrets, mailbox: string, requests: string, time: number): string {
  const window = Math.floor(time / 300_000);
  const message = domainMessage("code", encodeCanonical({ mailbox, requests, window }));
  const mac = createHmac("sha256", epoch.code).update(message).digest();
  return String(bytesToBigInt(mac.subarray(0, 16)) % 100_000_000n).padStart(8, "0");
}

/** Enrols and returns the registrar's answer. Throws if it refuses. */
export async function enrolDirectly(
  world: World,
  epoch: EpochSecrets,
  person: Person,
  slots: BlindedSlots,
  at = world.registrar,
): Promise<Enrolment> {
  const { workforce, registrar } = epoch.statement;
  const requests = requestsHash({ workforce, epoch: 1, class: "mailbox", registrar, slots, invitations: [] });
  const code = codeFor(epoch, person.mailbox, requests, world.clock.time);
  return (await post(`${at.url}/v1/enrolments`, {
    type: "enrolment-request",
    v: 1,
    workforce,
    epoch: 1,
    class: "mailbox",
    evidence: { kind: "mailbox-code", mailbox: person.mailbox, code },
    slots,
    invitations: [],
    name: null,
    work: null,
  })) as unknown as Enrolment;
}

/** The tokens of the first `real` slots. */
export function tokensFrom(
  epoch: EpochSecrets,
  person: Person,
  answer: Enrolment,
  real: number,
): EnrolmentTokens {
  const { workforce } = epoch.statement;
  const tokens = answer.slots.slice(0, real).map(({ slot, signature }) => ({
    slot,
    ...unblind(person.secrets, epoch.slots[slot]!.key, decodeBase64url(signature, 256)),
  }));
  return { type: "tokens", v: 1, workforce, epoch: 1, class: "mailbox", tokens, invitations: [], names: [] };
}

export const ANONYMOUS: Appearance = { kind: "anonymous" };

/** An endorsement with tokens that were made directly, with the keys of one registrar or of as many as are given. */
export function mintEndorsement(
  view: WorkforceView,
  epoch: EpochSecrets | readonly EpochSecrets[],
  person: Person,
  letter: string,
  appearance: Appearance = ANONYMOUS,
): Promise<EndorsementRequest> {
  const slot = view.letters.get(letter)!.leaf.slot;
  const minted = [epoch].flat().map((one) => mintTokens(one, person.secrets, [slot]));
  const tokens = { ...minted[0]!, tokens: minted.flatMap((one) => one.tokens) };
  return prepareEndorsement({
    view,
    secrets: person.secrets,
    letter,
    tokens,
    appearance,
    remainder: "release",
  });
}

export async function postEndorsement(world: World, request: EndorsementRequest): Promise<Receipt> {
  return (await post(`${world.files}v1/endorsements`, request as unknown as JsonValue)) as unknown as Receipt;
}

/** POSTs and reads the answer. Throws with the answer's code if it is no 200. */
export async function post(url: string, body: JsonValue): Promise<JsonValue> {
  const answer = await postRaw(url, body);
  if (answer.status !== 200) throw new Error(`refused: ${answer.text}`);
  return JSON.parse(answer.text) as JsonValue;
}

export async function postRaw(
  url: string,
  body: JsonValue,
): Promise<{ status: number; text: string; headers: Headers }> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: encodeCanonical(body) as Uint8Array<ArrayBuffer>,
  });
  return { status: response.status, text: await response.text(), headers: response.headers };
}

/** The code of an error's answer. */
export function errorCode(text: string): string {
  return (JSON.parse(text) as { code: string }).code;
}

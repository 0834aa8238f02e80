/**
 * The registrar's side: sends one blinded element, checks the answer's proof under the pinned key, and unblinds. The
 * second party, and whoever sits between, may answer with anything, slowly, without end, or not at all.
 */
import {
  CoreError,
  decodeBase64url,
  encodeBase64url,
  encodeCanonical,
  type JsonValue,
  parseCanonical,
  type Signer,
  signObject,
} from "@undersigned/core";
import { RegistrarError } from "../errors.ts";
import { type EvaluationRequest, evaluation } from "./formats.ts";
import { blindInput, ELEMENT_BYTES, finishInputs, PROOF_BYTES, requireElement } from "./voprf.ts";

/** What the epoch's keys were made with: where the second party is, and the only key (base64url) it is believed under. */
export type SecondPartyPin = { readonly url: string; readonly publicKey: string };

const TIMEOUT_MS = 5_000;
const MAX_ANSWER_BYTES = 1_024;

/** No answer that could be looked at. `limited`: it was refused for asking too much. */
export class SecondPartyDown extends RegistrarError {
  readonly limited: boolean;

  constructor(limited: boolean) {
    super(
      "second-party-down",
      "The registrar cannot finish this enrolment now. Nothing was stored: send the same again in a few minutes.",
    );
    this.limited = limited;
  }
}

/**
 * The function's output for `input`, 64 bytes: the same each time. Throws SecondPartyDown, and RegistrarError
 * `second-party-wrong` for an answer that is malformed or is not by the pinned key. `timeoutMs` is for tests.
 */
export async function askSecondParty(
  pin: SecondPartyPin,
  of: { readonly workforce: string; readonly epoch: number; readonly identity: Signer },
  input: Uint8Array,
  timeoutMs = TIMEOUT_MS,
): Promise<Uint8Array> {
  const { workforce, epoch, identity } = of;
  const { blind, element } = blindInput(input);
  const request = signObject(
    {
      type: "evaluation-request" as const,
      v: 1 as const,
      workforce,
      epoch,
      registrar: identity.publicKey,
      element: encodeBase64url(element),
    },
    identity,
  );
  const answer = await post(pin.url, request, timeoutMs);
  try {
    const found = evaluation.check(parseCanonical(answer, MAX_ANSWER_BYTES), "");
    if (found.epoch !== epoch) throw wrong();
    const evaluated = decodeBase64url(found.element, ELEMENT_BYTES);
    const proof = decodeBase64url(found.proof, PROOF_BYTES);
    const key = decodeBase64url(pin.publicKey, ELEMENT_BYTES);
    return finishInputs([{ input, blind, element, evaluated }], key, proof)[0]!;
  } catch (error) {
    if (error instanceof CoreError || error instanceof RegistrarError) throw wrong();
    throw error;
  } finally {
    blind.fill(0);
  }
}

/** Throws `bad-element` for no public key, and `bad-address` unless the address is https, or http to this machine. */
export function requirePin(pin: SecondPartyPin): void {
  requireElement(decodeBase64url(pin.publicKey, ELEMENT_BYTES));
  evaluationsUrl(pin.url);
}

function evaluationsUrl(address: string): URL {
  const url = URL.parse(`${address.replace(/\/$/, "")}/v1/evaluations`);
  const isLocal = url !== null && ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
  const isSafe = url?.protocol === "https:" || (url?.protocol === "http:" && isLocal);
  const isBare = url !== null && url.username === "" && url.password === "" && !/[?#]/.test(address);
  if (url === null || !isSafe || !isBare) {
    throw new RegistrarError(
      "bad-address",
      "Give the second party's address as https://…, without user name, query or fragment.",
    );
  }
  return url;
}

async function post(address: string, request: EvaluationRequest, timeoutMs: number): Promise<Uint8Array> {
  let limited = false;
  try {
    const response = await fetch(evaluationsUrl(address), {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json" },
      body: new Uint8Array(encodeCanonical(request as unknown as JsonValue)),
      redirect: "error",
      // Holds for the body too.
      signal: AbortSignal.timeout(timeoutMs),
    });
    limited = response.status === 429;
    if (response.ok && response.body !== null) return await readBounded(response.body);
    await response.body?.cancel();
  } catch {
    // Falls through: errors of the network name addresses.
  }
  throw new SecondPartyDown(limited);
}

async function readBounded(body: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of body) {
    length += part.length;
    if (length > MAX_ANSWER_BYTES) throw new RangeError("the answer is longer than an evaluation");
    parts.push(part);
  }
  return new Uint8Array(Buffer.concat(parts));
}

function wrong(): RegistrarError {
  return new RegistrarError(
    "second-party-wrong",
    "The second party's answer is not by the key that it was given with: compare the key with its operator.",
  );
}

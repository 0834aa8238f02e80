/**
 * What the desk's page and the board say to each other around an act (decision 21). There is no cookie and no bearer token: a
 * request counts by the signature of a key that lives in the page's memory, and by a counter that only rises.
 */
import type { JsonObject } from "../../canonical-json.ts";
import { CoreError } from "../../errors.ts";
import { hash32, publicKey, signature64, version1 } from "../common.ts";
import { shownText } from "../opening.ts";
import {
  bytes,
  bytesUpTo,
  day,
  type Infer,
  integer,
  literal,
  nullable,
  object,
  oneOf,
  type Shape,
} from "../shape.ts";
import { DESK_ACTS, type DeskActName, organiserRole } from "./roles.ts";

/** Any object; the act's own shape checks it. A server's description has no closed schema for it. */
export const anyObject: Shape<JsonObject> = {
  check(value, path) {
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
    throw new CoreError("bad-field", `${path} must be an object.`);
  },
  schema: { description: "An object: its shape is the act's." },
};

/** A name that organisers choose for each other. */
export const organiserAlias = shownText(40);
/** Of an organiser, an invitation, a document, a passkey: random, and without meaning. */
export const deskId = bytes(16);
/** Random and time-bound, authenticated by the board: `challenge` answers it. */
export const deskChallenge = bytesUpTo(64);

const entry = { v: version1, session: publicKey, challenge: deskChallenge };
/** `sig` by `key` over M("desk-sign-in", {board, challenge, session}): see `signInMessage`. */
const byKey = { ...entry, key: publicKey, sig: signature64 };

export const challengeRequest = object({ type: literal("desk-challenge-request"), v: version1 });
export const challengeAnswer = object({
  type: literal("desk-challenge"),
  v: version1,
  board: publicKey,
  challenge: deskChallenge,
  /** Whether somebody has set up this desk. */
  ready: oneOf("yes", "no"),
});

/** The first owner; `token` is the set-up link's. */
export const setUpRequest = object({
  type: literal("desk-set-up"),
  ...byKey,
  token: hash32,
  alias: organiserAlias,
});
export const joinRequest = object({
  type: literal("desk-join"),
  ...byKey,
  invitation: hash32,
  alias: organiserAlias,
});
export const signInRequest = object({ type: literal("desk-sign-in"), ...byKey });
/** `assertion`: PublicKeyCredential as JSON (WebAuthn level 3), over the challenge H("desk-passkey", {board, challenge, session}). */
export const passkeySignInRequest = object({
  type: literal("desk-passkey-sign-in"),
  ...entry,
  assertion: anyObject,
});

export const deskMember = object({ id: deskId, alias: organiserAlias, role: organiserRole, since: day });
export const sessionAnswer = object({
  type: literal("desk-session"),
  v: version1,
  me: deskMember,
  board: publicKey,
  /** The last counter that the board has seen in this session. */
  counter: integer(),
  /** The session ends with this UTC day. */
  until: day,
  /** Seals what the page keeps of unsaved text on the device; the same for an organiser at each sign-in. */
  storeKey: hash32,
});

/** Most bytes of a request with a captured copy in base64url, and of an answer with one. */
export const MAX_DESK_BYTES = 12_000_000;
/** Most bytes of any other request: a document's fields. */
export const MAX_ACT_BYTES = 3_000_000;

/** Where an act is posted: what is large has an address of its own, so that a crowd of large bodies stops nothing else. */
export function deskAddressOf(act: DeskActName): "acts" | "copies" {
  return act === "copy-add" || act === "dealings-change" ? "copies" : "acts";
}

export const deskRequest = object({
  type: literal("desk-request"),
  v: version1,
  session: publicKey,
  counter: integer(1),
  act: oneOf(...DESK_ACTS),
  body: anyObject,
  /** By the organiser key over M("desk-act", {act, board, body: hash, counter, session}), for acts that need it. */
  key: nullable(signature64),
  /** By the session key over M("desk-request", all but `sig`). */
  sig: signature64,
});

export const deskAnswer = object({
  type: literal("desk-answer"),
  v: version1,
  act: oneOf(...DESK_ACTS),
  body: anyObject,
});

export type ChallengeAnswer = Infer<typeof challengeAnswer>;
export type SetUpRequest = Infer<typeof setUpRequest>;
export type JoinRequest = Infer<typeof joinRequest>;
export type SignInRequest = Infer<typeof signInRequest>;
export type PasskeySignInRequest = Infer<typeof passkeySignInRequest>;
export type DeskMe = Infer<typeof deskMember>;
export type DeskSession = Infer<typeof sessionAnswer>;
export type DeskRequest = Infer<typeof deskRequest>;
export type DeskAnswer = Infer<typeof deskAnswer>;

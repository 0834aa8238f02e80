/**
 * The desk's addresses (PROTOCOL §9). Everything is a POST of canonical JSON by a page of this board or by a program; what
 * another site's page sends is refused before it is read. No cookie and no header carries authority.
 */
import {
  challengeAnswer,
  challengeRequest,
  deskAddressOf,
  deskAnswer,
  deskRequest,
  type JsonValue,
  joinRequest,
  MAX_ACT_BYTES,
  MAX_DESK_BYTES,
  passkeySignInRequest,
  type Shape,
  sessionAnswer,
  setUpRequest,
  signInRequest,
} from "@undersigned/core";
import { type HttpServer, type Limiter, ServiceError, type TSchema, Type } from "@undersigned/service";
import { acceptAct } from "../accept-act.ts";
import type { Desk } from "../desk.ts";
import { DeskError } from "../errors.ts";
import { makeChallenge } from "../ways-in/challenge.ts";
import { join, setUp, signIn } from "../ways-in/enter-desk.ts";
import { signInByPasskey } from "../ways-in/passkey-sign-in.ts";
import { isSetUp } from "../ways-in/set-up-token.ts";

/** An assertion is some kilobytes. */
const MAX_WAY_IN_BYTES = 16 * 1024;

/**
 * A body is read before anybody knows whose it is. So many of them are in memory at once, some 170 MB at most; who fills these
 * places keeps organisers waiting, and signatories not.
 */
const ACTS_AT_ONCE = 40;
const COPIES_AT_ONCE = 4;

/** Limits by network; null for none. */
export interface DeskLimits {
  /** Ways in: so that guessing is slow, and the work of a signature check cannot be asked for without end. */
  readonly waysIn: Limiter | null;
  readonly acts: Limiter | null;
}

export function addDeskRoutes(server: HttpServer, desk: Desk, limits: DeskLimits): void {
  const post = (
    name: string,
    summary: string,
    shapes: { body: Shape<unknown>; response: Shape<unknown>; maxBodyBytes?: number; atOnce?: number },
    limiter: Limiter | null,
    command: (desk: Desk, body: JsonValue, origin: string) => Promise<unknown>,
  ) =>
    server.post(
      `/desk/v1/${name}`,
      {
        summary,
        body: schemaOf(shapes.body),
        handlerChecksBody: true,
        response: schemaOf(shapes.response),
        maxBodyBytes: shapes.maxBodyBytes ?? MAX_WAY_IN_BYTES,
        sameOrigin: true,
        ...(shapes.atOnce !== undefined && { atOnce: shapes.atOnce }),
      },
      async ({ body, client, origin }) => {
        requireRoom(limiter, client);
        return (await command(desk, body as JsonValue, origin)) as JsonValue;
      },
    );
  const session = (body: Shape<unknown>) => ({ body, response: sessionAnswer });

  post(
    "challenge",
    "Gives a challenge for a way in, good for five minutes.",
    { body: challengeRequest, response: challengeAnswer },
    limits.waysIn,
    challenge,
  );
  post(
    "set-up",
    "Makes the first owner, with the token of the set-up link.",
    session(setUpRequest),
    limits.waysIn,
    setUp,
  );
  post("join", "Makes an organiser of whoever was invited.", session(joinRequest), limits.waysIn, join);
  post("sign-in", "Opens a session for an organiser's key.", session(signInRequest), limits.waysIn, signIn);
  post(
    "passkey",
    "Opens a session for an organiser's passkey.",
    session(passkeySignInRequest),
    limits.waysIn,
    signInByPasskey,
  );
  post(
    "acts",
    "One act of a signed-in organiser.",
    { body: deskRequest, response: deskAnswer, maxBodyBytes: MAX_ACT_BYTES, atOnce: ACTS_AT_ONCE },
    limits.acts,
    actAt("acts"),
  );
  post(
    "copies",
    "Adds a captured copy: an act like the others, with a larger body.",
    { body: deskRequest, response: deskAnswer, maxBodyBytes: MAX_DESK_BYTES, atOnce: COPIES_AT_ONCE },
    limits.acts,
    actAt("copies"),
  );
}

function actAt(address: "acts" | "copies") {
  return async (desk: Desk, body: JsonValue, origin: string) => {
    const { act } = deskRequest.check(body, "");
    if (deskAddressOf(act) !== address) {
      throw new DeskError("act-unknown", "This act has another address: load the page anew.");
    }
    return acceptAct(desk, body, origin);
  };
}

async function challenge(desk: Desk, body: JsonValue): Promise<unknown> {
  challengeRequest.check(body, "");
  const ready = (await isSetUp(desk.database.db)) ? "yes" : "no";
  return { type: "desk-challenge", v: 1, board: desk.boardKey, challenge: makeChallenge(desk), ready };
}

function requireRoom(limiter: Limiter | null, client: string): void {
  const taken = limiter?.take(client);
  if (taken === undefined || taken.ok) return;
  const { retryAfterSeconds } = taken;
  throw new ServiceError("too-many-requests", "Too much comes from your network: try again later.", {
    retryAfterSeconds,
  });
}

function schemaOf(shape: Shape<unknown>): TSchema {
  return Type.Unsafe(shape.schema as Record<string, unknown>);
}

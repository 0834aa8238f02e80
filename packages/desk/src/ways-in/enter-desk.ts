/**
 * The ways in by an organiser key: the set-up link, an invitation, the phrase alone. Each binds one session key to one
 * challenge of this board by the organiser key's signature, so who copies it has nothing. Whoever is in already is signed
 * in by any of them, and uses nothing up: an answer that was lost can be asked for again.
 */
import {
  type DeskSession,
  encodeBase64url,
  type JoinRequest,
  type JsonValue,
  joinRequest,
  type Role,
  randomBytes,
  type SetUpRequest,
  type SignInRequest,
  setUpRequest,
  signInRequest,
  verifySignIn,
} from "@undersigned/core";
import type { Desk } from "../desk.ts";
import { DeskError } from "../errors.ts";
import { enter } from "../model/entries.ts";
import { takeInvitation } from "../model/invitations.ts";
import { addOrganiser, type Organiser, readOrganisers } from "../model/organisers.ts";
import { forgetRemoved } from "../model/removed-keys.ts";
import { openSession } from "../model/sessions.ts";
import type { DeskTrx } from "../storage/schema.ts";
import { requireChallenge } from "./challenge.ts";
import { takeSetUpToken } from "./set-up-token.ts";

/** The first owner. Throws `set-up-over` besides what every way in throws. */
export function setUp(desk: Desk, body: JsonValue): Promise<DeskSession> {
  const request = setUpRequest.check(body, "");
  return comeIn(desk, request, async (trx) => {
    await takeSetUpToken(trx, request.token);
    return await welcome(desk, trx, request, "owner", "set-up");
  });
}

/** By an invitation. Throws `invitation-over`, `alias-taken`. */
export function join(desk: Desk, body: JsonValue): Promise<DeskSession> {
  const request = joinRequest.check(body, "");
  return comeIn(desk, request, async (trx) => {
    const { role, by } = await takeInvitation(desk, trx, request.invitation);
    return await welcome(desk, trx, request, role, "join", by);
  });
}

/** Throws `sign-in-refused` for a key that is not an organiser's. */
export function signIn(desk: Desk, body: JsonValue): Promise<DeskSession> {
  return comeIn(desk, signInRequest.check(body, ""), async () => {
    throw refused();
  });
}

async function comeIn(
  desk: Desk,
  request: SetUpRequest | JoinRequest | SignInRequest,
  newcomer: (trx: DeskTrx) => Promise<Organiser>,
): Promise<DeskSession> {
  const { challenge, session, key, sig } = request;
  requireChallenge(desk, challenge);
  if (!(await verifySignIn({ board: desk.boardKey, challenge, session }, key, sig))) throw refused();
  return await desk.database.transaction(async (trx) => {
    const known = (await readOrganisers(desk, trx)).find((organiser) => organiser.key === key);
    return await openSession(desk, trx, known ?? (await newcomer(trx)), session);
  });
}

async function welcome(
  desk: Desk,
  trx: DeskTrx,
  { alias, key }: { readonly alias: string; readonly key: string },
  role: Role,
  act: string,
  about = "",
): Promise<Organiser> {
  const id = encodeBase64url(randomBytes(16));
  const organiser = { id, alias, role, key, since: desk.clock.day() };
  await addOrganiser(desk, trx, organiser);
  await forgetRemoved(desk, trx, key);
  await enter(desk, trx, { alias, act, about });
  return organiser;
}

function refused(): DeskError {
  return new DeskError(
    "sign-in-refused",
    "Nobody at this desk has this phrase or passkey. Check the words; a removed organiser needs a new invitation.",
  );
}

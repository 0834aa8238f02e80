/**
 * The way in by a passkey (Web Authentication Level 3, §7.2). The challenge that the authenticator signs is a hash over the
 * board, our challenge and the session key, so an assertion opens one session and no other. A passkey of a removed organiser
 * is gone with its organiser.
 */
import { type AuthenticationResponseJSON, verifyAuthenticationResponse } from "@simplewebauthn/server";
import { type DeskSession, type JsonValue, passkeyChallenge, passkeySignInRequest } from "@undersigned/core";
import type { Desk } from "../desk.ts";
import { DeskError } from "../errors.ts";
import { requireOrganiser } from "../model/organisers.ts";
import { changePasskey, findPasskey, type Passkey } from "../model/passkeys.ts";
import { isOpen, openSession } from "../model/sessions.ts";
import { requireChallenge } from "./challenge.ts";
import { relyingParty } from "./relying-party.ts";

/** Throws `challenge-over`, `sign-in-refused`. */
export async function signInByPasskey(desk: Desk, body: JsonValue): Promise<DeskSession> {
  const { challenge, session, assertion } = passkeySignInRequest.check(body, "");
  requireChallenge(desk, challenge);
  const { id } = assertion;
  if (typeof id !== "string" || id.length > 1400) throw refused();
  const passkey = await findPasskey(desk, desk.database.db, id);
  if (passkey === null) throw refused();
  const expected = passkeyChallenge({ board: desk.boardKey, challenge, session });
  const counter = await counterOf(assertion as unknown as AuthenticationResponseJSON, passkey, expected);
  return await desk.database.transaction(async (trx) => {
    const kept = await findPasskey(desk, trx, id);
    if (kept === null) throw refused();
    const organiser = await requireOrganiser(desk, trx, kept.organiser);
    // One that has not risen means a copy of the authenticator, or an assertion that comes twice; but the same sign-in may
    // come again when its answer was lost. Many authenticators never count.
    const stands = counter <= kept.counter && (counter > 0 || kept.counter > 0);
    if (stands && !(await isOpen(desk, trx, session))) throw refused();
    if (counter > kept.counter) await changePasskey(desk, trx, { ...kept, counter });
    return await openSession(desk, trx, organiser, session);
  });
}

/** The authenticator's counter. Throws `sign-in-refused` for whatever the library refuses; its words may quote the request. */
async function counterOf(
  response: AuthenticationResponseJSON,
  passkey: Passkey,
  expectedChallenge: string,
): Promise<number> {
  try {
    const { origin, id } = relyingParty(passkey.origin);
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response,
      expectedChallenge,
      expectedOrigin: origin,
      expectedRPID: id,
      requireUserVerification: true,
      credential: {
        id: passkey.credential,
        publicKey: new Uint8Array(Buffer.from(passkey.publicKey, "base64url")),
        // Ours is compared in the transaction.
        counter: 0,
      },
    });
    if (verified) return authenticationInfo.newCounter;
  } catch {
    // Refused all the same.
  }
  throw refused();
}

function refused(): DeskError {
  return new DeskError(
    "sign-in-refused",
    "This passkey is not known here, or its owner was not verified: sign in with your phrase.",
  );
}

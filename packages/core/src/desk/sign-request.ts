/** Signatures of the organisers' desk (decision 21), the same in the page and at the board. */
import { encodeBase64url } from "../bytes.ts";
import { encodeCanonical, type JsonObject } from "../canonical-json.ts";
import type { DeskRequest } from "../formats/desk/envelope.ts";
import type { DeskActName } from "../formats/desk/roles.ts";
import { domainHash } from "../hash.ts";
import { type Signer, signDetached, signObject, verifyDetached } from "../signed.ts";

/** What binds a way in to one session key: whoever overhears it has no use for it. All base64url. */
export interface SignIn {
  readonly board: string;
  readonly challenge: string;
  readonly session: string;
}

const signInObject = ({ board, challenge, session }: SignIn): JsonObject => ({ board, challenge, session });

/** By the organiser key; 64 bytes, base64url. */
export function signSignIn(at: SignIn, organiser: Signer): string {
  return signDetached("desk-sign-in", signInObject(at), organiser);
}

export function verifySignIn(at: SignIn, key: string, sig: string): Promise<boolean> {
  return verifyDetached("desk-sign-in", signInObject(at), key, sig);
}

/** The WebAuthn challenge of a sign-in, 32 bytes as base64url: so an assertion serves one session key only. */
export function passkeyChallenge(at: SignIn): string {
  return encodeBase64url(domainHash("desk-passkey", encodeCanonical(signInObject(at))));
}

export interface ActOfSession {
  readonly board: string;
  readonly session: string;
  readonly counter: number;
  readonly act: DeskActName;
  readonly body: JsonObject;
}

/** What the organiser key signs for an act that needs it. */
function actObject({ board, session, counter, act, body }: ActOfSession): JsonObject {
  return {
    act,
    board,
    body: encodeBase64url(domainHash("desk-body", encodeCanonical(body))),
    counter,
    session,
  };
}

/** The request, signed by the session key and, where given, the organiser key. */
export function makeDeskRequest(of: ActOfSession, session: Signer, organiser: Signer | null): DeskRequest {
  const { counter, act, body } = of;
  const key = organiser === null ? null : signDetached("desk-act", actObject(of), organiser);
  return signObject({ type: "desk-request", v: 1, session: of.session, counter, act, body, key }, session);
}

/** Whether `request.key` is `organiser`'s signature for this act at this board. False where there is none. */
export async function verifyActKey(request: DeskRequest, board: string, organiser: string): Promise<boolean> {
  const { session, counter, act, body, key } = request;
  if (key === null) return false;
  return verifyDetached("desk-act", actObject({ board, session, counter, act, body }), organiser, key);
}

/**
 * Keeps a new passkey (Web Authentication Level 3, §7.1). It needs the organiser key: an open page alone must not give itself a
 * lasting way in. Only statements without certificates are taken: for others the library would ask the addresses that a
 * certificate names.
 */
import { type RegistrationResponseJSON, verifyRegistrationResponse } from "@simplewebauthn/server";
import { decodeAttestationObject } from "@simplewebauthn/server/helpers";
import { encodeBase64url, type JsonObject } from "@undersigned/core";
import type { Desk } from "../desk.ts";
import { DeskError } from "../errors.ts";
import { addPasskey, findPasskey, type Passkey, passkeyId } from "../model/passkeys.ts";
import { requireChallenge } from "../ways-in/challenge.ts";
import { relyingParty } from "../ways-in/relying-party.ts";
import { within } from "./act.ts";

/** COSE numbers of EdDSA, ES256 and RS256: what authenticators in use have. */
export const ALGORITHMS = [-8, -7, -257] as const;

export const passkeyAdd = within<"passkey-add">(async ({ desk, caller, trx }, { name, registration }) => {
  const made = await readRegistration(desk, registration, caller.origin);
  const known = await findPasskey(desk, trx, made.credential);
  if (known !== null && known.organiser !== caller.id) {
    throw new DeskError("passkey-taken", "This passkey is another organiser's: make a new one.");
  }
  const passkey: Passkey = known ?? {
    ...made,
    id: passkeyId(desk, made.credential),
    organiser: caller.id,
    name,
    since: desk.clock.day(),
  };
  if (known === null) await addPasskey(desk, trx, passkey);
  const { id, since } = passkey;
  return {
    answer: { id: encodeBase64url(id), name: passkey.name, since },
    about: known === null ? passkey.name : null,
  };
});

type Made = Pick<Passkey, "credential" | "publicKey" | "counter" | "origin">;

/** Throws `passkey-refused`, `challenge-over`. */
async function readRegistration(desk: Desk, registration: JsonObject, at: string): Promise<Made> {
  const { origin, id } = relyingParty(at);
  try {
    const response = registration as unknown as RegistrationResponseJSON;
    requireNoCertificate(response.response.attestationObject);
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response,
      expectedChallenge: (challenge) => {
        requireChallenge(desk, challenge);
        return true;
      },
      expectedOrigin: origin,
      expectedRPID: id,
      requireUserVerification: true,
      supportedAlgorithmIDs: [...ALGORITHMS],
    });
    if (verified) {
      const { credential } = registrationInfo;
      const publicKey = encodeBase64url(credential.publicKey);
      return { credential: credential.id, publicKey, counter: credential.counter, origin };
    }
  } catch (error) {
    if (error instanceof DeskError) throw error;
  }
  throw refused();
}

function requireNoCertificate(attestationObject: string): void {
  const decoded = decodeAttestationObject(new Uint8Array(Buffer.from(attestationObject, "base64url")));
  const format = decoded.get("fmt");
  const statement = decoded.get("attStmt");
  if (format === "none" || (format === "packed" && statement.get("x5c") === undefined)) return;
  throw refused();
}

function refused(): DeskError {
  return new DeskError(
    "passkey-refused",
    "The passkey was not made as this desk needs it, or its owner was not verified: try again, or keep to the phrase.",
  );
}

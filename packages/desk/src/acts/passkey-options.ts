/**
 * What the page hands to the authenticator to make a passkey (Web Authentication Level 3, §5.4): no attestation, a discoverable
 * credential, the person verified. Passkeys are copied to their maker's cloud: so no alias goes with them, and the user
 * handle is random and stands nowhere else.
 */
import { generateRegistrationOptions } from "@simplewebauthn/server";
import { decodeBase64url, type JsonObject, randomBytes } from "@undersigned/core";
import { passkeysOf } from "../model/passkeys.ts";
import { makeChallenge } from "../ways-in/challenge.ts";
import { relyingParty } from "../ways-in/relying-party.ts";
import { within } from "./act.ts";
import { ALGORITHMS } from "./passkey-add.ts";

export const passkeyOptions = within<"passkey-options">(async ({ desk, caller, trx }) => {
  const { id } = relyingParty(caller.origin);
  const here = (await passkeysOf(desk, trx, caller.id)).filter(({ origin }) => origin === caller.origin);
  const options = await generateRegistrationOptions({
    rpName: id,
    rpID: id,
    userName: "organiser",
    userDisplayName: "organiser",
    userID: new Uint8Array(randomBytes(32)),
    challenge: new Uint8Array(decodeBase64url(makeChallenge(desk))),
    attestationType: "none",
    excludeCredentials: here.map(({ credential }) => ({ id: credential })),
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
    supportedAlgorithmIDs: [...ALGORITHMS],
  });
  // As JSON: fields that the library leaves undefined are not there.
  return { answer: { options: JSON.parse(JSON.stringify(options)) as JsonObject } };
});

/**
 * Passkeys (WebAuthn level 3), by @simplewebauthn/browser. What the authenticator keeps names no person: the board chooses a
 * random handle and the name "organiser". Errors of browsers are told apart by no more than what the person can do about them.
 */

import {
  browserSupportsWebAuthn,
  type PublicKeyCredentialCreationOptionsJSON,
  startAuthentication,
  startRegistration,
} from "@simplewebauthn/browser";
import type { JsonObject } from "@undersigned/core";
import { PageError } from "../shell/code-of.ts";

/** An address of numbers can have none. */
export function canHavePasskeys(host: string): boolean {
  return browserSupportsWebAuthn() && !/^[\d.]+$|^\[/.test(host);
}

/** An assertion over `challenge` (base64url), by whatever passkey of this site the person chooses. */
export async function askPasskey(challenge: string, host: string): Promise<JsonObject> {
  const optionsJSON = { challenge, rpId: host, userVerification: "required" } as const;
  try {
    return asJson(await startAuthentication({ optionsJSON }));
  } catch {
    throw new PageError("passkey-refused");
  }
}

/** A new passkey on this device. `options`: PublicKeyCredentialCreationOptions as JSON, of the board. */
export async function makePasskey(options: JsonObject): Promise<JsonObject> {
  try {
    const optionsJSON = options as unknown as PublicKeyCredentialCreationOptionsJSON;
    return asJson(await startRegistration({ optionsJSON }));
  } catch (error) {
    const there = error instanceof Error && error.name === "InvalidStateError";
    throw new PageError(there ? "passkey-there" : "passkey-refused");
  }
}

/** Without what is undefined, which canonical JSON has no way to write. */
function asJson(value: unknown): JsonObject {
  return JSON.parse(JSON.stringify(value)) as JsonObject;
}

/** Tokens that a dishonest registrar can make by itself, and what it puts in the place of those that it cannot make. */
import { randomBytes } from "node:crypto";
import {
  concatBytes,
  decodeBase64url,
  encodeBase64url,
  encodeCanonical,
  RSA_MODULUS_BYTES,
  type Secrets,
  type Token,
  type TokenKey,
  tokenMessage,
} from "@undersigned/core";
import { signPlainly, slotKey } from "./own-keys.ts";
import type { Known, Plotter } from "./plotter.ts";

/** A dishonest registrar signs this for any other that asks: a message, answered with the signature, in base64url. */
export const FAVOUR_PATH = "/v1/favours";
export type Favour = { readonly slot: number; readonly message: string };

/** The tokens of all dishonest registrars for the phrase's key. They are right ones. */
export async function tokensOfLiars(plotter: Plotter, secrets: Secrets): Promise<Token[]> {
  const { self, allies, own, slot } = plotter;
  const mine = makeToken(self, plotter, secrets, (message) => signPlainly(slotKey(own, slot), message));
  return Promise.all([
    mine,
    ...allies.map((ally) => makeToken(ally, plotter, secrets, askFavour(ally, slot))),
  ]);
}

/** In an honest registrar's name, under the key of the dishonest one. */
export function tokenInAnothersName(plotter: Plotter, of: Known, secrets: Secrets): Promise<Token> {
  const key = slotKey(plotter.own, plotter.slot);
  return makeToken(of, plotter, secrets, (message) => signPlainly(key, message));
}

export function noiseToken({ registrar }: Known): Token {
  const signature = randomBytes(RSA_MODULUS_BYTES);
  signature[0] = 0;
  return {
    registrar: registrar.identity,
    prefix: encodeBase64url(randomBytes(32)),
    signature: encodeBase64url(signature),
  };
}

async function makeToken(
  { registrar, keys }: Known,
  { slot }: Plotter,
  secrets: Secrets,
  sign: (message: Uint8Array) => Uint8Array | Promise<Uint8Array>,
): Promise<Token> {
  const key = keys[slot] as TokenKey;
  const prefix = randomBytes(32);
  const signature = await sign(concatBytes(prefix, tokenMessage(key, secrets.slotSigner(key).publicKey)));
  return {
    registrar: registrar.identity,
    prefix: encodeBase64url(prefix),
    signature: encodeBase64url(signature),
  };
}

function askFavour({ registrar }: Known, slot: number): (message: Uint8Array) => Promise<Uint8Array> {
  return async (message) => {
    const favour: Favour = { slot, message: encodeBase64url(message) };
    const response = await fetch(`${registrar.url}${FAVOUR_PATH}`, {
      method: "POST",
      body: encodeCanonical(favour) as Uint8Array<ArrayBuffer>,
    });
    if (!response.ok) throw new Error("An ally does not sign.");
    return decodeBase64url((await response.json()) as string, RSA_MODULUS_BYTES);
  };
}

/** Tokens as a registrar would make them that signs whatever it is asked to, or whose key was stolen: signed outright. */
import {
  concatBytes,
  emsaPssEncode,
  encodeBase64url,
  type LetterRef,
  sha256,
  type Token,
  type TokenKey,
  tokenMessage,
} from "@undersigned/core";
import type { SetBuilder } from "./set-builder.ts";

export interface Forgery {
  /** Whose RSA key signs, by number. */
  readonly signer: number;
  /** Whose epoch and slot that RSA key is of. */
  readonly keyOf: LetterRef;
  /** What the signed message says instead of what belongs to that key. */
  readonly says?: Partial<Omit<TokenKey, "rsa">>;
  /** 48 unless told. */
  readonly saltLength?: number;
}

/** On any slot key, base64url. The token names `registrar`, by number. */
export function forgeToken(builder: SetBuilder, slotKey: string, registrar: number, of: Forgery): Token {
  const key = { ...builder.tokenKey(of.signer, of.keyOf), ...of.says };
  const message = tokenMessage(key, slotKey);
  const prefix = sha256(message);
  const salt = concatBytes(sha256(prefix), prefix).subarray(0, of.saltLength ?? 48);
  const { epoch, slot } = of.keyOf;
  const encoded = emsaPssEncode(concatBytes(prefix, message), 2047, salt);
  const signature = builder.keys.slotKey(epoch, of.signer, slot).sign(encoded);
  const identity = builder.keys.registrars[registrar]!.publicKey;
  return { registrar: identity, prefix: encodeBase64url(prefix), signature: encodeBase64url(signature) };
}

/** Tokens (PROTOCOL §5): blind requests from a phrase, tokens from the answers, and the check that everyone makes. */
import { importRsaPss, type RsaPssKey, verifyRsaPss } from "#platform";
import { blindDerived } from "./blind-derived.ts";
import { finalize } from "./blind-rsa.ts";
import { concatBytes, decodeBase64url, encodeBase64url } from "./bytes.ts";
import { encodeCanonical } from "./canonical-json.ts";
import { type EndorsementClass, SUITE } from "./formats/common.ts";
import { spkiHash } from "./formats/key-statement.ts";
import { domainMessage } from "./hash.ts";
import type { Secrets, SlotRef } from "./phrase.ts";
import { parseRsaSpki, type RsaPublicKey } from "./rsa-public-key.ts";

/** One registrar's key for one slot and class. */
export interface TokenKey extends SlotRef {
  readonly class: EndorsementClass;
  /** The registrar's identity key, base64url. */
  readonly registrar: string;
  /** SPKI hash, base64url. */
  readonly spki: string;
  readonly rsa: RsaPublicKey;
}

export interface Token {
  readonly registrar: string;
  /** 32 bytes, base64url. */
  readonly prefix: string;
  /** 256 bytes, base64url. */
  readonly signature: string;
}

/** Reads a key of a statement strictly. Throws CoreError `bad-rsa-key`. */
export function tokenKey(
  where: SlotRef & { readonly class: EndorsementClass; readonly registrar: string },
  spkiText: string,
): TokenKey {
  const spki = decodeBase64url(spkiText);
  const { workforce, epoch, slot, registrar } = where;
  return {
    workforce,
    epoch,
    slot,
    class: where.class,
    registrar,
    spki: spkiHash(spki),
    rsa: parseRsaSpki(spki),
  };
}

/** `msg` of RFC 9474: binds the token to everything it is good for. `key` is the slot's public key, base64url. */
export function tokenMessage(key: TokenKey, slotKey: string): Uint8Array {
  const { workforce, epoch, slot, registrar, spki } = key;
  return domainMessage(
    "token",
    encodeCanonical({
      class: key.class,
      epoch,
      key: slotKey,
      registrar,
      slot,
      spki,
      suite: SUITE,
      type: "token",
      v: 1,
      workforce,
    }),
  );
}

function blinded(secrets: Secrets, key: TokenKey) {
  return blindDerived(key.rsa, tokenMessage(key, secrets.slotSigner(key).publicKey), {
    prefix: secrets.tokenPrefix(key, key.spki),
    salt: secrets.tokenSalt(key, key.spki),
    blinding: (attempt) => secrets.blinding(key, key.spki, attempt),
  });
}

/** The blinded message for one key, 256 bytes. The same phrase and key always make the same one. */
export function blindRequest(secrets: Secrets, key: TokenKey): Uint8Array {
  return blinded(secrets, key).blindedMessage;
}

/** Unblinds and checks a registrar's answer (256 bytes). Throws CoreError `signature-invalid` if it is not the token asked for. */
export function unblind(secrets: Secrets, key: TokenKey, blindSignature: Uint8Array): Token {
  const { prefix, input, inverse } = blinded(secrets, key);
  const signature = finalize(key.rsa, input, blindSignature, inverse);
  return { registrar: key.registrar, prefix: encodeBase64url(prefix), signature: encodeBase64url(signature) };
}

/** A token key made ready for many checks. */
export class TokenVerifier {
  readonly key: TokenKey;
  readonly #rsa: RsaPssKey | Promise<RsaPssKey>;

  constructor(key: TokenKey) {
    this.key = key;
    this.#rsa = importRsaPss(key.rsa.spki);
  }

  /** Whether the token is this registrar's signature on `slotKey` for this workforce, epoch, slot and class. */
  async verify(token: Token, slotKey: string): Promise<boolean> {
    if (token.registrar !== this.key.registrar) return false;
    const input = concatBytes(decodeBase64url(token.prefix, 32), tokenMessage(this.key, slotKey));
    return verifyRsaPss(await this.#rsa, input, decodeBase64url(token.signature, 256));
  }
}

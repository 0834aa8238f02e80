/**
 * Hashes, and the domain separation that every signed or hashed thing of the protocol starts with:
 *
 *     "undersigned/" <domain> "/v1" 0x0A <bytes>
 *
 * A domain holds no line feed, so the prefix ends at the first one and no two domains share a message.
 * SHA-2 is FIPS 180-4, by the platform; HMAC is RFC 2104; HKDF is RFC 5869 with SHA-256.
 */

import { expand, extract } from "@noble/hashes/hkdf.js";
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 as nobleSha256 } from "@noble/hashes/sha2.js";
import { sha256 } from "#platform";
import { concatBytes, utf8Encode } from "./bytes.ts";
import { CoreError } from "./errors.ts";

export { sha256, sha384 } from "#platform";

const DOMAIN = /^[a-z0-9]+(?:[/-][a-z0-9]+)*$/;
/** Domains are constants of the code, so this stays small. */
const prefixes = new Map<string, Uint8Array>();

/**
 * The message to sign for `bytes` in a domain. `domain` is the bare name ("endorsement"): lower-case letters,
 * digits, hyphens and slashes; anything else throws CoreError `bad-domain`.
 */
export function domainMessage(domain: string, bytes: Uint8Array): Uint8Array {
  return concatBytes(domainPrefix(domain), bytes);
}

/** SHA-256 of `domainMessage(domain, bytes)`; 32 bytes. */
export function domainHash(domain: string, bytes: Uint8Array): Uint8Array {
  return sha256(domainMessage(domain, bytes));
}

function domainPrefix(domain: string): Uint8Array {
  let prefix = prefixes.get(domain);
  if (prefix === undefined) {
    if (!DOMAIN.test(domain)) {
      throw new CoreError(
        "bad-domain",
        "Name the domain in lower-case letters, digits, hyphens and slashes.",
      );
    }
    prefix = utf8Encode(`undersigned/${domain}/v1\n`);
    prefixes.set(domain, prefix);
  }
  return prefix;
}

/** 32 bytes. */
export function hmacSha256(key: Uint8Array, message: Uint8Array): Uint8Array {
  return hmac(nobleSha256, key, message);
}

/** HKDF-Extract in the order of RFC 5869; an empty salt stands for 32 zero bytes. 32 bytes. */
export function hkdfExtract(salt: Uint8Array, inputKey: Uint8Array): Uint8Array {
  return extract(nobleSha256, inputKey, salt);
}

/** HKDF-Expand: `length` bytes, at most 255 * 32. `prk` must be a uniform key, as from `hkdfExtract`. */
export function hkdfExpand(prk: Uint8Array, info: Uint8Array, length: number): Uint8Array {
  if (prk.length < 32 || !Number.isInteger(length) || length < 1 || length > 255 * 32) {
    throw new CoreError("bad-length", "Expand a key of at least 32 bytes to between 1 and 8160 bytes.");
  }
  return expand(nobleSha256, prk, info, length);
}

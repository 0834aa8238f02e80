/**
 * Unlisted letters (PROTOCOL §8, decision 17): a letter's manifest sealed under the key of its link, and opened again.
 *
 * Sealed with AES-256-GCM under HKDF-Expand(link key, M("sealed-letter", {letter, workforce}), 32): a file that was
 * put in another letter's place does not open. What opens is believed only because its hash is the letter's id,
 * so whoever made the file can show a reader this letter or none.
 */
import { randomBytes } from "#platform";
import { decodeBase64url, encodeBase64url } from "./bytes.ts";
import { encodeCanonical, parseCanonical } from "./canonical-json.ts";
import { CoreError } from "./errors.ts";
import { MAX_MANIFEST_BYTES } from "./formats/common.ts";
import { letterId, parseLetterManifest } from "./formats/letter-manifest.ts";
import {
  MAX_SEALED_LETTER_BYTES,
  SEALED_LETTER_PAD,
  SEALED_LETTER_TAG,
  type SealedLetter,
  sealedLetter,
} from "./formats/sealed-letter.ts";
import { domainMessage, hkdfExpand } from "./hash.ts";

/** Which letter a sealed file is of. Ids as base64url. */
export interface SealedLetterOf {
  readonly workforce: string;
  readonly letter: string;
}

const KEY_BYTES = 32;
const KEY_TEXT = /^u[A-Za-z0-9_-]{43}$/;
const SPACE = 0x20;

/** A key for one letter's link: 32 random bytes. */
export function createLinkKey(): Uint8Array {
  return randomBytes(KEY_BYTES);
}

/** How a link carries the key, behind the workforce's id and a full stop: `u` and 43 characters. An invitation begins with `A`. */
export function linkKeyText(linkKey: Uint8Array): string {
  return `u${encodeBase64url(linkKey)}`;
}

/** The key that a link's text carries, or null if the text is of another kind or cut short. */
export function parseLinkKey(text: string): Uint8Array | null {
  if (!KEY_TEXT.test(text)) return null;
  try {
    return decodeBase64url(text.slice(1), KEY_BYTES);
  } catch {
    return null;
  }
}

/** Bytes of `sealed` for a manifest file of `length` bytes. */
export function sealedLength(length: number): number {
  return Math.ceil(length / SEALED_LETTER_PAD) * SEALED_LETTER_PAD + SEALED_LETTER_TAG;
}

/**
 * Seals a manifest file (canonical bytes) under a link key of 32 bytes, with a fresh nonce. Throws CoreError `bad-field`
 * if the file is not the manifest that `letter` names, and as parseLetterManifest does.
 */
export async function sealLetter(
  file: Uint8Array,
  linkKey: Uint8Array,
  of: SealedLetterOf,
): Promise<SealedLetter> {
  checkManifest(file, of);
  const padded = new Uint8Array(sealedLength(file.length) - SEALED_LETTER_TAG).fill(SPACE);
  padded.set(file);
  const iv = randomBytes(12) as Uint8Array<ArrayBuffer>;
  const key = await aesKey(linkKey, of);
  const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, padded));
  return {
    type: "sealed-letter",
    v: 1,
    letter: of.letter,
    nonce: encodeBase64url(iv),
    sealed: encodeBase64url(sealed),
  };
}

/**
 * The manifest file in a sealed one, its hash being the letter's id. Throws CoreError `wrong-link` if it does not open
 * with this key for this letter, or holds another text; `bad-length` for a key that has not 32 bytes.
 */
export async function openSealedLetter(
  sealed: SealedLetter,
  linkKey: Uint8Array,
  of: SealedLetterOf,
): Promise<Uint8Array> {
  const key = await aesKey(linkKey, of);
  let padded: Uint8Array;
  try {
    const iv = decodeBase64url(sealed.nonce, 12) as Uint8Array<ArrayBuffer>;
    const data = decodeBase64url(sealed.sealed) as Uint8Array<ArrayBuffer>;
    padded = new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, data));
  } catch {
    throw wrongLink();
  }
  let end = padded.length;
  while (end > 0 && padded[end - 1] === SPACE) end--;
  const file = padded.slice(0, end);
  try {
    checkManifest(file, of);
  } catch {
    throw wrongLink();
  }
  return file;
}

/** Reads the file strictly. Throws CoreError `not-canonical`, `too-large`, `bad-field`, `unknown-field`. */
export function parseSealedLetter(file: Uint8Array): SealedLetter {
  return sealedLetter.check(parseCanonical(file, MAX_SEALED_LETTER_BYTES), "");
}

function checkManifest(file: Uint8Array, { letter, workforce }: SealedLetterOf): void {
  const manifest =
    file.length <= MAX_MANIFEST_BYTES && letterId(file) === letter && parseLetterManifest(file);
  if (manifest === false || manifest.workforce !== workforce)
    throw new CoreError("bad-field", "The manifest is not the one that the letter's id names.");
}

function wrongLink(): CoreError {
  return new CoreError(
    "wrong-link",
    "The letter does not open with this link: ask for the whole link again, and check the letter.",
  );
}

async function aesKey(linkKey: Uint8Array, { letter, workforce }: SealedLetterOf): Promise<CryptoKey> {
  if (linkKey.length !== KEY_BYTES) throw new CoreError("bad-length", "The key of a link has 32 bytes.");
  const info = domainMessage("sealed-letter", encodeCanonical({ letter, workforce }));
  const raw = hkdfExpand(linkKey, info, KEY_BYTES) as Uint8Array<ArrayBuffer>;
  return crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
}

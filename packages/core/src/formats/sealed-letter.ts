/**
 * The public file of an unlisted letter (PROTOCOL §8): its manifest, sealed under a key that only the letter's link holds.
 * What the file tells everybody else: that the letter is there, and how long it is to within 4,096 bytes.
 */
import { hash32, MAX_MANIFEST_BYTES, version1 } from "./common.ts";
import { bytes, bytesUpTo, type Infer, literal, object, rule } from "./shape.ts";

/** A manifest is padded with spaces to a multiple of this. */
export const SEALED_LETTER_PAD = 4096;
/** Of AES-256-GCM, behind the padded text. */
export const SEALED_LETTER_TAG = 16;
/** Most bytes of the file: a manifest of 262,144 bytes, sealed, as base64url. */
export const MAX_SEALED_LETTER_BYTES = 350_000;

const fields = object({
  type: literal("sealed-letter"),
  v: version1,
  letter: hash32,
  nonce: bytes(12),
  sealed: bytesUpTo(MAX_MANIFEST_BYTES + SEALED_LETTER_TAG),
});

export type SealedLetter = Infer<typeof fields>;

export const sealedLetter = rule(fields, ({ sealed }) => {
  const padded = Math.floor((sealed.length * 3) / 4) - SEALED_LETTER_TAG;
  return padded > 0 && padded % SEALED_LETTER_PAD === 0
    ? null
    : { path: "/sealed", expected: "a text padded to a multiple of 4,096 bytes, and its tag of 16" };
});

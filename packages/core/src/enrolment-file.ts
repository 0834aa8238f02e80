/**
 * The enrolment file: a person's tokens, sealed under a key from the phrase, kept only where the person asked for it.
 * Outside it says nothing: neither workforce nor epoch nor number of tokens (padded).
 */

import { randomBytes } from "#platform";
import { decodeBase64url, encodeBase64url } from "./bytes.ts";
import { encodeCanonical, parseCanonical } from "./canonical-json.ts";
import { CoreError } from "./errors.ts";
import {
  classOf,
  epochNumber,
  hash32,
  invitationNumber,
  MAX_INVITATIONS,
  MAX_REGISTRARS,
  publicKey,
  rsaBytes,
  SLOTS,
  signature64,
  slotNumber,
  version1,
} from "./formats/common.ts";
import { nameConfirmedBy, shownText } from "./formats/opening.ts";
import { bytes, bytesUpTo, type Infer, list, literal, object } from "./formats/shape.ts";
import { MAX_NAME } from "./formats/text.ts";
import type { Secrets } from "./phrase.ts";

const PAD_TO = 8192;
const MAX_BYTES = 300_000;

const outer = object({
  type: literal("enrolment-file"),
  v: version1,
  nonce: bytes(12),
  sealed: bytesUpTo(MAX_BYTES),
});

const tokensShape = object({
  type: literal("tokens"),
  v: version1,
  workforce: hash32,
  epoch: epochNumber,
  class: classOf,
  tokens: list(
    object({ slot: slotNumber, registrar: publicKey, prefix: hash32, signature: rsaBytes }),
    0,
    SLOTS * MAX_REGISTRARS,
  ),
  /** Registrars' signatures under the invitations that the person may give. */
  invitations: list(
    object({ number: invitationNumber, registrar: publicKey, signature: rsaBytes }),
    0,
    MAX_INVITATIONS * MAX_REGISTRARS,
  ),
  /** Who has confirmed which name, with a signature for each slot, in order. */
  names: list(
    object({
      registrar: publicKey,
      name: shownText(MAX_NAME),
      rule: nameConfirmedBy,
      sigs: list(signature64, SLOTS, SLOTS),
    }),
    0,
    MAX_REGISTRARS,
    (item) => item.registrar,
  ),
});

/** All tokens of one enrolment. */
export type EnrolmentTokens = Infer<typeof tokensShape>;

async function aesKey(secrets: Secrets, workforce: string): Promise<CryptoKey> {
  const raw = secrets.enrolmentFileKey(workforce) as Uint8Array<ArrayBuffer>;
  return crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
}

/** Seals tokens: AES-256-GCM, fresh nonce, padded with spaces to a multiple of 8,192 bytes. */
export async function sealEnrolment(secrets: Secrets, tokens: EnrolmentTokens): Promise<Uint8Array> {
  const plain = encodeCanonical(tokens);
  const padded = new Uint8Array(Math.ceil(plain.length / PAD_TO) * PAD_TO).fill(0x20);
  padded.set(plain);
  const nonce = randomBytes(12) as Uint8Array<ArrayBuffer>;
  const key = await aesKey(secrets, tokens.workforce);
  const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce }, key, padded));
  return encodeCanonical({
    type: "enrolment-file",
    v: 1,
    nonce: encodeBase64url(nonce),
    sealed: encodeBase64url(sealed),
  });
}

/** Opens a file. Throws CoreError `wrong-phrase` if it is another person's, another workforce's or damaged. */
export async function openEnrolment(
  secrets: Secrets,
  workforce: string,
  file: Uint8Array,
): Promise<EnrolmentTokens> {
  const { nonce, sealed } = outer.check(parseCanonical(file, 2 * MAX_BYTES), "");
  const key = await aesKey(secrets, workforce);
  let padded: ArrayBuffer;
  try {
    padded = await crypto.subtle.decrypt(
      { name: "AES-GCM", iv: decodeBase64url(nonce, 12) as Uint8Array<ArrayBuffer> },
      key,
      decodeBase64url(sealed) as Uint8Array<ArrayBuffer>,
    );
  } catch {
    throw new CoreError("wrong-phrase", "This file does not open with this phrase for this workforce.");
  }
  const all = new Uint8Array(padded);
  let end = all.length;
  while (end > 0 && all[end - 1] === 0x20) end--;
  const tokens = tokensShape.check(parseCanonical(all.subarray(0, end), MAX_BYTES), "");
  if (tokens.workforce !== workforce) {
    throw new CoreError("wrong-phrase", "This file does not open with this phrase for this workforce.");
  }
  return tokens;
}

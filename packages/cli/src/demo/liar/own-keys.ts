/**
 * A dishonest registrar's own private keys, taken out of the files in which the honest program keeps them: whoever runs
 * a registrar can do that. With them it signs whatever it likes, and no table of enrolled mailboxes is asked.
 */
import {
  constants,
  createPrivateKey,
  generateKeyPair,
  type KeyObject,
  privateDecrypt,
  sign,
} from "node:crypto";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { decodeBase64url, parseCanonical, RSA_MODULUS_BYTES, SLOTS } from "@undersigned/core";
import { type Lock, openKeyFile } from "@undersigned/service";

const MAX_BYTES = 1024 * 1024;

export type OwnKeys = {
  /** By slot. */
  readonly slots: readonly KeyObject[];
  /** A key that is in no log. */
  readonly fresh: KeyObject;
};

type SlotKey = { readonly class: string; readonly slot: number; readonly pkcs8: string };

/** Whatever files the honest program keeps them in. */
export async function readOwnKeys(dataDir: string, lock: Lock, epoch: number): Promise<OwnKeys> {
  const folder = join(dataDir, "keys");
  const found: SlotKey[] = [];
  for (const name of (await readdir(folder)).filter((file) => file.endsWith(".age"))) {
    const payload = parseCanonical(await openKeyFile(join(folder, name), lock), MAX_BYTES);
    const { epoch: of, keys = [] } = payload as unknown as { epoch?: number; keys?: SlotKey[] };
    if (of === epoch) found.push(...keys.filter((key) => key.class === "mailbox"));
  }
  const slots = found
    .sort((a, b) => a.slot - b.slot)
    .map(({ pkcs8 }) =>
      createPrivateKey({ key: Buffer.from(decodeBase64url(pkcs8)), format: "der", type: "pkcs8" }),
    );
  if (slots.length !== SLOTS) throw new Error("The key files do not hold a key for each slot.");
  const { privateKey } = await promisify(generateKeyPair)("rsa", {
    modulusLength: 8 * RSA_MODULUS_BYTES,
    publicExponent: 65_537,
  });
  return { slots, fresh: privateKey };
}

export function slotKey({ slots }: OwnKeys, slot: number): KeyObject {
  const key = slots[slot];
  if (key === undefined) throw new Error("There is no such slot.");
  return key;
}

/** RSASP1 (RFC 8017 section 5.2.1), which is RFC 9474's BlindSign. A number that the modulus is too small for is made smaller. */
export function signBlinded(key: KeyObject, blinded: Uint8Array): Uint8Array {
  const rsa = { key, padding: constants.RSA_NO_PADDING };
  try {
    return privateDecrypt(rsa, blinded);
  } catch {
    const smaller = blinded.slice();
    smaller[0] = 0;
    return privateDecrypt(rsa, smaller);
  }
}

/** RSASSA-PSS as tokens have it, on any message: no blinding is needed where signer and forger are one. */
export function signPlainly(key: KeyObject, message: Uint8Array): Uint8Array {
  return sign("sha384", message, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 48 });
}

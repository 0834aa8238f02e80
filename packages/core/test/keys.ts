/** RSA keys made for one test run. */
import {
  constants,
  createPrivateKey,
  generateKeyPairSync,
  type KeyObject,
  privateDecrypt,
} from "node:crypto";
import { encodeBase64url } from "../src/index.ts";

export interface TestRsa {
  readonly spki: string;
  sign(blinded: Uint8Array): Uint8Array;
}

export function testRsa(): TestRsa {
  const pair = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "der" },
    privateKeyEncoding: { type: "pkcs8", format: "der" },
  });
  const key: KeyObject = createPrivateKey({ key: pair.privateKey, format: "der", type: "pkcs8" });
  return {
    spki: encodeBase64url(pair.publicKey),
    sign: (blinded) => privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, blinded),
  };
}

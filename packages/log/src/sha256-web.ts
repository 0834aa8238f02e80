/** SHA-256 where node:crypto is absent. WebCrypto is of no use here: a tree needs thousands of synchronous hashes. */
import { sha256 as nobleSha256 } from "@noble/hashes/sha2.js";

export function sha256(data: Uint8Array): Uint8Array {
  return nobleSha256(data);
}

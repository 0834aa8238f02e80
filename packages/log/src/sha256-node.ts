/** SHA-256 by Node's own OpenSSL. Chosen by the package's `imports` condition; see sha256-web.ts. */
import { hash } from "node:crypto";

/** A plain Uint8Array comes back, not a Buffer: a Buffer's slice() shares memory and would surprise callers. */
export function sha256(data: Uint8Array): Uint8Array {
  const digest = hash("sha256", data, "buffer");
  return new Uint8Array(digest.buffer, digest.byteOffset, digest.byteLength);
}

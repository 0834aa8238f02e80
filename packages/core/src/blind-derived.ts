/** Blinding with what derives from a secret and the exact key, so that a request can be made again (PROTOCOL §6). */
import { type Blinded, blind } from "./blind-rsa.ts";
import { bytesToBigInt, concatBytes } from "./bytes.ts";
import { CoreError } from "./errors.ts";
import type { RsaPublicKey } from "./rsa-public-key.ts";

/** Everything here binds the key's SPKI: the same under two keys would link two requests. */
export interface BlindingSecrets {
  /** Message prefix, 32 bytes. */
  readonly prefix: Uint8Array;
  /** PSS salt, 48 bytes. */
  readonly salt: Uint8Array;
  /** 272 bytes for attempt 0, 1, …, read big-endian and reduced modulo n: the bias is below 2^-128. */
  readonly blinding: (attempt: number) => Uint8Array;
}

/** Blinds prefix ‖ message. Throws CoreError `blind-failed` for a key that no honest registrar has. */
export function blindDerived(
  rsa: RsaPublicKey,
  message: Uint8Array,
  { prefix, salt, blinding }: BlindingSecrets,
): Blinded & { readonly prefix: Uint8Array; readonly input: Uint8Array } {
  const input = concatBytes(prefix, message);
  for (let attempt = 0; attempt < 16; attempt++) {
    const r = bytesToBigInt(blinding(attempt)) % rsa.n;
    try {
      return { prefix, input, ...blind(rsa, input, salt, r) };
    } catch (error) {
      if (!(error instanceof CoreError) || error.code !== "blind-failed") throw error;
    }
  }
  throw new CoreError("blind-failed", "This key cannot be used for blinding.");
}

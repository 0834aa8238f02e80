/**
 * What goes to a worker and comes back: one buffer, which is handed over and not copied. For each check the public key
 * (32 bytes), the signature (64), the message's length (4, big-endian) and the message; back comes a byte, 0 or 1.
 */

export interface SignatureCheck {
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
  readonly message: Uint8Array;
  /** 64 bytes. */
  readonly signature: Uint8Array;
}

const HEAD = 32 + 64 + 4;

export function packChecks(checks: readonly SignatureCheck[]): Uint8Array {
  const packed = new Uint8Array(checks.reduce((sum, { message }) => sum + HEAD + message.length, 0));
  const view = new DataView(packed.buffer);
  let at = 0;
  for (const { publicKey, signature, message } of checks) {
    packed.set(publicKey, at);
    packed.set(signature, at + 32);
    view.setUint32(at + 96, message.length);
    packed.set(message, at + HEAD);
    at += HEAD + message.length;
  }
  return packed;
}

export function* unpackChecks(packed: Uint8Array): Generator<SignatureCheck> {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.length);
  for (let at = 0; at < packed.length; ) {
    const end = at + HEAD + view.getUint32(at + 96);
    yield {
      publicKey: packed.subarray(at, at + 32),
      signature: packed.subarray(at + 32, at + 96),
      message: packed.subarray(at + HEAD, end),
    };
    at = end;
  }
}

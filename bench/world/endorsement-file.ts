/**
 * Endorsements in a file, one after the other:
 *
 *     length of the leaf, 2 bytes, big-endian || leaf || signature of the endorsement request, 64 bytes
 */
import { encodeBase64url, utf8Decode } from "@undersigned/core";

export interface Endorsement {
  /** Canonical bytes. */
  readonly leaf: Uint8Array;
  /** Over M("endorsement-request", {leaf, remainder: "release"}), 64 bytes. */
  readonly consent: Uint8Array;
}

export const REMAINDER = "release";
const CONSENT_BYTES = 64;

export function encodeRecord({ leaf, consent }: Endorsement): Uint8Array {
  const record = new Uint8Array(2 + leaf.length + CONSENT_BYTES);
  record.set([leaf.length >> 8, leaf.length & 255]);
  record.set(leaf, 2);
  record.set(consent, 2 + leaf.length);
  return record;
}

/** The offsets at which records begin, up to `most` of them, and the end of the last: a broken one at the end is left out. */
export function recordOffsets(bytes: Uint8Array, most: number): number[] {
  const offsets = [0];
  for (let at = 0; offsets.length <= most && at + 2 <= bytes.length; ) {
    at += 2 + ((bytes[at]! << 8) | bytes[at + 1]!) + CONSENT_BYTES;
    if (at > bytes.length) break;
    offsets.push(at);
  }
  return offsets;
}

export function readRecord(bytes: Uint8Array, offsets: readonly number[], index: number): Endorsement {
  const record = bytes.subarray(offsets[index]!, offsets[index + 1]!);
  const end = record.length - CONSENT_BYTES;
  return { leaf: record.subarray(2, end), consent: record.subarray(end) };
}

/** The body of POST v1/endorsements. The leaf is canonical, so its bytes go in as they are. */
export function requestBody({ leaf, consent }: Endorsement): Buffer {
  const text = `{"leaf":${utf8Decode(leaf)},"opening":null,"remainder":"${REMAINDER}","sig":"${encodeBase64url(consent)}","type":"endorsement-request","v":1}`;
  return Buffer.from(text);
}

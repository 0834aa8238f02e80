/**
 * The RSA public key of a key record: DER of a SubjectPublicKeyInfo (RFC 5280 section 4.1.2.7) with rsaEncryption, or of
 * the bare RSAPublicKey (RFC 8017 appendix A.1.1) that RFC 6376 section 3.6.1 speaks of; both are found in the wild.
 * One encoding a key: shortest lengths, nothing left over.
 */
import { bytesToBigInt, decodeHex, equalBytes } from "@undersigned/core";

const SEQUENCE = 0x30;
const BIT_STRING = 0x03;
const INTEGER = 0x02;
/** AlgorithmIdentifier: rsaEncryption, NULL. */
const RSA_ENCRYPTION = decodeHex("300d06092a864886f70d0101010500");

/** Null for anything else than such a key; ranges are not looked at. */
export function readRsaPublicKey(der: Uint8Array): { n: bigint; e: bigint } | null {
  const whole = readValue(der, SEQUENCE);
  if (whole === null || whole.rest.length > 0) return null;
  const head = whole.value.subarray(0, RSA_ENCRYPTION.length);
  if (!equalBytes(head, RSA_ENCRYPTION)) return readTwoIntegers(whole.value);
  const bits = readValue(whole.value.subarray(RSA_ENCRYPTION.length), BIT_STRING);
  if (bits === null || bits.rest.length > 0 || bits.value[0] !== 0) return null;
  const inner = readValue(bits.value.subarray(1), SEQUENCE);
  return inner === null || inner.rest.length > 0 ? null : readTwoIntegers(inner.value);
}

function readTwoIntegers(bytes: Uint8Array): { n: bigint; e: bigint } | null {
  const first = readValue(bytes, INTEGER);
  const second = first && readValue(first.rest, INTEGER);
  if (!first || !second || second.rest.length > 0) return null;
  if (!isPositive(first.value) || !isPositive(second.value)) return null;
  return { n: bytesToBigInt(first.value), e: bytesToBigInt(second.value) };
}

/** Shortest two's complement of a number above zero. */
function isPositive(value: Uint8Array): boolean {
  const [first, second] = value;
  if (first === undefined || first >= 0x80) return false;
  return first > 0 || (second !== undefined && second >= 0x80);
}

/** Tag, length (at most 65,535) and as many bytes. */
function readValue(bytes: Uint8Array, tag: number): { value: Uint8Array; rest: Uint8Array } | null {
  const short = bytes[1];
  if (bytes[0] !== tag || short === undefined) return null;
  const more = short < 0x80 ? 0 : short - 0x80;
  if (more > 2 || short === 0x80 || bytes.length < 2 + more) return null;
  let length = more === 0 ? short : 0;
  for (const byte of bytes.subarray(2, 2 + more)) length = length * 256 + byte;
  if (more > 0 && length < (more === 1 ? 0x80 : 0x100)) return null;
  const end = 2 + more + length;
  return end > bytes.length ? null : { value: bytes.subarray(2 + more, end), rest: bytes.subarray(end) };
}

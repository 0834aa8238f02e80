/**
 * Ed25519 signatures that verifiers are known to disagree on, built by point arithmetic from the published classification
 * (Chalkias, Garillot and Nikolaenko, "Taming the many EdDSAs", 2020, table 6; numbers in the names are theirs), with
 * the verdict of our rule. The loops look for a message whose challenge has the wanted remainder modulo 8.
 */

import { ed25519 } from "@noble/curves/ed25519.js";
import { sha512 } from "@noble/hashes/sha2.js";
import { concatBytes, encodeHex } from "../../src/bytes.ts";

export interface Ed25519Case {
  readonly name: string;
  readonly publicKey: Uint8Array;
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
  readonly valid: boolean;
  /** What the equation alone says, with the cofactor and without, where the case is about that. */
  readonly cofactored?: boolean;
  readonly cofactorless?: boolean;
}

const { Point } = ed25519;
type Point = InstanceType<typeof Point>;
const B = Point.BASE;
const L = Point.Fn.ORDER;
export const P = 2n ** 255n - 19n;

export function littleEndian(value: bigint): Uint8Array {
  return Uint8Array.from(Buffer.from(value.toString(16).padStart(64, "0"), "hex").reverse());
}
const fromLittleEndian = (bytes: Uint8Array) => BigInt(`0x${encodeHex(bytes.slice().reverse())}`);

/** A number that stands for a secret, the same at each run. */
const scalar = (label: string) => fromLittleEndian(sha512(Buffer.from(label))) % L;
const times = (point: Point, n: bigint) => point.multiplyUnsafe(((n % L) + L) % L);
const challenge = (r: Uint8Array, a: Uint8Array, message: Uint8Array) =>
  fromLittleEndian(sha512(concatBytes(r, a, message))) % L;
const signature = (r: Uint8Array, s: bigint) => concatBytes(r, littleEndian(s));

/** A point of order 8: L times any point that has such a part. */
function orderEight(): Point {
  for (let y = 2n; ; y++) {
    let point: Point;
    try {
      point = Point.fromBytes(littleEndian(y));
    } catch {
      continue;
    }
    const torsion = times(point, L - 1n).add(point);
    if (!times(torsion, 4n).is0()) return torsion;
  }
}
const T = orderEight();
/** The points of small order: multiples of T, the neutral one first. */
export const torsion: readonly Point[] = Array.from({ length: 8 }, (_, i) => times(T, BigInt(i)));

/** Every encoding of a point of small order: those above, with either sign, and with p added to y where it fits. */
export const smallOrderEncodings: readonly Uint8Array[] = [
  ...new Set(
    torsion.flatMap((point) => {
      const { y } = point.toAffine();
      const ys = y < 19n ? [y, y + P] : [y];
      return ys
        .flatMap((value) => [value, value + 2n ** 255n])
        .map((value) => encodeHex(littleEndian(value)));
    }),
  ),
].map((hex) => Uint8Array.from(Buffer.from(hex, "hex")));

/** Messages 0, 1, 2 …, until `make` has a case for one. */
function search(make: (message: Uint8Array) => Ed25519Case | null): Ed25519Case {
  for (let i = 0; i < 1000; i++) {
    const found = make(Uint8Array.of(i >> 8, i & 0xff));
    if (found !== null) return found;
  }
  throw new Error("no message found");
}

const a = scalar("secret a");
const r = scalar("secret r");
const A = times(B, a);
const R = times(B, r);

/** Signs for the key `a` B + `keyPart` with the commitment `r` B + `part`, and says what the equations make of it. */
function mixed(
  name: string,
  [keyPart, part]: [Point, Point],
  want: { cofactorless: boolean; valid: boolean },
  overS: (s: bigint) => bigint = (s) => s,
): Ed25519Case {
  const publicKey = A.add(keyPart).toBytes();
  const commitment = R.add(part).toBytes();
  return search((message) => {
    const k = challenge(commitment, publicKey, message);
    // [S]B - [k]A = [r]B - [k]keyPart, to be compared with [r]B + part.
    if (times(keyPart, k).add(part).is0() !== want.cofactorless) return null;
    const s = overS((r + k * a) % L);
    const base = { name, publicKey, message, signature: signature(commitment, s), ...want };
    return s < L
      ? { ...base, cofactored: true }
      : { name, publicKey, message, signature: base.signature, valid: want.valid };
  });
}

/** A signature under a key of small order, encoded as given, that the equation takes. */
function smallKey(name: string, encoded: Uint8Array, point: Point): Ed25519Case {
  const s = scalar("any s");
  return search((message) => {
    for (const part of torsion) {
      const commitment = times(B, s).subtract(part).toBytes();
      if (times(point, challenge(commitment, encoded, message)).equals(part)) {
        return { name, publicKey: encoded, message, signature: signature(commitment, s), valid: false };
      }
    }
    return null;
  });
}

/** A commitment of small order, encoded as given, under the key `a` B + `keyPart`, that the equation takes. */
function smallCommitment(name: string, encoded: Uint8Array, point: Point, keyPart: Point, hashed = encoded) {
  const publicKey = A.add(keyPart).toBytes();
  return search((message) => {
    const k = challenge(hashed, publicKey, message);
    if (!times(keyPart, k).add(point).is0()) return null;
    return { name, publicKey, message, signature: signature(encoded, (k * a) % L), valid: false };
  });
}

const neutral = Point.ZERO;
const nonCanonicalNeutral = littleEndian(P + 1n);
const nonCanonicalOrder4 = littleEndian(P);
const order4 = Point.fromBytes(littleEndian(0n));

export function ed25519Cases(): Ed25519Case[] {
  const honest = mixed("an honest signature", [neutral, neutral], { cofactorless: true, valid: true });
  // The changed ones below say nothing of the equations.
  const base = { publicKey: honest.publicKey, message: honest.message, signature: honest.signature };
  const change = (name: string, at: number, by: number): Ed25519Case => {
    const bytes = honest.signature.slice();
    bytes[at]! ^= by;
    return { ...base, name, signature: bytes, valid: false };
  };
  const withS = (name: string, s: bigint): Ed25519Case => ({
    ...base,
    name,
    signature: signature(honest.signature.subarray(0, 32), s),
    valid: false,
  });
  const honestS = fromLittleEndian(honest.signature.subarray(32));
  return [
    honest,
    change("the lowest bit of R changed", 0, 1),
    change("the sign of R changed", 31, 0x80),
    change("the lowest bit of S changed", 32, 1),
    { ...base, name: "another message", message: Uint8Array.of(9, 9, 9), valid: false },
    { ...base, name: "another key", publicKey: R.toBytes(), valid: false },
    { ...base, name: "the sign of A changed", publicKey: A.negate().toBytes(), valid: false },

    { ...smallKey("0: A and R of small order, S = 0", torsion[1]!.toBytes(), T), ...zeroS(torsion[1]!) },
    smallKey("1: A of small order", torsion[1]!.toBytes(), T),
    smallCommitment("2: R of small order, A mixed", torsion[1]!.toBytes(), T, T),
    mixed("3: A and R mixed, the equation holds without the cofactor", [T, torsion[3]!], {
      cofactorless: true,
      valid: true,
    }),
    mixed("4: A and R mixed, the equation needs the cofactor", [T, torsion[3]!], {
      cofactorless: false,
      valid: false,
    }),
    mixed("5: A mixed, the equation needs the cofactor", [T, neutral], { cofactorless: false, valid: false }),
    mixed("6: S = honest S + L", [neutral, neutral], { cofactorless: true, valid: false }, (s) => s + L),
    mixed(
      "7: S = honest S + 14 L, its highest bits set",
      [neutral, neutral],
      { cofactorless: true, valid: false },
      (s) => s + 14n * L,
    ),
    smallCommitment(
      "8: R of small order, not canonical, hashed as canonical",
      nonCanonicalOrder4,
      order4,
      T,
      littleEndian(0n),
    ),
    smallCommitment("9: R of small order, not canonical, hashed as it stands", nonCanonicalOrder4, order4, T),
    {
      ...smallKey("10: A of small order, not canonical, hashed as canonical", littleEndian(0n), order4),
      publicKey: nonCanonicalOrder4,
    },
    smallKey("11: A of small order, not canonical, hashed as it stands", nonCanonicalOrder4, order4),

    mixed("A mixed, R not, the equation holds without the cofactor", [T, neutral], {
      cofactorless: true,
      valid: true,
    }),
    mixed("A not mixed, R mixed", [neutral, T], { cofactorless: false, valid: false }),
    mixed("A mixed with order 2, the equation holds", [torsion[4]!, torsion[4]!], {
      cofactorless: true,
      valid: true,
    }),
    smallCommitment("R neutral, A of full order, S = k a", neutral.toBytes(), neutral, neutral),
    smallCommitment("R neutral, not canonical", nonCanonicalNeutral, neutral, neutral),
    smallCommitment("R neutral with a sign (-0)", littleEndian(1n + 2n ** 255n), neutral, neutral),
    smallKey("A neutral", neutral.toBytes(), neutral),
    smallKey("A neutral, not canonical", nonCanonicalNeutral, neutral),
    smallKey("A neutral with a sign (-0)", littleEndian(1n + 2n ** 255n), neutral),
    smallKey("A of order 2 with a sign (-0)", littleEndian(P - 1n + 2n ** 255n), torsion[4]!),
    withS("S = L", L),
    withS("S = L - 1", L - 1n),
    withS("S = 0", 0n),
    withS("S of all ones", 2n ** 256n - 1n),
    withS("S with its highest bit set", honestS + 2n ** 255n),
    { ...base, name: "A with y = 2, on no curve point", publicKey: littleEndian(2n), valid: false },
    {
      ...base,
      name: "R with y = 2, on no curve point",
      signature: signature(littleEndian(2n), honestS),
      valid: false,
    },
  ];
}

/** S = 0 with R = -[k]A, both of small order. */
function zeroS(point: Point): Pick<Ed25519Case, "message" | "signature"> {
  return search((message) => {
    for (const commitment of torsion) {
      const k = challenge(commitment.toBytes(), point.toBytes(), message);
      if (times(point, k).add(commitment).is0()) {
        const bytes = signature(commitment.toBytes(), 0n);
        return { name: "", publicKey: point.toBytes(), message, signature: bytes, valid: false };
      }
    }
    return null;
  }) as Pick<Ed25519Case, "message" | "signature">;
}

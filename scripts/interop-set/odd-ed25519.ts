/**
 * Endorsements whose Ed25519 signature is one that verifiers are known to disagree on (Chalkias, Garillot and Nikolaenko,
 * "Taming the many EdDSAs", 2020): keys and commitments of small order, of mixed order, other spellings. All else about
 * them is right, and tokens of the registrars lie on the odd key.
 */
import { ed25519 } from "@noble/curves/ed25519.js";
import { sha512 } from "@noble/hashes/sha2.js";
import {
  concatBytes,
  type EndorsementLeaf,
  encodeBase64url,
  type LetterRef,
  sha256,
  signedMessage,
  utf8Encode,
} from "@undersigned/core";
import { forgeToken } from "./forged-tokens.ts";
import type { Mutable, SetBuilder } from "./set-builder.ts";

const { Point } = ed25519;
type Point = InstanceType<typeof Point>;
const B = Point.BASE;
const L = Point.Fn.ORDER;
const P = 2n ** 255n - 19n;

/** Little-endian, 32 bytes. */
function encode(value: bigint): Uint8Array {
  return Uint8Array.from(Buffer.from(value.toString(16).padStart(64, "0"), "hex").reverse());
}

function decode(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).reverse().toString("hex")}`);
}

const times = (point: Point, n: bigint) => point.multiplyUnsafe(((n % L) + L) % L);
const scalar = (name: string) => decode(sha512(utf8Encode(`undersigned interop scalar\n${name}`))) % L;

/** A point of order 8: L times any point that has such a part. */
function orderEight(): Point {
  for (let y = 2n; ; y++) {
    let point: Point;
    try {
      point = Point.fromBytes(encode(y));
    } catch {
      continue;
    }
    const torsion = times(point, L - 1n).add(point);
    if (!times(torsion, 4n).is0()) return torsion;
  }
}

const T = orderEight();
const a = scalar("a");
const r = scalar("r");

/** A way to sign: key and commitment as encoded, and S for a challenge, or null where the challenge does not suit. */
interface Way {
  readonly key: Uint8Array;
  readonly commitment: Uint8Array;
  readonly s: (k: bigint) => bigint | null;
}

export const ODD_SIGNATURES = {
  /** Holds without the cofactor: to be accepted. */
  "mixed-order": mixed(true),
  /** Holds only when both sides are multiplied by eight. */
  "needs-cofactor": mixed(false),
  "key-of-small-order": smallKey(T.toBytes(), T),
  "key-neutral": smallKey(encode(1n), Point.ZERO),
  "key-not-canonical": smallKey(encode(P + 1n), Point.ZERO),
  "key-with-sign-of-zero": smallKey(encode(1n + 2n ** 255n), Point.ZERO),
  "commitment-of-small-order": smallCommitment(encode(1n)),
  "commitment-not-canonical": smallCommitment(encode(P + 1n)),
  "s-plus-order": {
    key: times(B, a).toBytes(),
    commitment: times(B, r).toBytes(),
    s: (k) => ((r + k * a) % L) + L,
  },
} as const satisfies Record<string, Way>;

/** A = aB + T, R = rB + 3T: [S]B - [k]A is R exactly if k times T is minus three times T. */
function mixed(cofactorless: boolean): Way {
  return {
    key: times(B, a).add(T).toBytes(),
    commitment: times(B, r).add(times(T, 3n)).toBytes(),
    s: (k) =>
      times(T, k % 8n)
        .add(times(T, 3n))
        .is0() === cofactorless
        ? (r + k * a) % L
        : null,
  };
}

/** The key has no secret: whoever picks R = [s]B - (a multiple of it) has a signature as soon as the challenge suits. */
function smallKey(key: Uint8Array, point: Point): Way {
  return {
    key,
    commitment: times(B, r).subtract(point).toBytes(),
    s: (k) => (times(point, k % 8n).equals(point) ? r : null),
  };
}

/** R is the neutral point, spelt as given: S = k a. */
function smallCommitment(commitment: Uint8Array): Way {
  return { key: times(B, a).toBytes(), commitment, s: (k) => (k * a) % L };
}

/** The leaf with odd key and signature, tokens for it, and a commitment that makes the challenge suit. */
export function oddEndorsement(
  builder: SetBuilder,
  at: LetterRef,
  model: EndorsementLeaf,
  { key, commitment, s }: Way,
): EndorsementLeaf {
  const { sig: _, ...leaf } = structuredClone(model) as Mutable<EndorsementLeaf>;
  leaf.key = encodeBase64url(key);
  leaf.tokens = [0, 1].map((registrar) =>
    forgeToken(builder, leaf.key, registrar, { signer: registrar, keyOf: at }),
  );
  for (let i = 0; i < 1000; i++) {
    leaf.commitment = encodeBase64url(sha256(utf8Encode(`undersigned interop commitment\n${i}`)));
    const k = decode(sha512(concatBytes(commitment, key, signedMessage(leaf)))) % L;
    const value = s(k);
    if (value !== null) return { ...leaf, sig: encodeBase64url(concatBytes(commitment, encode(value))) };
  }
  throw new Error("No commitment makes the challenge suit.");
}

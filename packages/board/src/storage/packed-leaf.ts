/**
 * Leaves of the pool in half the room of their JSON. The letter is the row's; everything else of the leaf is here:
 *
 *     endorsement   00 class(1) key(32) commitment(32) n(1) n * [registrar(32) prefix(32) signature(256)] sig(64)
 *     revision      01 seq(2, big-endian) previous(32) key(32) commitment(32) sig(64)
 *     withdrawal    02 seq(2, big-endian) previous(32) key(32) sig(64)
 *
 * Canonical JSON has one spelling, so the bytes of the leaf come back exactly; whoever unpacks compares the leaf hash.
 */
import {
  CLASSES,
  concatBytes,
  decodeBase64url,
  type EndorsementLeaf,
  encodeBase64url,
  type SignatoryLeaf,
  SUITE,
} from "@undersigned/core";
import { BoardError } from "../errors.ts";

const TOKEN_BYTES = 32 + 32 + 256;

export function packLeaf(leaf: SignatoryLeaf): Uint8Array {
  const key = decodeBase64url(leaf.key, 32);
  const sig = decodeBase64url(leaf.sig, 64);
  if (leaf.type === "endorsement") {
    const head = Uint8Array.of(0, CLASSES.indexOf(leaf.class));
    const tokens = leaf.tokens.flatMap(({ registrar, prefix, signature }) => [
      decodeBase64url(registrar, 32),
      decodeBase64url(prefix, 32),
      decodeBase64url(signature, 256),
    ]);
    const commitment = decodeBase64url(leaf.commitment, 32);
    return concatBytes(head, key, commitment, Uint8Array.of(leaf.tokens.length), ...tokens, sig);
  }
  const seq = Uint8Array.of(leaf.seq >> 8, leaf.seq & 0xff);
  const previous = decodeBase64url(leaf.previous, 32);
  if (leaf.type === "withdrawal") return concatBytes(Uint8Array.of(2), seq, previous, key, sig);
  return concatBytes(Uint8Array.of(1), seq, previous, key, decodeBase64url(leaf.commitment, 32), sig);
}

/** The leaf that was packed, its fields in canonical order, which spares sorting them. Throws `log-damaged` for bytes of another form. `letter` is base64url. */
export function unpackLeaf(packed: Uint8Array, letter: string): SignatoryLeaf {
  let at = 1;
  const bytes = (length: number) => {
    const part = packed.subarray(at, at + length);
    if (part.length !== length) throw damaged();
    at += length;
    return part;
  };
  const text = (length: number) => encodeBase64url(bytes(length));
  const number = () => bytes(1)[0]! * 256 + bytes(1)[0]!;
  const end = <T>(leaf: T): T => {
    if (at !== packed.length) throw damaged();
    return leaf;
  };

  switch (packed[0]) {
    case 0: {
      const endorsementClass = CLASSES[bytes(1)[0]!];
      if (endorsementClass === undefined) throw damaged();
      const key = text(32);
      const commitment = text(32);
      const count = bytes(1)[0]!;
      if (packed.length !== at + count * TOKEN_BYTES + 64) throw damaged();
      const tokens: EndorsementLeaf["tokens"] = [];
      for (let i = 0; i < count; i++) {
        const registrar = text(32);
        tokens.push({ prefix: text(32), registrar, signature: text(256) });
      }
      return end({
        class: endorsementClass,
        commitment,
        key,
        letter,
        previous: null,
        seq: 0,
        sig: text(64),
        suite: SUITE,
        tokens,
        type: "endorsement",
        v: 1,
      });
    }
    case 1: {
      const seq = number();
      const previous = text(32);
      const key = text(32);
      const commitment = text(32);
      return end({ commitment, key, letter, previous, seq, sig: text(64), type: "revision", v: 1 });
    }
    case 2: {
      const seq = number();
      const previous = text(32);
      const key = text(32);
      return end({ key, letter, previous, seq, sig: text(64), type: "withdrawal", v: 1 });
    }
    default:
      throw damaged();
  }
}

function damaged(): BoardError {
  return new BoardError("log-damaged", "The pool is damaged: restore the newest copy of the database.");
}

/** What a decision on a packed leaf needs, without making text of it. The bytes are views. */
export type PeekedLeaf = {
  readonly type: SignatoryLeaf["type"];
  readonly key: Uint8Array;
  readonly seq: number;
  /** Index in core's CLASSES; 0 for a revision or withdrawal. */
  readonly class: number;
  /** Of an endorsement's tokens. */
  readonly registrars: readonly Uint8Array[];
};

/** Throws `log-damaged` for bytes that are none. */
export function peekLeaf(packed: Uint8Array): PeekedLeaf {
  const kind = packed[0];
  if (kind === 0) {
    const count = packed[66] ?? 0;
    const registrars = Array.from({ length: count }, (_, i) => {
      return packed.subarray(67 + i * TOKEN_BYTES, 67 + i * TOKEN_BYTES + 32);
    });
    if (packed.length !== 67 + count * TOKEN_BYTES + 64) throw damaged();
    return { type: "endorsement", key: packed.subarray(2, 34), seq: 0, class: packed[1]!, registrars };
  }
  if (kind !== 1 && kind !== 2) throw damaged();
  if (packed.length !== (kind === 1 ? 163 : 131)) throw damaged();
  const seq = packed[1]! * 256 + packed[2]!;
  const type = kind === 1 ? "revision" : "withdrawal";
  return { type, key: packed.subarray(35, 67), seq, class: 0, registrars: [] };
}

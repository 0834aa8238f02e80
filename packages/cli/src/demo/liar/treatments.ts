/** How a dishonest registrar treats whom: everyone who comes in their turn, and the same person always alike. */
import { randomBytes, randomInt } from "node:crypto";
import {
  type BlindedSlots,
  decodeBase64url,
  type Enrolment,
  encodeBase64url,
  RSA_MODULUS_BYTES,
} from "@undersigned/core";
import type { AttemptKind } from "./attempts.ts";
import { type OwnKeys, signBlinded, slotKey } from "./own-keys.ts";

export const TREATMENTS = [
  /** Right signatures under the slots' keys, with one bit of one of them flipped. */
  "flipped",
  "fresh-key",
  /** The reservation is never answered. */
  "no-reservation",
  "honest",
  "truncated",
  "other-slot",
  /** The reservation is answered and the enrolment never. */
  "no-answer",
  /** A right signature of something else. */
  "other-message",
  "errors",
  /** Says that the right code is wrong. */
  "denies-code",
] as const;

export type Treatment = (typeof TREATMENTS)[number];

export const KIND_OF: Readonly<Record<Exclude<Treatment, "honest">, AttemptKind>> = {
  flipped: "wrong-signature",
  truncated: "wrong-signature",
  "other-message": "wrong-signature",
  "fresh-key": "other-key",
  "other-slot": "other-key",
  "no-reservation": "failing-for-one",
  "no-answer": "failing-for-one",
  errors: "failing-for-one",
  "denies-code": "failing-for-one",
};

/** The treatments that are an answer with something else than the right signatures. */
export type FalseAnswer = "flipped" | "truncated" | "other-message" | "fresh-key" | "other-slot";

export function falseSignatures(as: FalseAnswer, keys: OwnKeys, slots: BlindedSlots): Enrolment["slots"] {
  const spoiled = randomInt(slots.length);
  return slots.map(({ slot, blinded }) => {
    const message = decodeBase64url(blinded, RSA_MODULUS_BYTES);
    return { slot, signature: encodeBase64url(falseSignature(as, keys, slot, message, slot === spoiled)) };
  });
}

/** `spoiled`: whether this is the one slot of those answers that are right but for one. */
function falseSignature(
  as: FalseAnswer,
  keys: OwnKeys,
  slot: number,
  message: Uint8Array,
  spoiled: boolean,
): Uint8Array {
  const own = slotKey(keys, slot);
  switch (as) {
    case "flipped": {
      const signature = signBlinded(own, message);
      return spoiled ? flipped(signature) : signature;
    }
    case "truncated": {
      const signature = signBlinded(own, message);
      return spoiled ? signature.subarray(0, -1) : signature;
    }
    case "other-message": {
      const other = randomBytes(RSA_MODULUS_BYTES);
      // Below every modulus of this size.
      other[0] = 0;
      return signBlinded(own, other);
    }
    case "fresh-key":
      return signBlinded(keys.fresh, message);
    case "other-slot":
      return signBlinded(slotKey(keys, (slot + 1) % keys.slots.length), message);
  }
}

function flipped(signature: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(signature);
  const at = randomInt(1, copy.length);
  copy[at] = (copy[at] as number) ^ (1 << randomInt(8));
  return copy;
}

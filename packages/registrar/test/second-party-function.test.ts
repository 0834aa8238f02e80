/** The function of two parties against RFC 9497's own vectors, and against what neither party may accept. */
import { readFile } from "node:fs/promises";
import { ristretto255, ristretto255_oprf } from "@noble/curves/ed25519.js";
import { bytesToBigInt, decodeHex, encodeHex, randomBytes } from "@undersigned/core";
import { describe, expect, it } from "vitest";
import { RegistrarError } from "../src/index.ts";
import {
  blindInput,
  evaluateBlinded,
  finishInputs,
  keyOf,
  makeSecretKey,
  requireElement,
} from "../src/second-party/voprf.ts";

type Vector = {
  Batch: number;
  Blind: string;
  BlindedElement: string;
  EvaluationElement: string;
  Input: string;
  Output: string;
  Proof: { proof: string; r: string };
};
type Group = {
  identifier: string;
  mode: number;
  seed: string;
  keyInfo: string;
  skSm: string;
  pkSm: string;
  vectors: Vector[];
};

const file = new URL("vectors/rfc9497/allVectors.json", import.meta.url);
const groups = JSON.parse(await readFile(file, "utf8")) as Group[];
const [group, ...others] = groups.filter(
  (item) => item.identifier === "ristretto255-SHA512" && item.mode === 1,
);

const ORDER = ristretto255.Point.Fn.ORDER;
const ONE = decodeHex(`01${"00".repeat(31)}`);
const IDENTITY = new Uint8Array(32);

function littleEndian(number: bigint, length: number): Uint8Array {
  return decodeHex(number.toString(16).padStart(length * 2, "0")).reverse();
}

/** Bytes from which the library draws this very scalar: it reduces them to 1 … order - 1. */
function drawing(scalar: string) {
  const number = bytesToBigInt(decodeHex(scalar).reverse());
  return (length = 32) => littleEndian(number - 1n, length);
}

const list = (text: string) => text.split(",").map((item) => decodeHex(item));
const hex = (items: readonly Uint8Array[]) => items.map((item) => encodeHex(item)).join(",");

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof RegistrarError) return error.code;
    throw error;
  }
  return "accepted";
}

describe("vectors of RFC 9497, appendix A.1.2", () => {
  it("are three: two of one input and one of two", () => {
    expect(others).toEqual([]);
    expect(group?.vectors.map((vector) => vector.Batch)).toEqual([1, 1, 2]);
  });

  it("have the key that their seed gives", () => {
    const derived = ristretto255_oprf.voprf.deriveKeyPair(decodeHex(group!.seed), decodeHex(group!.keyInfo));
    expect(encodeHex(derived.secretKey)).toBe(group!.skSm);
    expect(encodeHex(keyOf(derived.secretKey).publicKey)).toBe(group!.pkSm);
  });

  it.each([0, 1, 2])("number %i comes out byte for byte, on both sides", (n) => {
    const vector = group!.vectors[n]!;
    const inputs = list(vector.Input);
    const blinds = vector.Blind.split(",");
    const blinded = inputs.map((input, i) => blindInput(input, drawing(blinds[i]!)));
    expect(hex(blinded.map((item) => item.blind))).toBe(vector.Blind);
    expect(hex(blinded.map((item) => item.element))).toBe(vector.BlindedElement);
    const key = keyOf(decodeHex(group!.skSm));
    const elements = blinded.map((item) => item.element);
    const { evaluated, proof } = evaluateBlinded(key, elements, drawing(vector.Proof.r));
    expect(hex(evaluated)).toBe(vector.EvaluationElement);
    expect(encodeHex(proof)).toBe(vector.Proof.proof);
    const items = blinded.map((item, i) => ({ ...item, input: inputs[i]!, evaluated: evaluated[i]! }));
    expect(hex(finishInputs(items, decodeHex(group!.pkSm), proof))).toBe(vector.Output);
  });
});

/** Encodings that RFC 9496 section 4.3.1 refuses, each for a reason of its own. */
const NO_ELEMENTS: readonly (readonly [string, Uint8Array])[] = [
  ["the identity", IDENTITY],
  ["a field element that is not reduced", littleEndian(2n ** 255n - 19n + 2n, 32)],
  ["a negative field element", ONE],
  ["a field element of no point", littleEndian(2n ** 255n - 19n - 1n, 32)],
  ["bytes of all ones", new Uint8Array(32).fill(255)],
  ["31 bytes", new Uint8Array(31)],
  ["33 bytes", new Uint8Array(33)],
  ["no bytes", new Uint8Array()],
];
const NO_SCALARS: readonly (readonly [string, Uint8Array])[] = [
  ["the order", littleEndian(ORDER, 32)],
  ["bytes of all ones", new Uint8Array(32).fill(255)],
  ["31 bytes", new Uint8Array(31)],
  ["33 bytes", new Uint8Array(33)],
];

function exchange() {
  const key = keyOf(makeSecretKey());
  const input = randomBytes(40);
  const blinded = blindInput(input);
  const { evaluated, proof } = evaluateBlinded(key, [blinded.element]);
  return { key, proof, item: { ...blinded, input, evaluated: evaluated[0]! } };
}

describe("either party refuses", () => {
  it.each(NO_ELEMENTS)("%s as an element, wherever it comes in", (_, bytes) => {
    const { key, proof, item } = exchange();
    expect(codeOf(() => requireElement(bytes))).toBe("bad-element");
    expect(codeOf(() => evaluateBlinded(key, [bytes]))).toBe("bad-element");
    expect(codeOf(() => finishInputs([{ ...item, evaluated: bytes }], key.publicKey, proof))).toBe(
      "bad-element",
    );
    expect(codeOf(() => finishInputs([{ ...item, element: bytes }], key.publicKey, proof))).toBe(
      "bad-element",
    );
    expect(codeOf(() => finishInputs([item], bytes, proof))).toBe("bad-element");
  });

  it.each(NO_SCALARS)("%s as a scalar, wherever it comes in", (_, bytes) => {
    const { key, proof, item } = exchange();
    expect(codeOf(() => keyOf(bytes))).toBe("bad-scalar");
    expect(codeOf(() => finishInputs([{ ...item, blind: bytes }], key.publicKey, proof))).toBe("bad-scalar");
    for (const forged of [
      Buffer.concat([bytes, proof.subarray(32)]),
      Buffer.concat([proof.subarray(0, 32), bytes]),
    ]) {
      expect(codeOf(() => finishInputs([item], key.publicKey, forged))).toBe("bad-scalar");
    }
  });

  it("zero as a key or a blind", () => {
    const { key, proof, item } = exchange();
    expect(codeOf(() => keyOf(IDENTITY))).toBe("bad-scalar");
    expect(codeOf(() => finishInputs([{ ...item, blind: IDENTITY }], key.publicKey, proof))).toBe(
      "bad-scalar",
    );
  });

  it("a proof that is not of this key, this element or this answer, and one with any bit changed", () => {
    const { key, proof, item } = exchange();
    const other = exchange();
    expect(finishInputs([item], key.publicKey, proof)[0]).toHaveLength(64);
    const attempts = [
      () => finishInputs([item], other.key.publicKey, proof),
      () => finishInputs([item], key.publicKey, other.proof),
      () => finishInputs([{ ...item, element: other.item.element }], key.publicKey, proof),
      () => finishInputs([{ ...item, evaluated: other.item.evaluated }], key.publicKey, proof),
      () => finishInputs([item], key.publicKey, new Uint8Array(64)),
    ];
    for (const attempt of attempts) expect(codeOf(attempt)).toBe("bad-proof");
    for (let bit = 0; bit < 512; bit += 7) {
      const changed = proof.slice();
      changed[bit >> 3]! ^= 1 << (bit & 7);
      expect(["bad-proof", "bad-scalar"]).toContain(
        codeOf(() => finishInputs([item], key.publicKey, changed)),
      );
    }
  });
});

describe("an output", () => {
  it("is the same under every blind, and another for another key or input", () => {
    const key = keyOf(makeSecretKey());
    const outputOf = (of: typeof key, input: Uint8Array) => {
      const blinded = blindInput(input);
      const { evaluated, proof } = evaluateBlinded(of, [blinded.element]);
      return encodeHex(
        finishInputs([{ ...blinded, input, evaluated: evaluated[0]! }], of.publicKey, proof)[0]!,
      );
    };
    const input = randomBytes(20);
    const first = outputOf(key, input);
    expect(outputOf(key, input)).toBe(first);
    expect(outputOf(key, randomBytes(20))).not.toBe(first);
    expect(outputOf(keyOf(makeSecretKey()), input)).not.toBe(first);
  });
});

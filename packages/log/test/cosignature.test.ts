import { describe, expect, test } from "vitest";
import {
  cosignatureMessage,
  ed25519CosignatureSigner,
  ed25519CosignatureVerifier,
  formatVkey,
  KEY_TYPE_COSIGNATURE_ED25519,
  KEY_TYPE_ED25519,
  openNote,
  parseNote,
  readCosignature,
  signNote,
} from "../src/index.ts";
import { bytes, codeOf, flipBit, keyPair, text, vectors, verifyEd25519 } from "./support.ts";

interface NoteVector {
  id: string;
  vkeys: string[];
  note: string;
  expect: string;
  cosignature_timestamp?: number;
}
const notes = vectors<NoteVector[]>("tlog-notes/notes.json");
const { good } = vectors<{ good: { vkey: string; source: string }[] }>("tlog-notes/vkeys.json");
const body = bytes("example.com/log\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n");
const { publicKey, sign } = keyPair(5);
const verifier = ed25519CosignatureVerifier(
  formatVkey("witness.example.com", KEY_TYPE_COSIGNATURE_ED25519, publicKey),
  verifyEd25519,
);
const signerAt = (time: number) =>
  ed25519CosignatureSigner("witness.example.com", publicKey, sign, () => time);

describe("published cosignatures", () => {
  const cosigned = notes.filter(({ expect }) => expect.includes("cosignature/v1"));
  test("are three", () => {
    expect(cosigned.map(({ id }) => id)).toEqual([
      "cosigned-witness",
      "cosigned-mirror",
      "cosigned-witness2",
    ]);
  });

  test.each(cosigned)("$id verifies, and not over another body or time", async ({ note, vkeys }) => {
    const witness = ed25519CosignatureVerifier(vkeys[0]!, verifyEd25519);
    const { verified, textBytes } = await openNote(bytes(note), [witness]);
    expect(verified).toHaveLength(1);
    const { signature } = verified[0]!;
    expect(readCosignature(signature).timestamp).toBe(1_767_139_200);
    expect(await witness.verify(textBytes, signature)).toBe(true);
    expect(await witness.verify(flipBit(textBytes, 0), signature)).toBe(false);
    // Bit 56 is in the last byte of the timestamp.
    expect(await witness.verify(textBytes, flipBit(signature, 56))).toBe(false);
    expect(await witness.verify(textBytes, flipBit(signature, 64))).toBe(false);
  });

  test("state their time in the first eight bytes", () => {
    const example = notes.find(({ id }) => id === "c2sp-cosignature-example")!;
    const [, witness] = parseNote(bytes(example.note)).signatures;
    expect(readCosignature(witness!.signature).timestamp).toBe(example.cosignature_timestamp);
  });
});

test("the signed message has a header, the time and the whole body", () => {
  expect(text(cosignatureMessage(1_679_315_147, body))).toBe(
    `cosignature/v1\ntime 1679315147\nexample.com/log\n1\n${"A".repeat(43)}=\n`,
  );
});

test.each([0, 1, 1_700_000_000, 2 ** 32, Number.MAX_SAFE_INTEGER])(
  "a cosignature at %d verifies",
  async (time) => {
    const signature = await signerAt(time).sign(body);
    expect(signature).toHaveLength(72);
    expect(readCosignature(signature).timestamp).toBe(time);
    expect(await verifier.verify(body, signature)).toBe(true);
    expect(await verifier.verify(bytes(`${text(body)}extension\n`), signature)).toBe(false);
  },
);

test("a cosignature reads the same out of the middle of a larger buffer", async () => {
  const signature = await signerAt(1_700_000_000).sign(body);
  const buffer = new Uint8Array(100).fill(0xff);
  buffer.set(signature, 11);
  expect(readCosignature(buffer.subarray(11, 83)).timestamp).toBe(1_700_000_000);
  expect(await verifier.verify(body, buffer.subarray(11, 83))).toBe(true);
});

test.each([-1, 0.5, Number.NaN, 2 ** 53])("no cosignature is made at the time %d", async (time) => {
  expect(await codeOf(() => signerAt(time).sign(body))).toBe("cosignature-malformed");
});

test("a plain signature does not pass for a cosignature, nor the other way round", async () => {
  expect(await codeOf(() => readCosignature(sign(body)))).toBe("cosignature-malformed");
  const note = parseNote(await signNote(text(body), [signerAt(1)]));
  expect(note.signatures[0]!.keyId).not.toBe(
    parseNote(await signNote(text(body), [{ ...signerAt(1), keyId: "00000000" }])).signatures[0]!.keyId,
  );
  expect(verifyEd25519(note.signatures[0]!.signature.slice(8), body, publicKey)).toBe(false);
});

test("a cosignature of the wrong length, or beyond 2^53-1 seconds, makes the note worthless to who knows the key", async () => {
  const signature = await signerAt(1).sign(body);
  const far = new Uint8Array(signature);
  far[1] = 0x20;
  const negative = new Uint8Array(signature);
  negative[0] = 0x80;
  for (const bad of [signature.slice(0, 71), Uint8Array.of(...signature, 0), far, negative]) {
    expect(await codeOf(() => readCosignature(bad))).toBe("cosignature-malformed");
    const note = await signNote(text(body), [{ ...signerAt(1), sign: () => bad }]);
    expect(await codeOf(() => openNote(note, [verifier]))).toBe("note-signature-invalid");
  }
});

test("ML-DSA-44 witnesses cannot be configured, and their lines are ignored as unknown", async () => {
  const mldsa = good.find(({ source }) => source.includes("ML-DSA-44"))!.vkey;
  expect(await codeOf(() => ed25519CosignatureVerifier(mldsa, verifyEd25519))).toBe("vkey-unsupported");
  const [name, keyId] = mldsa.split("+");
  const line = { name: name!, keyId: keyId!, sign: () => new Uint8Array(8 + 2420).fill(7) };
  const opened = await openNote(await signNote(text(body), [line, signerAt(1)]), [verifier]);
  expect(opened.verified.map(({ name }) => name)).toEqual(["witness.example.com"]);
  expect(opened.unverified.map(({ name }) => name)).toEqual([name]);
});

test("a log's key type is not taken for a witness's", async () => {
  const vkey = formatVkey("witness.example.com", KEY_TYPE_ED25519, publicKey);
  expect(await codeOf(() => ed25519CosignatureVerifier(vkey, verifyEd25519))).toBe("vkey-unsupported");
  expect(await codeOf(() => ed25519CosignatureSigner("a b", publicKey, sign, () => 1))).toBe(
    "vkey-malformed",
  );
  expect(await codeOf(() => ed25519CosignatureSigner("a", new Uint8Array(31), sign, () => 1))).toBe(
    "vkey-malformed",
  );
});

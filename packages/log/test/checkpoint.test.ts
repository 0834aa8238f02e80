import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type CheckpointTrust,
  EMPTY_ROOT,
  ed25519CosignatureSigner,
  ed25519CosignatureVerifier,
  ed25519NoteSigner,
  ed25519NoteVerifier,
  encodeBase64,
  formatCheckpoint,
  formatVkey,
  KEY_TYPE_COSIGNATURE_ED25519,
  KEY_TYPE_ED25519,
  openCheckpoint,
  parseCheckpoint,
  rootOf,
  signNote,
} from "../src/index.ts";
import { bytes, codeOf, keyPair, leaves, vectors, verifyEd25519 } from "./support.ts";

const origin = "example.com/log";
const root = rootOf(leaves(3));
const rootLine = encodeBase64(root);
const logKey = keyPair(1);
const logSigner = ed25519NoteSigner(origin, logKey.publicKey, logKey.sign);
const logVerifier = ed25519NoteVerifier(
  formatVkey(origin, KEY_TYPE_ED25519, logKey.publicKey),
  verifyEd25519,
);
const witnessKey = keyPair(2);
const witnessName = "witness.example.com";
const witnessSigner = ed25519CosignatureSigner(
  witnessName,
  witnessKey.publicKey,
  witnessKey.sign,
  () => 1_700_000_000,
);
const witness = ed25519CosignatureVerifier(
  formatVkey(witnessName, KEY_TYPE_COSIGNATURE_ED25519, witnessKey.publicKey),
  verifyEd25519,
);
const trust: CheckpointTrust = { origin, verifiers: [logVerifier], witnesses: [witness] };

test("a checkpoint body has origin, size and root, a line each", () => {
  expect(formatCheckpoint({ origin, size: 3, root })).toBe(`example.com/log\n3\n${rootLine}\n`);
});

test("any tree head round-trips", () => {
  const name = fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 });
  const size = fc.oneof(fc.nat(), fc.maxSafeNat());
  fc.assert(
    fc.property(name, size, fc.uint8Array({ minLength: 32, maxLength: 32 }), (origin, size, root) => {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: an origin cannot hold them.
      fc.pre(!/[\u0000-\u001f]/.test(origin));
      const head = { origin, size, root: new Uint8Array(root) };
      expect(parseCheckpoint(formatCheckpoint(head))).toEqual({ ...head, extensions: [] });
    }),
  );
});

test("extension lines are read", () => {
  expect(parseCheckpoint(`${origin}\n3\n${rootLine}\none\ntwo words\n`).extensions).toEqual([
    "one",
    "two words",
  ]);
});

test("published checkpoints are read", () => {
  const notes = vectors<{ id: string; note: string }[]>("tlog-notes/notes.json");
  const body = (id: string) => notes.find((note) => note.id === id)!.note.split("\n\n")[0]!;
  expect(parseCheckpoint(`${body("c2sp-checkpoint-example")}\n`)).toMatchObject({
    origin: "example.com/behind-the-sofa",
    size: 20_852_163,
  });
  expect(parseCheckpoint(`${body("sumdb-35225469")}\n`)).toMatchObject({
    origin: "go.sum database tree",
    size: 35_225_469,
  });
});

test.each([
  ["nothing in it", ""],
  ["no root", `${origin}\n3\n`],
  ["no LF at its end", `${origin}\n3\n${rootLine}`],
  ["an empty origin", `\n3\n${rootLine}\n`],
  ["an empty extension line", `${origin}\n3\n${rootLine}\n\n`],
  ["an empty line before an extension", `${origin}\n3\n${rootLine}\n\nmore\n`],
  ["an empty size", `${origin}\n\n${rootLine}\n`],
  ["a size with a leading zero", `${origin}\n03\n${rootLine}\n`],
  ["a size with a sign", `${origin}\n+3\n${rootLine}\n`],
  ["a negative size", `${origin}\n-3\n${rootLine}\n`],
  ["a size with a space", `${origin}\n3 \n${rootLine}\n`],
  ["a hexadecimal size", `${origin}\n0x3\n${rootLine}\n`],
  ["a size with an exponent", `${origin}\n3e0\n${rootLine}\n`],
  ["a size in other digits", `${origin}\n\u0663\n${rootLine}\n`],
  ["a size of 2^53", `${origin}\n9007199254740992\n${rootLine}\n`],
  ["a size of 2^63-1", `${origin}\n9223372036854775807\n${rootLine}\n`],
  ["a root of 31 bytes", `${origin}\n3\n${encodeBase64(root.slice(1))}\n`],
  ["a root of 33 bytes", `${origin}\n3\n${encodeBase64(Uint8Array.of(1, ...root))}\n`],
  ["a root without padding", `${origin}\n3\n${rootLine.replace("=", "")}\n`],
  ["a root in hexadecimal", `${origin}\n3\n${Buffer.from(root).toString("hex")}\n`],
  ["a root in the URL alphabet", `${origin}\n3\n${"_".repeat(43)}=\n`],
])("a checkpoint body with %s is refused", async (_, body) => {
  expect(await codeOf(() => parseCheckpoint(body))).toBe("checkpoint-malformed");
});

test("a size of 2^53-1 is read", () => {
  expect(parseCheckpoint(`${origin}\n9007199254740991\n${rootLine}\n`).size).toBe(Number.MAX_SAFE_INTEGER);
});

test("a tree head that could not be read again is not written", async () => {
  expect(await codeOf(() => formatCheckpoint({ origin: "", size: 3, root }))).toBe("checkpoint-malformed");
  expect(await codeOf(() => formatCheckpoint({ origin: "a\nb", size: 3, root }))).toBe(
    "checkpoint-malformed",
  );
  expect(await codeOf(() => formatCheckpoint({ origin: "\ud800", size: 3, root }))).toBe(
    "checkpoint-malformed",
  );
  expect(await codeOf(() => formatCheckpoint({ origin, size: 2 ** 53, root }))).toBe("number-out-of-range");
  expect(await codeOf(() => formatCheckpoint({ origin, size: 3, root: root.slice(1) }))).toBe(
    "hash-malformed",
  );
});

describe("opening a checkpoint", () => {
  const body = formatCheckpoint({ origin, size: 3, root });

  test("gives the tree head and the witnesses' times", async () => {
    const opened = await openCheckpoint(await signNote(body, [logSigner, witnessSigner]), trust);
    expect(opened.checkpoint).toEqual({ origin, size: 3, root, extensions: [] });
    expect(opened.text).toBe(body);
    expect(opened.signatures.map(({ name }) => name)).toEqual([origin]);
    expect(opened.cosignatures).toEqual([
      { name: witnessName, keyId: witness.keyId, timestamp: 1_700_000_000 },
    ]);
  });

  test("tells log and witnesses apart in any order of the lines", async () => {
    const opened = await openCheckpoint(await signNote(body, [witnessSigner, logSigner]), trust);
    expect(opened.signatures.map(({ name }) => name)).toEqual([origin]);
    expect(opened.cosignatures.map(({ name }) => name)).toEqual([witnessName]);
  });

  test("needs no witness", async () => {
    const opened = await openCheckpoint(await signNote(body, [logSigner]), {
      origin,
      verifiers: [logVerifier],
    });
    expect(opened.cosignatures).toEqual([]);
  });

  test("does not take witnesses for the log", async () => {
    const note = await signNote(body, [witnessSigner]);
    expect(await codeOf(() => openCheckpoint(note, trust))).toBe("note-unsigned");
  });

  test("refuses another log's checkpoint, though its key is known", async () => {
    const other = formatCheckpoint({ origin: `${origin}2`, size: 3, root });
    const note = await signNote(other, [logSigner]);
    expect(await codeOf(() => openCheckpoint(note, trust))).toBe("checkpoint-origin");
  });

  test("matches the origin byte for byte", async () => {
    const note = await signNote(formatCheckpoint({ origin: "caf\u00e9", size: 3, root }), [logSigner]);
    expect(await codeOf(() => openCheckpoint(note, { ...trust, origin: "cafe\u0301" }))).toBe(
      "checkpoint-origin",
    );
    expect(await codeOf(() => openCheckpoint(note, { ...trust, origin: "caf\u00e9" }))).toBe(
      "nothing thrown",
    );
  });

  test("refuses an empty log with the root of another tree", async () => {
    const lie = await signNote(formatCheckpoint({ origin, size: 0, root }), [logSigner]);
    expect(await codeOf(() => openCheckpoint(lie, trust))).toBe("checkpoint-empty-root");
    const empty = await signNote(formatCheckpoint({ origin, size: 0, root: EMPTY_ROOT }), [logSigner]);
    expect((await openCheckpoint(empty, trust)).checkpoint.size).toBe(0);
  });

  test("refuses signed text that is no checkpoint", async () => {
    const note = await signNote("hello\n", [logSigner]);
    expect(await codeOf(() => openCheckpoint(note, trust))).toBe("checkpoint-malformed");
  });

  test("refuses a log key that is also a witness", async () => {
    const both = ed25519CosignatureVerifier(
      formatVkey(origin, KEY_TYPE_COSIGNATURE_ED25519, logKey.publicKey),
      verifyEd25519,
    );
    const note = await signNote(body, [logSigner]);
    expect(await codeOf(() => openCheckpoint(note, { ...trust, witnesses: [both] }))).toBe(
      "verifier-ambiguous",
    );
  });

  test("refuses bytes that are no note", async () => {
    expect(await codeOf(() => openCheckpoint(bytes(body), trust))).toBe("note-malformed");
  });
});

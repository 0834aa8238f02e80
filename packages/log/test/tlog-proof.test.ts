import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  EMPTY_EDGE,
  ed25519CosignatureSigner,
  ed25519CosignatureVerifier,
  ed25519NoteSigner,
  ed25519NoteVerifier,
  formatCheckpoint,
  formatTlogProof,
  formatVkey,
  growEdge,
  KEY_TYPE_COSIGNATURE_ED25519,
  KEY_TYPE_ED25519,
  type NoteSigner,
  parseTlogProof,
  proveInclusion,
  rootOf,
  signNote,
  type TlogProofPolicy,
  verifyTlogProof,
} from "../src/index.ts";
import {
  bytes,
  codeOf,
  flipBit,
  fromBase64,
  keyPair,
  leaves,
  readerOf,
  text,
  vectors,
  verifyEd25519,
} from "./support.ts";

const published = vectors<{
  marshal: { index: number; hashes: string[]; checkpoint: string; extra_b64?: string; want: string }[];
  reject: { why: string; proof: string }[];
}>("tlog-notes/tlog-proof-parse.json");

describe("published proof files", () => {
  test("are all there", () => {
    expect([published.marshal.length, published.reject.length]).toEqual([3, 7]);
  });

  test.each(published.marshal)(
    "of index $index are written and read",
    ({ index, hashes, checkpoint, extra_b64, want }) => {
      const proof = {
        index,
        proof: hashes.map(fromBase64),
        checkpoint: bytes(checkpoint),
        ...(extra_b64 === undefined ? {} : { extra: fromBase64(extra_b64) }),
      };
      expect(text(formatTlogProof(proof))).toBe(want);
      expect(parseTlogProof(bytes(want))).toStrictEqual(proof);
    },
  );

  test.each(published.reject)("are refused: $why", async ({ proof }) => {
    expect(await codeOf(() => parseTlogProof(bytes(proof)))).toBe("proof-malformed");
  });
});

const HASH = `${"A".repeat(43)}=`;
const MAGIC = "c2sp.org/tlog-proof@v1";

test.each([
  ["nothing in it", ""],
  ["no checkpoint", `${MAGIC}\nindex 0\n\n`],
  ["no blank line", `${MAGIC}\nindex 0\ncheckpoint\n`],
  ["CRLF line ends", `${MAGIC}\r\nindex 0\r\n\r\ncheckpoint\r\n`],
  ["a byte order mark", `\ufeff${MAGIC}\nindex 0\n\ncheckpoint\n`],
  ["a later version", `c2sp.org/tlog-proof@v2\nindex 0\n\ncheckpoint\n`],
  ["a blank first line", `\n\n${MAGIC}\nindex 0\n\ncheckpoint\n`],
  ["an index with a leading zero", `${MAGIC}\nindex 00\n\ncheckpoint\n`],
  ["an index with two spaces", `${MAGIC}\nindex  0\n\ncheckpoint\n`],
  ["an index and something more", `${MAGIC}\nindex 0 \n\ncheckpoint\n`],
  ["an index of 2^53", `${MAGIC}\nindex 9007199254740992\n\ncheckpoint\n`],
  ["two indexes", `${MAGIC}\nindex 0\nindex 0\n\ncheckpoint\n`],
  ["extra data after the index", `${MAGIC}\nindex 0\nextra QQ==\n\ncheckpoint\n`],
  ["extra data twice", `${MAGIC}\nextra QQ==\nextra QQ==\nindex 0\n\ncheckpoint\n`],
  ["extra data without padding", `${MAGIC}\nextra QQ\nindex 0\n\ncheckpoint\n`],
  ["a hash with stray bits", `${MAGIC}\nindex 0\n${"A".repeat(42)}B=\n\ncheckpoint\n`],
  ["a hash of 31 bytes", `${MAGIC}\nindex 0\n${"A".repeat(40)}AA==\n\ncheckpoint\n`],
  ["64 hashes", `${MAGIC}\nindex 0\n${`${HASH}\n`.repeat(64)}\ncheckpoint\n`],
])("a proof file with %s is refused", async (_, file) => {
  expect(await codeOf(() => parseTlogProof(bytes(file)))).toBe("proof-malformed");
});

test("63 hashes are read, and a checkpoint is kept byte for byte with its own blank lines", () => {
  const file = parseTlogProof(bytes(`${MAGIC}\nindex 0\n${`${HASH}\n`.repeat(63)}\nany\n\nbytes\ufeff`));
  expect(file.proof).toHaveLength(63);
  expect(text(file.checkpoint)).toBe("any\n\nbytes\ufeff");
});

test("any proof round-trips", () => {
  const hash = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((data) => new Uint8Array(data));
  const some = fc.uint8Array({ minLength: 1, maxLength: 50 }).map((data) => new Uint8Array(data));
  const proof = fc.record(
    { index: fc.maxSafeNat(), proof: fc.array(hash, { maxLength: 63 }), checkpoint: some, extra: some },
    { requiredKeys: ["index", "proof", "checkpoint"], noNullPrototype: true },
  );
  fc.assert(
    fc.property(proof, (value) => {
      expect(parseTlogProof(formatTlogProof(value))).toStrictEqual(value);
    }),
  );
});

test("a proof that could not be read again is not written", async () => {
  const good = { index: 0, proof: [], checkpoint: bytes("checkpoint\n") };
  expect(await codeOf(() => formatTlogProof({ ...good, index: -1 }))).toBe("number-out-of-range");
  expect(await codeOf(() => formatTlogProof({ ...good, proof: [new Uint8Array(31)] }))).toBe(
    "hash-malformed",
  );
  expect(await codeOf(() => formatTlogProof({ ...good, proof: leaves(64) }))).toBe("proof-malformed");
  expect(await codeOf(() => formatTlogProof({ ...good, checkpoint: new Uint8Array(0) }))).toBe(
    "proof-malformed",
  );
  expect(await codeOf(() => formatTlogProof({ ...good, extra: new Uint8Array(2_000_000) }))).toBe(
    "proof-malformed",
  );
  expect(await codeOf(() => parseTlogProof(new Uint8Array(2_000_001)))).toBe("proof-malformed");
});

describe("verifying a proof", () => {
  const origin = "example.com/log";
  const hashes = leaves(300);
  const root = rootOf(hashes);
  const reader = readerOf(growEdge(EMPTY_EDGE, hashes).tiles);
  const logKey = keyPair(1);
  const log = ed25519NoteSigner(origin, logKey.publicKey, logKey.sign);
  const witness = (name: string, number: number) => {
    const { publicKey, sign } = keyPair(number);
    const vkey = formatVkey(name, KEY_TYPE_COSIGNATURE_ED25519, publicKey);
    return {
      signer: ed25519CosignatureSigner(name, publicKey, sign, () => 1_700_000_000),
      verifier: ed25519CosignatureVerifier(vkey, verifyEd25519),
    };
  };
  const witnesses = [
    witness("w1.example.com", 11),
    witness("w2.example.com", 12),
    witness("w3.example.com", 13),
  ];
  const policy: TlogProofPolicy = {
    leafHash: hashes[299]!,
    origin,
    verifiers: [ed25519NoteVerifier(formatVkey(origin, KEY_TYPE_ED25519, logKey.publicKey), verifyEd25519)],
    witnesses: witnesses.map(({ verifier }) => verifier),
    quorum: 2,
  };
  const proofFile = async (signers: NoteSigner[], index = 299, head = { origin, size: 300, root }) =>
    formatTlogProof({
      index,
      proof: await proveInclusion(299, 300, reader),
      checkpoint: await signNote(formatCheckpoint(head), signers),
      extra: bytes("anyone may have written this"),
    });
  const twoWitnesses = [log, witnesses[0]!.signer, witnesses[2]!.signer];

  test("succeeds with log signature, quorum and path in order", async () => {
    const verified = await verifyTlogProof(await proofFile(twoWitnesses), policy);
    expect(verified.index).toBe(299);
    expect(verified.checkpoint).toMatchObject({ origin, size: 300, root });
    expect(verified.cosignatures.map(({ name }) => name)).toEqual(["w1.example.com", "w3.example.com"]);
    expect(verified).not.toHaveProperty("extra");
  });

  test("fails below the quorum, and succeeds when none is asked for", async () => {
    const file = await proofFile([log, witnesses[0]!.signer]);
    expect(await codeOf(() => verifyTlogProof(file, policy))).toBe("quorum-not-met");
    expect(await codeOf(() => verifyTlogProof(file, { ...policy, quorum: 1 }))).toBe("nothing thrown");
    const bare = await proofFile([log]);
    expect(await codeOf(() => verifyTlogProof(bare, { ...policy, quorum: 0 }))).toBe("nothing thrown");
    expect(await codeOf(() => verifyTlogProof(bare, { ...policy, quorum: 1 }))).toBe("quorum-not-met");
  });

  test("does not count strangers, one witness twice, or two keys of one name", async () => {
    const stranger = witness("w2.example.com", 99);
    const [first] = witnesses;
    const strange = await proofFile([log, first!.signer, stranger.signer]);
    expect(await codeOf(() => verifyTlogProof(strange, policy))).toBe("quorum-not-met");
    const twice = await proofFile([log, first!.signer, first!.signer]);
    expect(await codeOf(() => verifyTlogProof(twice, policy))).toBe("quorum-not-met");
    const second = witness("w1.example.com", 98);
    const sameName = await proofFile([log, first!.signer, second.signer]);
    const known = { ...policy, witnesses: [first!.verifier, second.verifier] };
    expect(await codeOf(() => verifyTlogProof(sameName, known))).toBe("quorum-not-met");
  });

  test("fails without the log's signature, whoever cosigned", async () => {
    const file = await proofFile(witnesses.map(({ signer }) => signer));
    expect(await codeOf(() => verifyTlogProof(file, policy))).toBe("note-unsigned");
  });

  test("fails for another log, another leaf, another index or another root", async () => {
    const file = await proofFile(twoWitnesses);
    expect(await codeOf(() => verifyTlogProof(file, { ...policy, origin: "example.com/other" }))).toBe(
      "checkpoint-origin",
    );
    expect(await codeOf(() => verifyTlogProof(file, { ...policy, leafHash: hashes[298]! }))).toBe(
      "proof-invalid",
    );
    for (const index of [0, 298, 300, 2 ** 40]) {
      const moved = await proofFile(twoWitnesses, index);
      expect(await codeOf(() => verifyTlogProof(moved, policy))).toBe("proof-invalid");
    }
    const rerooted = await proofFile(twoWitnesses, 299, { origin, size: 300, root: flipBit(root, 3) });
    expect(await codeOf(() => verifyTlogProof(rerooted, policy))).toBe("proof-invalid");
  });

  test("fails for a known witness's signature that does not verify, even above the quorum", async () => {
    const liar: NoteSigner = { ...witnesses[1]!.signer, sign: witnesses[0]!.signer.sign };
    const file = await proofFile([...twoWitnesses, liar]);
    expect(await codeOf(() => verifyTlogProof(file, policy))).toBe("note-signature-invalid");
  });

  test.each([-1, 0.5, Number.NaN])("refuses the quorum %d instead of taking it for none", async (quorum) => {
    const file = await proofFile([log]);
    expect(await codeOf(() => verifyTlogProof(file, { ...policy, quorum }))).toBe("number-out-of-range");
  });

  test("fails or leaves the meaning untouched for each single bit of the file changed", async () => {
    const file = await proofFile(twoWitnesses);
    const extraAt = text(file).indexOf("extra ") + 6;
    const extraEnd = text(file).indexOf("\n", extraAt);
    let accepted = 0;
    for (let byte = 0; byte < file.length; byte++) {
      if (byte >= extraAt && byte < extraEnd) continue;
      const damaged = flipBit(file, byte * 8 + (byte % 7));
      if ((await codeOf(() => verifyTlogProof(damaged, policy))) === "nothing thrown") accepted++;
    }
    expect(accepted).toBe(0);
  });
});

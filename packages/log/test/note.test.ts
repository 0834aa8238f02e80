import { ed25519 } from "@noble/curves/ed25519.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  appendSignatures,
  ed25519NoteSigner,
  ed25519NoteVerifier,
  formatNote,
  formatSignatureLine,
  formatVkey,
  KEY_TYPE_ED25519,
  type NoteSigner,
  type NoteVerifier,
  openNote,
  parseNote,
  parseSignatureLines,
  signNote,
} from "../src/index.ts";
import { bytes, codeOf, fromBase64, keyPair, text, vectors, verifyEd25519 } from "./support.ts";

interface NoteVector {
  id: string;
  vkeys: string[];
  extra_vkeys?: string[];
  test_skey?: string;
  note: string;
  expect: string;
}
const notes = vectors<NoteVector[]>("tlog-notes/notes.json");
const verifier = (vkey: string): NoteVerifier => ed25519NoteVerifier(vkey, verifyEd25519);

/** A signer and the verifier that belongs to it. */
function key(name: string, number: number): { signer: NoteSigner; verifier: NoteVerifier } {
  const { publicKey, sign } = keyPair(number);
  return {
    signer: ed25519NoteSigner(name, publicKey, sign),
    verifier: verifier(formatVkey(name, KEY_TYPE_ED25519, publicKey)),
  };
}
const alice = key("alice.example.com", 1);
const bob = key("bob.example.com", 2);

describe("published notes", () => {
  test("are all there", () => {
    expect(notes).toHaveLength(28);
  });

  test.each(notes)("$id parses into its parts and is written again", ({ note }) => {
    const parsed = parseNote(bytes(note));
    expect(note.startsWith(`${parsed.text}\n\u2014 `)).toBe(true);
    expect(text(parsed.textBytes)).toBe(parsed.text);
    expect(text(formatNote(parsed.text, parsed.signatures))).toBe(note);
  });

  const signed = notes.filter(
    ({ vkeys }) => vkeys[0] !== undefined && fromBase64(vkeys[0].split("+")[2]!)[0] === 1,
  );
  test("with an Ed25519 key are 22", () => {
    expect(signed).toHaveLength(22);
  });

  test.each(signed)("$id verifies under its key, and not with its text changed", async ({ note, vkeys }) => {
    const opened = await openNote(bytes(note), vkeys.map(verifier));
    expect(opened.verified).toHaveLength(1);
    expect(opened.verified.length + opened.unverified.length).toBe(note.split("\n\u2014 ").length - 1);
    const changed = bytes(`x${note}`);
    expect(await codeOf(() => openNote(changed, vkeys.map(verifier)))).toBe("note-signature-invalid");
  });

  test.each(notes.filter(({ test_skey }) => test_skey !== undefined))(
    "$id is what its published test key signs",
    async ({ note, test_skey }) => {
      const [, , name, , material] = test_skey!
        .split("+", 4)
        .concat(test_skey!.split("+").slice(4).join("+"));
      const seed = fromBase64(material!).slice(1);
      const signer = ed25519NoteSigner(name!, ed25519.getPublicKey(seed), (message) =>
        ed25519.sign(message, seed),
      );
      expect(text(await signNote(parseNote(bytes(note)).text, [signer]))).toBe(note);
    },
  );

  test("with many signatures verify under every subset of the keys that are real", async () => {
    const vector = notes.find(({ id }) => id === "sumdb-6476701-many-signatures")!;
    const known = [...vector.vkeys, ...vector.extra_vkeys!].filter((vkey) => !vkey.startsWith("witness+"));
    const opened = await openNote(bytes(vector.note), known.map(verifier));
    expect(opened.verified.map(({ name }) => name)).toEqual(["sum.golang.org", "monkeys", "bananas"]);
    expect(opened.unverified.map(({ name }) => name)).toEqual(["witness", "random1", "random2"]);
  });

  test("by keys of other types are unsigned to us", async () => {
    const ct = notes.find(({ id }) => id === "static-ct-rome2024h1")!;
    expect(await codeOf(() => openNote(bytes(ct.note), [alice.verifier]))).toBe("note-unsigned");
    expect(await codeOf(() => verifier(ct.vkeys[0]!))).toBe("vkey-unsupported");
    const cosigned = notes.find(({ id }) => id === "cosigned-witness")!;
    expect(await codeOf(() => verifier(cosigned.vkeys[0]!))).toBe("vkey-unsupported");
  });
});

const line = (name: string, signature: number[]): string =>
  `\u2014 ${name} ${Buffer.from(signature).toString("base64")}\n`;
const FIVE = [1, 2, 3, 4, 5];

test("the form that the refusals below break is accepted", async () => {
  expect(parseNote(bytes(`text\n\n${line("name", FIVE)}`)).signatures).toEqual([
    { name: "name", keyId: "01020304", signature: Uint8Array.of(5) },
  ]);
});

test.each([
  ["nothing in it", ""],
  ["no blank line", `text\n${line("name", FIVE)}`],
  ["no text, not even an empty line", `\n${line("name", FIVE)}`],
  ["no signature", "text\n\n"],
  ["no LF at its end", `text\n\n${line("name", FIVE)}`.slice(0, -1)],
  ["text after the signatures", `text\n\n${line("name", FIVE)}text\n`],
  ["a carriage return", `text\r\n\n${line("name", FIVE)}`],
  ["CRLF line ends", `text\r\n\r\n${line("name", FIVE)}`],
  ["a tab", `te\txt\n\n${line("name", FIVE)}`],
  ["a NUL", `te\0xt\n\n${line("name", FIVE)}`],
  ["an escape character in a name", `text\n\n${line("na\x1bme", FIVE)}`],
  ["a hyphen for the dash", `text\n\n${line("name", FIVE).replace("\u2014", "-")}`],
  ["an en dash for the em dash", `text\n\n${line("name", FIVE).replace("\u2014", "\u2013")}`],
  ["no space after the dash", `text\n\n${line("name", FIVE).replace("\u2014 ", "\u2014")}`],
  ["two spaces after the dash", `text\n\n${line("name", FIVE).replace("\u2014 ", "\u2014  ")}`],
  ["two spaces before the signature", `text\n\n${line("name ", FIVE)}`],
  ["a plus sign in a name", `text\n\n${line("na+me", FIVE)}`],
  ["a no-break space in a name", `text\n\n${line("na\u00a0me", FIVE)}`],
  ["a next-line character in a name", `text\n\n${line("na\u0085me", FIVE)}`],
  ["no name", `text\n\n${line("", FIVE)}`],
  ["no signature on a line", `text\n\n\u2014 name\n`],
  ["an empty signature on a line", `text\n\n\u2014 name \n`],
  ["a key ID without a signature", `text\n\n${line("name", FIVE.slice(0, 4))}`],
  ["base64 without padding", `text\n\n${line("name", FIVE).replace("=", "")}`],
  ["base64 with stray bits", `text\n\n${line("name", FIVE).replace("AU=", "AV=")}`],
  ["a space after the signature", `text\n\n${line("name", FIVE).replace("\n", " \n")}`],
  ["one bad line among good ones", `text\n\n${line("name", FIVE)}junk\n${line("name", FIVE)}`],
])("a note with %s is refused", async (_, note) => {
  expect(await codeOf(() => parseNote(bytes(note)))).toBe("note-malformed");
});

test("a note that is not UTF-8 is refused", async () => {
  const good = bytes(`text\n\n${line("name", FIVE)}`);
  for (const bad of [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xe2, 0x80]]) {
    expect(await codeOf(() => parseNote(Uint8Array.of(...bad, ...good)))).toBe("note-malformed");
  }
});

test("a byte order mark, DEL and unnormalised letters stay part of the signed text", async () => {
  const strange = "\ufeffcafe\u0301 caf\u00e9\u007f\n";
  const note = await signNote(strange, [alice.signer]);
  const opened = await openNote(note, [alice.verifier]);
  expect(opened.text).toBe(strange);
  expect(opened.textBytes).toEqual(note.slice(0, opened.textBytes.length));
});

test("a text may hold blank lines and lines that look like signatures: the last blank line splits", async () => {
  const inner = text(await signNote("inner\n", [bob.signer]));
  const note = await signNote(`${inner}\n`, [alice.signer]);
  const opened = await openNote(note, [alice.verifier, bob.verifier]);
  expect(opened.text).toBe(`${inner}\n`);
  expect(opened.verified.map(({ name }) => name)).toEqual(["alice.example.com"]);
});

test("a note of one million bytes is read and of one more is not", async () => {
  const end = `\n${line("name", FIVE)}`;
  const largest = bytes(`${"x".repeat(999_999 - bytes(end).length)}\n${end}`);
  expect(largest).toHaveLength(1_000_000);
  expect(parseNote(largest).signatures).toHaveLength(1);
  expect(await codeOf(() => parseNote(bytes(`x${text(largest)}`)))).toBe("note-too-large");
  expect(await codeOf(() => formatNote(`x${parseNote(largest).text}`, parseNote(largest).signatures))).toBe(
    "note-too-large",
  );
});

test("16 signatures and even 100 are read, 101 are not", async () => {
  for (const count of [16, 100]) {
    expect(parseNote(bytes(`text\n\n${line("name", FIVE).repeat(count)}`)).signatures).toHaveLength(count);
  }
  const many = bytes(`text\n\n${line("name", FIVE).repeat(101)}`);
  expect(await codeOf(() => parseNote(many))).toBe("note-too-many-signatures");
  const hundred = bytes(`text\n\n${line("name", FIVE).repeat(100)}`);
  const { signatures } = parseNote(hundred);
  expect(await codeOf(() => appendSignatures(hundred, signatures.slice(0, 1)))).toBe(
    "note-too-many-signatures",
  );
});

describe("opening a note", () => {
  const message = "text\n";

  test("gives what was signed, by whom, in the note's order", async () => {
    const note = await signNote(message, [bob.signer, alice.signer]);
    const opened = await openNote(note, [alice.verifier, bob.verifier]);
    expect(opened.text).toBe(message);
    expect(opened.textBytes).toEqual(bytes(message));
    expect(opened.verified.map(({ name }) => name)).toEqual(["bob.example.com", "alice.example.com"]);
    expect(opened.unverified).toEqual([]);
  });

  test("fails when nobody known has signed", async () => {
    const note = await signNote(message, [bob.signer]);
    expect(await codeOf(() => openNote(note, [alice.verifier]))).toBe("note-unsigned");
    expect(await codeOf(() => openNote(note, []))).toBe("note-unsigned");
  });

  test("ignores a stranger's signature under a known name or a known ID alone", async () => {
    const stranger = key("alice.example.com", 3);
    const note = parseNote(await signNote(message, [stranger.signer, alice.signer]));
    const [strange, real] = note.signatures;
    const sameId = { ...strange!, name: "other.example.com", keyId: real!.keyId };
    const opened = await openNote(formatNote(message, [strange!, sameId, real!]), [alice.verifier]);
    expect(opened.verified).toEqual([real]);
    expect(opened.unverified).toEqual([strange, sameId]);
    expect(await codeOf(() => openNote(formatNote(message, [strange!, sameId]), [alice.verifier]))).toBe(
      "note-unsigned",
    );
  });

  test("refuses the whole note for one known key's bad signature, wherever it stands", async () => {
    const [good, other] = parseNote(await signNote(message, [alice.signer, bob.signer])).signatures;
    const forged = { ...other!, signature: good!.signature };
    for (const signatures of [
      [good!, forged],
      [forged, good!],
    ]) {
      const note = formatNote(message, signatures);
      expect(await codeOf(() => openNote(note, [alice.verifier, bob.verifier]))).toBe(
        "note-signature-invalid",
      );
      expect(await codeOf(() => openNote(note, [alice.verifier]))).toBe("nothing thrown");
    }
  });

  test("counts only the first of several signatures by one key", async () => {
    const [good] = parseNote(await signNote(message, [alice.signer])).signatures;
    const broken = { ...good!, signature: good!.signature.toReversed() };
    const opened = await openNote(formatNote(message, [good!, good!, broken]), [alice.verifier]);
    expect(opened.verified).toEqual([good]);
    expect(opened.unverified).toEqual([]);
    expect(await codeOf(() => openNote(formatNote(message, [broken, good!]), [alice.verifier]))).toBe(
      "note-signature-invalid",
    );
  });

  test.each([0, 63, 65, 128])(
    "refuses an Ed25519 signature of %d bytes before it asks the verify function",
    async (length) => {
      const { keyId, name } = alice.signer;
      const yes = ed25519NoteVerifier(formatVkey(name, KEY_TYPE_ED25519, keyPair(1).publicKey), () => true);
      expect(await yes.verify(bytes(message), new Uint8Array(length))).toBe(false);
      expect(await yes.verify(bytes(message), new Uint8Array(64))).toBe(true);
      expect(yes.keyId).toBe(keyId);
    },
  );

  test("takes an exception, or an answer that is merely truthy, for a signature that fails", async () => {
    const note = await signNote(message, [alice.signer]);
    const broken = { ...alice.verifier, verify: () => Promise.reject(new Error("engine says no")) };
    await expect(openNote(note, [broken])).rejects.toMatchObject({
      code: "note-signature-invalid",
      cause: new Error("engine says no"),
    });
    const sloppy = { ...alice.verifier, verify: () => 1 as unknown as boolean };
    expect(await codeOf(() => openNote(note, [sloppy]))).toBe("note-signature-invalid");
  });

  test("waits for verifiers and signers that answer later", async () => {
    const later: NoteSigner = { ...alice.signer, sign: async (data) => alice.signer.sign(data) };
    const note = await signNote(message, [later]);
    const yes: NoteVerifier = {
      ...alice.verifier,
      verify: async (data, sig) => alice.verifier.verify(data, sig),
    };
    expect((await openNote(note, [yes])).verified).toHaveLength(1);
    const no: NoteVerifier = { ...alice.verifier, verify: async () => false };
    expect(await codeOf(() => openNote(note, [no]))).toBe("note-signature-invalid");
  });

  test("refuses verifiers that cannot be told apart, and one key under two names", async () => {
    const note = await signNote(message, [alice.signer]);
    const alias = key("alias.example.com", 1);
    const { publicKey: _, ...keyless } = alice.verifier;
    expect(await codeOf(() => openNote(note, [alice.verifier, alice.verifier]))).toBe("verifier-ambiguous");
    expect(await codeOf(() => openNote(note, [keyless, keyless]))).toBe("verifier-ambiguous");
    expect(await codeOf(() => openNote(note, [alice.verifier, alias.verifier]))).toBe("verifier-ambiguous");
  });
});

test("any text round-trips through signing and opening, and any single bit changed is noticed", async () => {
  const lines = fc.array(fc.string({ unit: "grapheme", maxLength: 20 }), { maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(lines, fc.nat(), async (parts, pick) => {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: a note cannot hold them.
      const message = `${parts.join("\n").replace(/[\u0000-\u001f]/g, "\n")}\n`;
      const note = await signNote(message, [alice.signer, bob.signer]);
      const opened = await openNote(note, [alice.verifier, bob.verifier]);
      expect(opened.text).toBe(message);
      expect(opened.verified).toHaveLength(2);
      expect(formatNote(opened.text, opened.verified)).toEqual(note);

      const bit = pick % (note.length * 8);
      const damaged = new Uint8Array(note);
      damaged[bit >> 3]! ^= 1 << (bit & 7);
      const outcome = await openNote(damaged, [alice.verifier, bob.verifier]).then(
        // A bit of a name or key ID makes that signature a stranger's; the text stays what the other one signed.
        (result) => result.text === message && result.verified.length === 1 && result.unverified.length === 1,
        () => true,
      );
      expect(outcome).toBe(true);
    }),
    { numRuns: 60 },
  );
});

test("what a note cannot carry is not signed", async () => {
  for (const bad of ["", "no line feed", "tab\t\n", "cr\r\n", "\ud800\n"]) {
    expect(await codeOf(() => signNote(bad, [alice.signer]))).toBe("note-malformed");
  }
  expect(await codeOf(() => signNote("text\n", []))).toBe("note-malformed");
  const good = { name: "name", keyId: "01020304", signature: Uint8Array.of(5) };
  for (const bad of [
    { ...good, name: "a b" },
    { ...good, keyId: "0102030" },
    { ...good, keyId: "0102030G" },
    { ...good, signature: new Uint8Array(0) },
  ]) {
    expect(await codeOf(() => formatSignatureLine(bad))).toBe("note-malformed");
  }
  expect(await codeOf(() => ed25519NoteSigner("a b", keyPair(1).publicKey, keyPair(1).sign))).toBe(
    "vkey-malformed",
  );
  expect(await codeOf(() => ed25519NoteSigner("a", new Uint8Array(31), keyPair(1).sign))).toBe(
    "vkey-malformed",
  );
});

test("signatures are appended without touching the note before them", async () => {
  const note = await signNote("text\n", [alice.signer]);
  const answer = text(await signNote("text\n", [bob.signer])).slice("text\n\n".length);
  const longer = appendSignatures(note, parseSignatureLines(answer));
  expect(text(longer)).toBe(text(note) + answer);
  expect((await openNote(longer, [alice.verifier, bob.verifier])).verified).toHaveLength(2);
  expect(await codeOf(() => appendSignatures(bytes("no note\n"), []))).toBe("note-malformed");
});

test.each([
  "",
  "\n",
  "junk\n",
  `\n${line("name", FIVE)}`,
  `${line("name", FIVE)}\n`,
  line("name", FIVE).trimEnd(),
])("a witness's answer of %j is refused", async (answer) => {
  expect(await codeOf(() => parseSignatureLines(answer))).toBe("note-malformed");
});

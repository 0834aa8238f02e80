/** A letter that only its link reads (PROTOCOL §8): what opens is the letter, or nothing. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  createLinkKey,
  decodeBase64url,
  encodeBase64url,
  encodeCanonical,
  type LetterManifest,
  letterId,
  linkKeyText,
  openSealedLetter,
  parseLinkKey,
  parseSealedLetter,
  SEALED_LETTER_PAD,
  sealedLength,
  sealLetter,
} from "../src/index.ts";

const workforce = encodeBase64url(new Uint8Array(32).fill(7));

function manifestFile(body: string): Uint8Array {
  const rule = { min: 2, every: 1 };
  const manifest: LetterManifest = {
    type: "letter-manifest",
    v: 1,
    workforce,
    salt: encodeBase64url(new Uint8Array(32).fill(1)),
    language: "en",
    title: "A letter",
    addressee: { name: "The management", organisation: "Example Works", mailbox: null },
    body,
    demands: [],
    supplement: null,
    appearances: ["anonymous"],
    names: "any",
    opens: "2026-03-01",
    closes: "2026-03-20",
    delivers: "2026-03-21",
    delivery: "By hand.",
    batch: { first: 2, classes: { mailbox: rule, vouched: rule } },
    organisers: [workforce],
    replaces: null,
  };
  return encodeCanonical(manifest);
}

const file = manifestFile("We ask you to stop.");
const of = { workforce, letter: letterId(file) };
const linkKey = createLinkKey();

describe("a sealed letter", () => {
  it("gives back the very bytes of the manifest, whatever their number", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 9000 }),
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        async (n, key) => {
          const one = manifestFile("x".repeat(n));
          const about = { workforce, letter: letterId(one) };
          const sealed = await sealLetter(one, key, about);
          const parsed = parseSealedLetter(encodeCanonical(sealed));
          expect(await openSealedLetter(parsed, key, about)).toEqual(one);
          expect(decodeBase64url(sealed.sealed)).toHaveLength(sealedLength(one.length));
          expect((decodeBase64url(sealed.sealed).length - 16) % SEALED_LETTER_PAD).toBe(0);
        },
      ),
      { numRuns: 20 },
    );
  });

  it("never uses a nonce again", async () => {
    const [a, b] = [await sealLetter(file, linkKey, of), await sealLetter(file, linkKey, of)];
    expect(a.nonce).not.toBe(b.nonce);
  });

  it("does not open with a wrong link key, with any bit of it", async () => {
    const sealed = await sealLetter(file, linkKey, of);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 255 }), async (bit) => {
        const wrong = linkKey.slice();
        wrong[bit >> 3]! ^= 1 << (bit & 7);
        await expect(openSealedLetter(sealed, wrong, of)).rejects.toMatchObject({ code: "wrong-link" });
      }),
      { numRuns: 20 },
    );
  });

  it("does not open in another letter's place, nor in another workforce's", async () => {
    const other = manifestFile("We ask you to go on.");
    const swapped = { ...(await sealLetter(other, linkKey, { workforce, letter: letterId(other) })) };
    await expect(openSealedLetter(swapped, linkKey, of)).rejects.toMatchObject({ code: "wrong-link" });
    const sealed = await sealLetter(file, linkKey, of);
    const elsewhere = { workforce: of.letter, letter: of.letter };
    await expect(openSealedLetter(sealed, linkKey, elsewhere)).rejects.toMatchObject({ code: "wrong-link" });
  });

  it("shows no other text than the one that the letter's id names, whoever sealed it", async () => {
    // An attacker who has the link seals another text for this letter, past `sealLetter`, which refuses to.
    const other = manifestFile("We ask you to go on.");
    await expect(sealLetter(other, linkKey, of)).rejects.toMatchObject({ code: "bad-field" });
    const { domainMessage, hkdfExpand } = await import("../src/index.ts");
    const info = domainMessage("sealed-letter", encodeCanonical({ letter: of.letter, workforce }));
    const raw = hkdfExpand(linkKey, info, 32) as Uint8Array<ArrayBuffer>;
    const key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt"]);
    const seal = async (text: Uint8Array) => {
      const padded = new Uint8Array(sealedLength(text.length) - 16).fill(0x20);
      padded.set(text);
      const iv = new Uint8Array(12);
      const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, padded));
      return {
        type: "sealed-letter" as const,
        v: 1 as const,
        letter: of.letter,
        nonce: encodeBase64url(iv),
        sealed: encodeBase64url(sealed),
      };
    };
    expect(await openSealedLetter(await seal(file), linkKey, of)).toEqual(file);
    await expect(openSealedLetter(await seal(other), linkKey, of)).rejects.toMatchObject({
      code: "wrong-link",
    });
  });

  it("tells its length to within 4,096 bytes and no better", async () => {
    const [short, long] = [manifestFile("x"), manifestFile("x".repeat(2000))];
    const lengths = await Promise.all(
      [short, long].map(async (one) => {
        return (await sealLetter(one, linkKey, { workforce, letter: letterId(one) })).sealed.length;
      }),
    );
    expect(lengths[0]).toBe(lengths[1]);
    const sealed = await sealLetter(file, linkKey, of);
    const unpadded = { ...sealed, sealed: encodeBase64url(new Uint8Array(100)) };
    expect(() => parseSealedLetter(encodeCanonical(unpadded))).toThrow(
      expect.objectContaining({ code: "bad-field" }),
    );
  });
});

describe("the key in a link", () => {
  it("comes back from its text, which no invitation can be", () => {
    const text = linkKeyText(linkKey);
    expect(parseLinkKey(text)).toEqual(linkKey);
    expect(text).toMatch(/^u[A-Za-z0-9_-]{43}$/);
  });

  it("is not read out of a text that is cut, longer, of another kind or with unused bits", () => {
    const text = linkKeyText(linkKey);
    const zero = linkKeyText(new Uint8Array(32));
    for (const wrong of [
      text.slice(0, -1),
      `${text}A`,
      `A${text.slice(1)}`,
      text.slice(1),
      "",
      `${zero.slice(0, -1)}B`,
    ])
      expect(parseLinkKey(wrong), wrong).toBeNull();
  });
});

import { describe, expect, test } from "vitest";
import { formatVkey, isKeyName, KEY_TYPE_ED25519, noteKeyId, parseVkey } from "../src/index.ts";
import { codeOf, keyPair, vectors } from "./support.ts";

const { good, bad } = vectors<{
  good: { vkey: string }[];
  bad: { vkey?: string; why?: string; rule?: string }[];
}>("tlog-notes/vkeys.json");

describe("published verifier keys", () => {
  test("are all there", () => {
    expect([good.length, bad.length]).toEqual([7, 7]);
  });

  test.each(good)("parse and are written again: $vkey", ({ vkey }) => {
    const { name, keyId, type, publicKey } = parseVkey(vkey);
    expect(vkey.startsWith(`${name}+${keyId}+`)).toBe(true);
    expect(noteKeyId(name, type, publicKey)).toBe(keyId);
    expect(formatVkey(name, type, publicKey)).toBe(vkey);
  });

  test("have the types 1, 4 and 6 among them", () => {
    expect(new Set(good.map(({ vkey }) => parseVkey(vkey).type))).toEqual(new Set([1, 4, 6]));
  });

  test.each(bad.filter(({ vkey }) => vkey !== undefined))(
    "that are bad are refused: $why",
    async ({ vkey }) => {
      expect(await codeOf(() => parseVkey(vkey!))).toMatch(/^vkey-/);
    },
  );

  test("with an ID that is not theirs are told apart from other damage", async () => {
    const mismatch = bad.find(({ why }) => why?.startsWith("key id does not match"));
    expect(await codeOf(() => parseVkey(mismatch!.vkey!))).toBe("vkey-id-mismatch");
    const unknown = bad.find(({ why }) => why?.startsWith("unknown algorithm byte"));
    expect(await codeOf(() => parseVkey(unknown!.vkey!))).toBe("vkey-unsupported");
  });

  test("are refused with any part cut off", async () => {
    const { vkey } = good[0]!;
    for (let start = 0; start < vkey.length; start++) {
      for (let end = start; end <= vkey.length; end++) {
        if (end - start === vkey.length) continue;
        expect(await codeOf(() => parseVkey(vkey.slice(start, end)))).toMatch(/^vkey-/);
      }
    }
  });

  test("are refused with any character one higher", async () => {
    const { vkey } = good[0]!;
    for (let i = 0; i < vkey.length; i++) {
      const changed = vkey.slice(0, i) + String.fromCharCode(vkey.charCodeAt(i) + 1) + vkey.slice(i + 1);
      expect(await codeOf(() => parseVkey(changed))).toMatch(/^vkey-/);
    }
  });
});

test.each([
  ["an upper-case key ID", "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"],
  ["a trailing line feed", "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW\n"],
  ["a leading line feed", "\nPeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"],
  ["no key bytes", "PeterNeumann+c74f20a3+"],
])("a verifier key with %s is refused", async (_, vkey) => {
  expect(await codeOf(() => parseVkey(vkey))).toBe("vkey-malformed");
});

test("a base64 part that holds plus signs belongs to the key whole", () => {
  const key = new Uint8Array(32).fill(0xfb);
  const vkey = formatVkey("example.com/log", KEY_TYPE_ED25519, key);
  expect(vkey.split("+").length).toBeGreaterThan(3);
  expect(parseVkey(vkey).publicKey).toStrictEqual(key);
});

test.each([
  ["", false],
  ["a b", false],
  ["a+b", false],
  ["a\u00a0b", false],
  ["a\u0085b", false],
  ["a\u3000b", false],
  ["a\u2028b", false],
  ["a\u0000b", false],
  ["a\nb", false],
  ["\ud800", false],
  ["example.com/log", true],
  ["\ufeffname", true],
  ["\u00fcbung\u{1f58b}", true],
])("the name %j is allowed: %s", async (name, allowed) => {
  expect(isKeyName(name)).toBe(allowed);
  const { publicKey } = keyPair(1);
  expect(await codeOf(() => formatVkey(name, KEY_TYPE_ED25519, publicKey))).toBe(
    allowed ? "nothing thrown" : "vkey-malformed",
  );
});

test("keys of another length than their type has are not written", async () => {
  expect(await codeOf(() => formatVkey("name", 1, new Uint8Array(33)))).toBe("vkey-unsupported");
  expect(await codeOf(() => formatVkey("name", 6, new Uint8Array(32)))).toBe("vkey-unsupported");
  expect(await codeOf(() => formatVkey("name", 5, new Uint8Array(32)))).toBe("vkey-unsupported");
});

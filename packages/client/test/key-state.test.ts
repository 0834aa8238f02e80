/** Looking up one's own state without telling anyone whose. */
import { encodeBase64url, encodeCanonical, type JsonValue } from "@undersigned/core";
import { describe, expect, it } from "vitest";
import { bucketOf, keyState } from "../src/index.ts";
import { LETTER, makeView, secrets, WORKFORCE } from "./kit.ts";

const key = secrets.slotSigner({ workforce: WORKFORCE, epoch: 1, slot: 0 }).publicKey;
const leaf = encodeBase64url(new Uint8Array(32).fill(4));

function files(bits: number, entries: JsonValue[], changes: Record<string, JsonValue> = {}) {
  const read: string[] = [];
  const content = new Map<string, JsonValue>([
    [
      "index.json",
      {
        type: "index",
        v: 1,
        letters: [
          { letter: WORKFORCE, bits: 9 },
          { letter: LETTER, bits },
        ],
      },
    ],
    [
      `signatories/${LETTER}/${bits}/${bucketOf(key, bits)}.json`,
      {
        type: "signatories",
        v: 1,
        letter: LETTER,
        size: 100,
        bits,
        bucket: bucketOf(key, bits),
        entries,
        ...changes,
      },
    ],
  ]);
  const source = {
    read: async (path: string) => {
      read.push(path);
      const value = content.get(path);
      return value === undefined ? null : encodeCanonical(value);
    },
  };
  return { source, read, content };
}

const state = (source: ReturnType<typeof files>["source"], size = 100) =>
  keyState({ view: makeView({ size }), source, secrets, letter: LETTER });

describe("the state of one's key", () => {
  it.each(["counted", "withdrawn"] as const)("is read from the whole bucket: %s", async (of) => {
    const others = Array.from({ length: 50 }, (_, i) => ({
      key: encodeBase64url(new Uint8Array(32).fill(100 + i)),
      seq: 0,
      state: "counted",
      leaf,
      index: i,
    }));
    const { source, read } = files(3, [...others, { key, seq: 2, state: of, leaf, index: 70 }]);
    expect(await state(source, 8000)).toEqual({ state: of, head: { seq: 2, leaf }, index: 70 });
    expect(read).toEqual(["index.json", `signatories/${LETTER}/3/${bucketOf(key, 3)}.json`]);
    expect(read.join()).not.toContain(key);
  });

  it("is not in the log where the bucket does not hold it, or where there is no bucket yet", async () => {
    expect(await state(files(0, []).source)).toEqual({ state: "not-in-the-log" });
    const none = files(0, []);
    none.content.clear();
    expect(await state(none.source)).toEqual({ state: "not-in-the-log" });
  });

  it("a board that offers buckets too small to hide in is not asked for one", async () => {
    const { source, read } = files(3, []);
    await expect(state(source, 7999)).rejects.toMatchObject({ code: "signatories-too-few" });
    expect(read).toEqual(["index.json"]);
  });

  it.each<[string, Record<string, JsonValue>]>([
    ["of another letter", { letter: WORKFORCE }],
    ["of another bucket", { bucket: 1 }],
    ["of other bits", { bits: 1 }],
    ["with an unknown field", { extra: 1 }],
    ["with a malformed entry", { entries: [{ key }] }],
  ])("a bucket %s is refused", async (_name, changes) => {
    await expect(state(files(0, [], changes).source)).rejects.toMatchObject({
      code: "signatories-malformed",
    });
  });

  it.each([-1, 21, 0.5, "1", null])("bits of %s are refused", async (bits) => {
    const { source, content } = files(0, []);
    content.set("index.json", { letters: [{ letter: LETTER, bits }] });
    await expect(state(source, 2 ** 40)).rejects.toMatchObject({ code: "signatories-malformed" });
  });
});

describe("buckets", () => {
  it("are the first bits of the key's hash, most significant first", () => {
    const full = bucketOf(key, 20);
    for (let bits = 0; bits <= 20; bits++) expect(bucketOf(key, bits)).toBe(full >> (20 - bits));
  });
});

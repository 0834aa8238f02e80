/** Whoever holds the device reads nothing of what is not saved yet: no text, no name of a field or document, no exact length. */
import { encodeBase64url } from "@undersigned/core";
import { describe, expect, it } from "vitest";
import { SealedStore } from "../../src/islands/desk/outbox/sealed-store.ts";
import { memoryStorage, STORE_KEY } from "./kit.ts";

const OTHER_KEY = encodeBase64url(new Uint8Array(32).fill(8));
const kept = (value: string) => ({ title: { base: 3, value, sent: [] } });

describe("The device", () => {
  it("holds what opens with the organiser's key for this document, and with no other", async () => {
    const storage = memoryStorage();
    const store = new SealedStore(STORE_KEY, () => storage);
    await store.update("doc-a", () => kept('"Zanzibar"'));
    expect(await store.read("doc-a")).toEqual(kept('"Zanzibar"'));
    expect(await store.read("doc-b")).toEqual({});
    expect(await new SealedStore(OTHER_KEY, () => storage).read("doc-a")).toEqual({});
  });

  it("shows no word of it, no name of a document, and the same length for a short and a longer text", async () => {
    const lengths = new Set<number>();
    for (const text of ['"Zanzibar"', JSON.stringify("Zanzibar ".repeat(300))]) {
      const storage = memoryStorage();
      await new SealedStore(STORE_KEY, () => storage).update("doc-a", () => kept(text));
      const all = [...storage.items].flat().join();
      expect(all).not.toMatch(/zanzibar|title|doc-a/i);
      lengths.add(all.length);
    }
    expect(lengths.size).toBe(1);
  });

  it("does not open an entry that was put under another document's name", async () => {
    const storage = memoryStorage();
    const store = new SealedStore(STORE_KEY, () => storage);
    await store.update("doc-a", () => kept('"a"'));
    await store.update("doc-b", () => kept('"b"'));
    const [a = "", b = ""] = [...storage.items.keys()];
    storage.items.set(b, storage.items.get(a) ?? "");
    expect(await store.read("doc-b")).toEqual({});
  });

  it("keeps nothing, and says so, where the browser refuses", async () => {
    const store = new SealedStore(STORE_KEY, () => {
      throw new Error("refused");
    });
    expect(await store.update("doc-a", () => kept('"a"'))).toBe(false);
    expect(await store.read("doc-a")).toEqual({});
  });
});

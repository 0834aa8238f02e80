/** The remembered checkpoint: kept when asked for, never put aside by another log, gone when forgotten. */
import { describe, expect, it } from "vitest";
import { KnownCheckpoints } from "../../src/islands/recount/known-checkpoint.ts";
import { caseOf, count, interopFile } from "./kit.ts";

class MemoryStorage implements Storage {
  readonly items = new Map<string, string>();
  get length(): number {
    return this.items.size;
  }
  clear(): void {
    this.items.clear();
  }
  getItem(key: string): string | null {
    return this.items.get(key) ?? null;
  }
  key(index: number): string | null {
    return [...this.items.keys()][index] ?? null;
  }
  removeItem(key: string): void {
    this.items.delete(key);
  }
  setItem(key: string, value: string): void {
    this.items.set(key, value);
  }
}

const { workforce } = caseOf("small.zip");
const note = (text: string) => new TextEncoder().encode(text);

function opened() {
  const storage = new MemoryStorage();
  return { storage, known: new KnownCheckpoints(() => storage) };
}

describe("the remembered checkpoint", () => {
  it("comes back byte for byte, under its own workforce alone", () => {
    const { storage, known } = opened();
    const bytes = interopFile("valid/checkpoint");
    expect(known.read(workforce)).toEqual({ kind: "nothing" });
    expect(known.bytes(workforce)).toBeNull();
    expect(known.remember(workforce, bytes, null)).toBe(true);
    expect(known.bytes(workforce)).toEqual(new Uint8Array(bytes));
    expect(known.read("x".repeat(43))).toEqual({ kind: "nothing" });
    expect([...storage.items.keys()]).toEqual([`undersigned-checkpoint-${workforce}`]);
  });

  it("gives way to the one of a recount that was compared with it, and to no other", () => {
    const { known } = opened();
    known.remember(workforce, note("first"), null);
    expect(known.remember(workforce, note("without comparing"), null)).toBe(false);
    expect(known.remember(workforce, note("compared with a file"), note("file"))).toBe(false);
    expect(known.read(workforce)).toEqual({ kind: "known", note: "first" });
    expect(known.remember(workforce, note("second"), note("first"))).toBe(true);
    expect(known.read(workforce)).toEqual({ kind: "known", note: "second" });
  });

  it("is gone when it is forgotten", () => {
    const { storage, known } = opened();
    known.remember(workforce, note("first"), null);
    expect(known.forget(workforce)).toBe(true);
    expect(storage.length).toBe(0);
    expect(known.remember(workforce, note("another"), null)).toBe(true);
  });

  it("finds a fork and an older copy in the next recount", async () => {
    for (const file of ["broken/log-forked.zip", "broken/log-shorter-than-known.zip"]) {
      const row = caseOf(file);
      const { known } = opened();
      known.remember(row.workforce, interopFile(row.known!), null);
      const bytes = known.bytes(row.workforce);
      expect(bytes, file).toEqual(new Uint8Array(interopFile(row.known!)));
      const { report } = await count(row);
      expect(
        report.failures.map(({ code }) => code),
        file,
      ).toEqual(row.expect);
    }
  });
});

describe("a browser that keeps nothing", () => {
  const refuse = (): never => {
    throw new DOMException("The operation is insecure.", "SecurityError");
  };

  it("is told apart from one that has nothing yet, and never throws", () => {
    const known = new KnownCheckpoints(refuse);
    expect(known.read(workforce)).toEqual({ kind: "refused" });
    expect(known.bytes(workforce)).toBeNull();
    expect(known.remember(workforce, note("first"), null)).toBe(false);
    expect(known.forget(workforce)).toBe(false);
  });

  it("may refuse only when something is to be written", () => {
    const storage = new MemoryStorage();
    storage.setItem = refuse;
    const known = new KnownCheckpoints(() => storage);
    expect(known.read(workforce)).toEqual({ kind: "nothing" });
    expect(known.remember(workforce, note("first"), null)).toBe(false);
  });

  it("does not keep what is no text", () => {
    const { known } = opened();
    expect(known.remember(workforce, Uint8Array.of(0xff, 0xfe), null)).toBe(false);
    expect(known.read(workforce)).toEqual({ kind: "nothing" });
  });
});

/** A file that is too large to be rewritten as a whole, after a tick: what its pages still tell of the order of arrival. */
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { compact } from "../src/storage/compact.ts";
import { openStorage } from "../src/storage/open-storage.ts";
import type { BoardDatabase } from "../src/storage/schema.ts";

const ROWS = 12_000;
const MARK = "row-of-the-pool:";
const nameOf = (i: number) => String(i).padStart(8, "0");
const row = (i: number) => ({
  hash: createHash("sha256").update(nameOf(i)).digest(),
  letter: 1,
  leaf: Buffer.from(`${MARK}${nameOf(i)}${"x".repeat(700)}`),
  opening: null,
  remainder: 0,
});

/** The rows' names page by page, each page's in the order of their places; pages in the order of their first name. */
async function layout(dataDir: string): Promise<string[]> {
  const file = await readFile(join(dataDir, "board.sqlite"), "latin1");
  const pages = new Map<number, string[]>();
  for (let at = file.indexOf(MARK); at >= 0; at = file.indexOf(MARK, at + 1)) {
    const name = file.slice(at + MARK.length, at + MARK.length + 8);
    const page = Math.floor(at / 4096);
    pages.set(page, [...(pages.get(page) ?? []), name]);
  }
  return [...pages.values()].map((names) => names.join(" ")).sort();
}

async function filled(
  arrivals: readonly number[],
  work: (database: BoardDatabase, dataDir: string) => Promise<void>,
): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), "undersigned-compact-"));
  const database = await openStorage({ dataDir });
  try {
    await database.transaction(async (trx) => {
      for (let at = 0; at < arrivals.length; at += 50) {
        await trx
          .insertInto("pool")
          .values(arrivals.slice(at, at + 50).map(row))
          .execute();
      }
    });
    await work(database, dataDir);
  } finally {
    await database.close();
    await rm(dataDir, { recursive: true });
  }
}

describe("compacting a large file", () => {
  it("leaves pages that are the same whatever the order of arrival, and the same rows", async () => {
    const one = Array.from({ length: ROWS }, (_, i) => i);
    const other = one.map((i) => (i * 7919) % ROWS);
    const before: string[][] = [];
    const after: string[][] = [];
    for (const arrivals of [one, other]) {
      await filled(arrivals, async (database, dataDir) => {
        const rows = () => database.db.selectFrom("pool").selectAll().orderBy("hash").execute();
        const stored = await rows();
        await database.truncateWal();
        before.push(await layout(dataDir));
        await compact(database);
        await database.truncateWal();
        after.push(await layout(dataDir));
        expect(await rows()).toEqual(stored);
      });
    }
    expect(before[0]).not.toEqual(before[1]);
    expect(after[0]).toEqual(after[1]);
    // Each row is there once: what was rewritten has not left its old copy behind.
    expect(after[0]!.join(" ").split(" ").toSorted()).toEqual(one.map(nameOf));
  });
});

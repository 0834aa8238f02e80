/** Processes killed in the middle of writes: what was promised is there, and the log is one log. */
import { encodeBase64url, type JsonValue, nameOf } from "@undersigned/core";
import { describe, expect, it } from "vitest";
import { run } from "./crash-run.ts";
import { Kit, type Person, type TestLetter } from "./kit.ts";

/** Leaf hashes in pool and log, by name. */
async function kept(kit: Kit): Promise<Set<string>> {
  const { db } = kit.board.internals.database;
  const pool = await db.selectFrom("pool").select("hash").execute();
  const leaves = await kit.leaves();
  return new Set([
    ...pool.map(({ hash }) => encodeBase64url(hash)),
    ...leaves.flatMap((leaf) => ("key" in leaf ? nameOf(leaf) : [])),
  ]);
}

function makePosts(kit: Kit, letter: TestLetter, count: number) {
  const people: Person[] = [];
  const posts: { kind: "endorsement" | "revision"; body: JsonValue }[] = [];
  for (let i = 0; i < count; i++) {
    const person = kit.person(letter);
    people.push(person);
    posts.push({ kind: "endorsement", body: person.endorsement() as unknown as JsonValue });
  }
  return { people, posts };
}

describe("a board that is killed", () => {
  it("has every leaf for which it gave a receipt, whichever write it died at", {
    timeout: 90_000,
  }, async () => {
    const kit = await Kit.start();
    const letter = await kit.publish({ days: 30 });
    await kit.board.close();
    const promised = new Set<string>();
    let sent = 0;
    for (const [dieAt, moment] of [
      [3, "after"],
      ["commit", "before"],
      ["commit", "after"],
      [14, "after"],
      [16, "before"],
    ] as const) {
      const { posts } = makePosts(kit, letter, 40);
      sent += 40;
      const { lines, killed } = await run(kit, { posts, dieAt, moment });
      expect(killed).toBe(true);
      for (const leaf of lines) promised.add(leaf);
      await kit.open();
      const there = await kept(kit);
      expect([...promised].filter((leaf) => !there.has(leaf))).toEqual([]);
      expect(there.size).toBeLessThan(sent);
      await kit.board.close();
    }
    expect(promised.size).toBeGreaterThan(5);
    await kit.open();
    await kit.nextDay();
    const report = await kit.recounted();
    expect(report.letters[0]!.counted.mailbox).toBeGreaterThanOrEqual(promised.size);
  });

  it("ticks wholly or not at all, whichever write it died at, and never signs two logs", {
    timeout: 90_000,
  }, async () => {
    const kit = await Kit.start();
    const letter = await kit.publish({ days: 30 });
    const closing = await kit.publish({ days: 4 });
    const promised = new Set<string>();
    const notes: Uint8Array[] = [];
    const prepare = async () => {
      const people = [
        ...(await kit.endorsed(letter, 6)),
        ...(await kit.endorsed(closing, 2).catch(() => [])),
      ];
      await kit.revise(people[0]!);
      await kit.withdraw(people[1]!);
      for (const { chain } of people) for (const leaf of chain) promised.add(leaf);
      notes.push(await kit.checkpoint());
      await kit.board.close();
    };
    const moments = [
      [2, "before"],
      [5, "after"],
      [8, "after"],
      ["commit", "before"],
      ["commit", "after"],
      ["pragma", "before"],
      ["pragma", "after"],
    ] as const;
    for (const [dieAt, moment] of moments) {
      await prepare();
      kit.clock.next();
      const before = notes.at(-1)!;
      expect((await run(kit, { act: "tick", dieAt, moment })).killed).toBe(true);
      await kit.open();
      const after = await kit.checkpoint();
      const there = await kept(kit);
      expect([...promised].filter((leaf) => !there.has(leaf))).toEqual([]);
      const { last_tick } = await kit.board.internals.database.db
        .selectFrom("workforce")
        .select("last_tick")
        .executeTakeFirstOrThrow();
      // Either nothing of the tick is there, or all of it.
      expect(Buffer.compare(before, after) === 0).toBe(last_tick < kit.clock.day());
      const { reports } = await kit.board.tick();
      expect(reports).toHaveLength(last_tick < kit.clock.day() ? 1 : 0);
      expect(await kit.rows("pool")).toBe(0);
      notes.push(after, await kit.checkpoint());
    }
    for (const note of notes) await kit.recounted(note);
    const index = await kit.index();
    expect(index.letters[0]!.endorsements).toBe(6 * moments.length);
    expect(index.letters[1]!.closing).not.toBeNull();
  });
});

describe("a board whose storage is not what it signed", () => {
  it("appends nothing to a log that does not hash to its checkpoint", async () => {
    const kit = await Kit.start();
    const letter = await kit.publish();
    await kit.endorsed(letter, 3);
    const { db } = kit.board.internals.database;
    const { bytes } = await db.selectFrom("tile").select("bytes").executeTakeFirstOrThrow();
    await db
      .updateTable("tile")
      .set({ bytes: bytes.with(5, bytes[5]! ^ 1) })
      .execute();
    const note = await kit.checkpoint();
    await expect(kit.nextDay()).rejects.toMatchObject({ code: "log-damaged" });
    await expect(kit.publish()).rejects.toMatchObject({ code: "log-damaged" });
    expect(await kit.checkpoint()).toEqual(note);
    expect(await kit.rows("pool")).toBe(3);
  });

  it("logs no leaf of the pool that was changed on the disk", async () => {
    const kit = await Kit.start();
    const letter = await kit.publish();
    await kit.endorsed(letter, 3);
    const { db } = kit.board.internals.database;
    const { hash, leaf } = await db.selectFrom("pool").selectAll().executeTakeFirstOrThrow();
    await db
      .updateTable("pool")
      .set({ leaf: leaf.with(40, leaf[40]! ^ 1) })
      .where("hash", "=", hash)
      .execute();
    const note = await kit.checkpoint();
    await expect(kit.nextDay()).rejects.toMatchObject({ code: "log-damaged" });
    expect(await kit.checkpoint()).toEqual(note);
  });

  it("does not go on from a database that is older than what this process has signed", async () => {
    const kit = await Kit.start();
    const { db } = kit.board.internals.database;
    const tables = ["workforce", "tile", "bundle", "letter"] as const;
    const copy = await Promise.all(tables.map((table) => db.selectFrom(table).selectAll().execute()));
    await kit.publish();
    for (const [i, table] of tables.entries()) {
      await db.deleteFrom(table).execute();
      if (copy[i]!.length > 0)
        await db
          .insertInto(table)
          .values(copy[i] as never)
          .execute();
    }
    kit.lastLetter = null;
    kit.lettersIn.clear();
    await expect(kit.publish()).rejects.toMatchObject({ code: "log-behind" });
  });
});

import { sql } from "kysely";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { advisoryKey } from "../src/database/postgres-locks.ts";
import { type Database, openDatabase } from "../src/index.ts";
import { startPostgres, type TestPostgres } from "../src/testing.ts";
import { startChild } from "./child/child.ts";
import { notes } from "./child/notes.ts";

let postgres: TestPostgres;

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(async () => {
  await postgres.stop();
});

async function open(url: string): Promise<Database<{ note: { id: number; body: string } }>> {
  const database = await openDatabase<{ note: { id: number; body: string } }>({ url, migrations: notes });
  onTestFinished(() => database.close());
  return database;
}

/** Ends the sessions that hold advisory locks in this database, as a failing network or server would. */
async function breakLockSessions(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(
    `select pg_terminate_backend(l.pid) from pg_locks l join pg_database d on d.oid = l.database
     where l.locktype = 'advisory' and d.datname = current_database()`,
  );
  await client.end();
}

describe("a lock that is held for good", () => {
  it("keeps a second process out until the first one is gone", async () => {
    const url = await postgres.createDatabase();
    const holder = startChild(url, "exclusive");
    expect(await holder.word()).toBe("held");
    const database = await open(url);
    await expect(database.exclusive("the-one", () => undefined)).rejects.toMatchObject({
      code: "lock-taken",
    });
    expect(await startChild(url, "exclusive").word()).toBe("lock-taken");
    await holder.kill();
    await expect
      .poll(
        () =>
          database
            .exclusive("the-one", () => undefined)
            .then(
              () => "held",
              () => "refused",
            ),
        { timeout: 20_000 },
      )
      .toBe("held");
  });

  it("tells its holder, once, when its connection breaks", async () => {
    const url = await postgres.createDatabase();
    const database = await open(url);
    let lost = 0;
    const { promise, resolve } = Promise.withResolvers<void>();
    const lock = await database.exclusive("the-one", () => {
      lost += 1;
      resolve();
    });
    await breakLockSessions(url);
    await promise;
    await lock.release();
    expect(lost).toBe(1);
  });

  it("does not call it lost when it is released", async () => {
    const database = await open(await postgres.createDatabase());
    let lost = 0;
    const lock = await database.exclusive("the-one", () => {
      lost += 1;
    });
    await lock.release();
    await (await database.exclusive("the-one", () => undefined)).release();
    expect(lost).toBe(0);
  });
});

describe("the lock of the one that sequences", () => {
  it("takes the power to write with it when its connection breaks", async () => {
    const url = await postgres.createDatabase();
    const database = await open(url);
    const attempt = database.tryLock("sequencer", async (locked) => {
      await locked.transaction((trx) => trx.insertInto("note").values({ id: 1, body: "before" }).execute());
      await breakLockSessions(url);
      // Another process has the lock now, and writes.
      const other = await database.tryLock("sequencer", (theirs) =>
        theirs.transaction((trx) => trx.insertInto("note").values({ id: 2, body: "theirs" }).execute()),
      );
      expect(other.held).toBe(true);
      await locked.transaction((trx) => trx.insertInto("note").values({ id: 3, body: "after" }).execute());
    });
    await expect(attempt).rejects.toThrow();
    const rows = await database.db.selectFrom("note").select("body").orderBy("id").execute();
    expect(rows.map(({ body }) => body)).toEqual(["before", "theirs"]);
    expect(await database.tryLock("sequencer", async () => "free")).toEqual({ held: true, value: "free" });
  });

  it("leaves no session behind", async () => {
    const url = await postgres.createDatabase();
    const database = await open(url);
    for (let i = 0; i < 3; i++) await database.tryLock("sequencer", async () => i);
    const held = await sql<{
      n: number;
    }>`select count(*) as n from pg_locks where locktype = 'advisory'`.execute(database.db);
    expect(held.rows[0]!.n).toBe(0);
    const sessions = async () => {
      const { rows } = await sql<{ n: number }>`
        select count(*) as n from pg_stat_activity where datname = current_database()`.execute(database.db);
      return rows[0]!.n;
    };
    await expect.poll(sessions, { timeout: 10_000 }).toBe(1);
  });
});

describe("a session", () => {
  it("commits to disk even where the database was set not to", async () => {
    const url = await postgres.createDatabase();
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(`alter database "${new URL(url).pathname.slice(1)}" set synchronous_commit = off`);
    await client.query(`alter database "${new URL(url).pathname.slice(1)}" set bytea_output = escape`);
    await client.end();
    const { db } = await open(url);
    const { rows } = await sql`
      select current_setting('synchronous_commit') as commit, current_setting('application_name') as name,
        ${Uint8Array.of(0, 92, 255)}::bytea as bytes`.execute(db);
    expect(rows).toStrictEqual([{ commit: "on", name: "undersigned", bytes: Uint8Array.of(0, 92, 255) }]);
  });
});

describe("a transaction", () => {
  it("is refused as busy when it meets another one every time", async () => {
    const url = await postgres.createDatabase();
    const database = await open(url);
    await database.db.insertInto("note").values({ id: 1, body: "" }).execute();
    let attempts = 0;
    const unlucky = database.transaction(async (trx) => {
      attempts += 1;
      await trx.selectFrom("note").selectAll().execute();
      // A second session changes the row under the first one's feet.
      const other = await openDatabase<{ note: { id: number; body: string } }>({ url, migrations: notes });
      await other.db
        .updateTable("note")
        .set({ body: String(attempts) })
        .execute();
      await other.close();
      await trx.updateTable("note").set({ body: "mine" }).execute();
    });
    await expect(unlucky).rejects.toMatchObject({ code: "database-busy", status: 503 });
    expect(attempts).toBe(20);
  });
});

it("the number of a lock is a signed 64-bit integer that only its name decides", () => {
  expect(advisoryKey("migration")).toMatch(/^-?\d+$/);
  expect(advisoryKey("a")).not.toBe(advisoryKey("b"));
  expect(BigInt.asIntN(64, BigInt(advisoryKey("a")))).toBe(BigInt(advisoryKey("a")));
});

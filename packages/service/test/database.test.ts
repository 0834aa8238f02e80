import { type Generated, sql } from "kysely";
import { describe, expect, it } from "vitest";
import {
  blob,
  type Database,
  describeSchema,
  integer,
  isUniqueViolation,
  type Migration,
  openDatabase,
  ServiceError,
  strictTable,
  text,
} from "../src/index.ts";
import { eachDatabase } from "../src/testing.ts";

type Tables = {
  item: { id: Uint8Array; amount: number | null; label: string | null };
  counter: { name: string; value: number };
};

const createTables: Migration = {
  name: "create-tables",
  async up(trx, engine) {
    await trx.schema
      .createTable("item")
      .addColumn("id", blob(engine), (c) => c.primaryKey().notNull())
      .addColumn("amount", integer(engine))
      .addColumn("label", text(engine))
      .$call(strictTable(engine))
      .execute();
    await trx.schema
      .createTable("counter")
      .addColumn("name", text(engine), (c) => c.primaryKey().notNull())
      .addColumn("value", integer(engine), (c) => c.notNull())
      .$call(strictTable(engine))
      .execute();
  },
};

async function codeOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof ServiceError ? error.code : `not a ServiceError: ${String(error)}`;
}

const id = (...bytes: number[]) => Uint8Array.from(bytes);

eachDatabase("a database", (under) => {
  const open = () => under.open<Tables>({ migrations: [createTables] });

  describe("values", () => {
    it("come back as they were stored, bytes as a plain Uint8Array and integers as numbers", async () => {
      const { db } = await open();
      const row = {
        id: id(0, 1, 255, 128),
        amount: Number.MAX_SAFE_INTEGER,
        label: "naïve \u{1f5f3}\n\"'\\",
      };
      await db.insertInto("item").values(row).execute();
      await db.insertInto("item").values({ id: id(), amount: -1, label: null }).execute();
      const rows = await db.selectFrom("item").selectAll().orderBy("id").execute();
      expect(rows).toStrictEqual([{ id: id(), amount: -1, label: null }, row]);
      expect(Object.getPrototypeOf(rows[1]!.id)).toBe(Uint8Array.prototype);
    });

    it("of counts and sums are numbers too", async () => {
      const { db } = await open();
      await db
        .insertInto("counter")
        .values([
          { name: "a", value: 2 },
          { name: "b", value: 40 },
        ])
        .execute();
      const row = await db
        .selectFrom("counter")
        .select((e) => [e.fn.countAll().as("rows"), e.fn.sum("value").as("total")])
        .executeTakeFirstOrThrow();
      expect(row).toStrictEqual({ rows: 2, total: 42 });
    });

    it("that the engines disagree about are refused before they get there", async () => {
      const { db } = await open();
      const values = [true, 1.5, Number.NaN, 2 ** 53, -(2n ** 60n), new Date(0), "a\0b", "\ud800", {}, [1]];
      for (const value of values) {
        const query = db.insertInto("item").values({ id: id(1), amount: value as never, label: null });
        expect(await codeOf(query.execute()), String(value)).toBe("bad-parameter");
      }
      expect(await db.selectFrom("item").selectAll().execute()).toEqual([]);
    });

    it("beyond 2^53 in the database are refused rather than rounded", async () => {
      const { db } = await open();
      await sql`insert into item (id, amount) values (${id(1)}, 9007199254740993)`.execute(db);
      expect(await codeOf(db.selectFrom("item").selectAll().execute())).toBe("integer-too-large");
    });

    it("of the wrong type for a column are refused by both engines", async () => {
      const { db } = await open();
      await expect(
        db
          .insertInto("item")
          .values({ id: id(1), amount: "many" as never, label: null })
          .execute(),
      ).rejects.toThrow();
    });

    it("of text sort by code point whatever the server's language is", async () => {
      const { db } = await open();
      const names = ["b", "B", "a", "Z", "é", "_", "-"];
      await db
        .insertInto("counter")
        .values(names.map((name) => ({ name, value: 0 })))
        .execute();
      const rows = await db.selectFrom("counter").select("name").orderBy("name").execute();
      expect(rows.map(({ name }) => name)).toEqual(["-", "B", "Z", "_", "a", "b", "é"]);
    });

    it("report how many rows an update met", async () => {
      const { db } = await open();
      await db.insertInto("counter").values({ name: "a", value: 1 }).execute();
      const result = await db
        .updateTable("counter")
        .set({ value: 2 })
        .where("name", "=", "a")
        .executeTakeFirst();
      expect(result.numUpdatedRows).toBe(1n);
    });

    it("that are there already are told apart from other failures", async () => {
      const { db } = await open();
      const insert = db.insertInto("counter").values({ name: "a", value: 1 });
      await insert.execute();
      const error = await insert.execute().catch((reason: unknown) => reason);
      expect(isUniqueViolation(error)).toBe(true);
      const other = await sql`select * from nowhere`.execute(db).catch((reason: unknown) => reason);
      expect(isUniqueViolation(other)).toBe(false);
      expect(other).toBeInstanceOf(Error);
    });
  });

  describe("a transaction", () => {
    it("leaves nothing behind when its function fails, and passes the failure on", async () => {
      const database = await open();
      const failure = new Error("no");
      await expect(
        database.transaction(async (trx) => {
          await trx.insertInto("counter").values({ name: "a", value: 1 }).execute();
          throw failure;
        }),
      ).rejects.toBe(failure);
      expect(await database.db.selectFrom("counter").selectAll().execute()).toEqual([]);
    });

    it("does not lose an update to another one at the same time", async () => {
      const database = await open();
      await database.db.insertInto("counter").values({ name: "a", value: 0 }).execute();
      await Promise.all(
        Array.from({ length: 12 }, () =>
          database.transaction(async (trx) => {
            const { value } = await trx
              .selectFrom("counter")
              .select("value")
              .where("name", "=", "a")
              .executeTakeFirstOrThrow();
            await trx
              .updateTable("counter")
              .set({ value: value + 1 })
              .where("name", "=", "a")
              .execute();
          }),
        ),
      );
      const row = await database.db.selectFrom("counter").select("value").executeTakeFirstOrThrow();
      expect(row.value).toBe(12);
    });

    it("does not let two see that a row is missing and both act on it", async () => {
      const database = await open();
      const addIfFew = (n: number) =>
        database.transaction(async (trx) => {
          const rows = await trx.selectFrom("counter").selectAll().execute();
          if (rows.length >= 1) return false;
          await trx
            .insertInto("counter")
            .values({ name: `n${n}`, value: n })
            .execute();
          return true;
        });
      const added = await Promise.all([1, 2, 3, 4, 5, 6].map(addIfFew));
      expect(added.filter(Boolean)).toHaveLength(1);
      expect(await database.db.selectFrom("counter").selectAll().execute()).toHaveLength(1);
    });

    it("refuses a query that leaves it, which would wait for itself or escape it", async () => {
      const database = await open();
      const query = () => database.db.selectFrom("counter").selectAll().execute();
      expect(await codeOf(database.transaction(query))).toBe("nested-query");
      expect(await codeOf(database.transaction(() => database.transaction(query)))).toBe("nested-query");
      expect(await query()).toEqual([]);
    });

    it("lets work that it started query once it is over", async () => {
      const database = await open();
      let later: Promise<unknown> | undefined;
      const { promise: over, resolve } = Promise.withResolvers<void>();
      await database.transaction(async () => {
        later = over.then(() => database.db.selectFrom("counter").selectAll().execute());
      });
      resolve();
      expect(await later).toEqual([]);
    });
  });

  describe("migrations", () => {
    it("of a part have a list of their own, which grows without the other", async () => {
      const url = await under.freshUrl();
      const step = (name: string): Migration => ({
        name,
        up: async (trx, engine) => {
          await trx.schema
            .createTable(name)
            .addColumn("id", integer(engine), (c) => c.primaryKey().notNull())
            .$call(strictTable(engine))
            .execute();
        },
      });
      const first = await openDatabase<unknown>({ url, migrations: [step("one")] });
      await first.migrate("desk", [step("desk_one")]);
      await first.close();
      const second = await under.open<unknown>({ url, migrations: [step("one"), step("two")] });
      await second.migrate("desk", [step("desk_one"), step("desk_two")]);
      expect((await describeSchema(second)).map(({ table }) => table)).toEqual([
        "desk_migration",
        "desk_one",
        "desk_two",
        "migration",
        "one",
        "two",
      ]);
      expect(await codeOf(second.migrate("desk", [step("desk_two")]))).toBe("migration-mismatch");
    });

    const step = (name: string): Migration => ({
      name,
      async up(trx, engine) {
        await trx.schema
          .createTable(name)
          .addColumn("id", integer(engine), (c) => c.primaryKey().notNull())
          .$call(strictTable(engine))
          .execute();
      },
    });
    const tablesOf = async <T>(database: Database<T>) =>
      (await describeSchema(database)).map(({ table }) => table);

    it("are applied once each, those that are new on the next start", async () => {
      const url = await under.freshUrl();
      await (await openDatabase<unknown>({ url, migrations: [step("one")] })).close();
      const database = await under.open<unknown>({ url, migrations: [step("one"), step("two")] });
      expect(await tablesOf(database)).toEqual(["migration", "one", "two"]);
    });

    it("leave the database as it was when one of them fails", async () => {
      const url = await under.freshUrl();
      const failing: Migration = {
        name: "failing",
        async up() {
          throw new Error("no");
        },
      };
      await expect(openDatabase({ url, migrations: [step("one"), failing] })).rejects.toThrow("no");
      const database = await under.open<unknown>({ url, migrations: [step("two")] });
      expect(await tablesOf(database)).toEqual(["migration", "two"]);
    });

    it("refuse a database of a newer version, of another program, or with a gap", async () => {
      const url = await under.freshUrl();
      await (await openDatabase<unknown>({ url, migrations: [step("one"), step("two")] })).close();
      for (const migrations of [
        [step("one")],
        [step("three")],
        [step("two"), step("three"), step("one")],
        [],
      ]) {
        expect(await codeOf(openDatabase({ url, migrations }))).toBe("migration-mismatch");
      }
      expect(await codeOf(openDatabase({ url, migrations: [step("one"), step("one")] }))).toBe(
        "migration-mismatch",
      );
    });

    it("are applied once when several start together", async () => {
      const url = await under.freshUrl();
      const starts = Array.from({ length: 4 }, () =>
        openDatabase<unknown>({ url, exclusive: false, migrations: [step("one")] }),
      );
      const databases = await Promise.all(starts);
      expect(await tablesOf(databases[3]!)).toEqual(["migration", "one"]);
      for (const database of databases) await database.close();
    });
  });

  describe("the schema's description", () => {
    it("names every table and column, and keeps no hidden order of rows", async () => {
      expect(await describeSchema(await open())).toEqual([
        { table: "counter", columns: ["name", "value"], hasRowid: false },
        { table: "item", columns: ["amount", "id", "label"], hasRowid: false },
        { table: "migration", columns: ["name"], hasRowid: false },
      ]);
    });

    it("shows a table that was made without our helper", async () => {
      const database = await under.open<{ loose: { id: Generated<number> } }>();
      await sql`create table loose (id integer primary key)`.execute(database.db);
      expect(await describeSchema(database)).toContainEqual({
        table: "loose",
        columns: ["id"],
        hasRowid: under.engine === "sqlite",
      });
    });
  });

  describe("named locks", () => {
    it("are held by one at a time and free again after use, also after a failure", async () => {
      const database = await open();
      const { promise: entered, resolve: enter } = Promise.withResolvers<void>();
      const { promise: leaving, resolve: leave } = Promise.withResolvers<void>();
      const first = database.tryLock("sequencer", async () => {
        enter();
        await leaving;
        return "first";
      });
      await entered;
      expect(await database.tryLock("sequencer", async () => "second")).toEqual({ held: false });
      expect(await database.tryLock("another", async () => "other")).toEqual({ held: true, value: "other" });
      leave();
      expect(await first).toEqual({ held: true, value: "first" });
      const failure = new Error("no");
      await expect(database.tryLock("sequencer", () => Promise.reject(failure))).rejects.toBe(failure);
      expect(await database.tryLock("sequencer", async () => "third")).toEqual({
        held: true,
        value: "third",
      });
    });

    it("let their holder write in transactions while others read", async () => {
      const database = await open();
      const result = await database.tryLock("sequencer", async (locked) => {
        await locked.transaction((trx) =>
          trx.insertInto("counter").values({ name: "a", value: 1 }).execute(),
        );
        const seen = await database.db.selectFrom("counter").selectAll().execute();
        await locked.transaction((trx) => trx.updateTable("counter").set({ value: 2 }).execute());
        return seen;
      });
      expect(result).toEqual({ held: true, value: [{ name: "a", value: 1 }] });
      expect(await database.db.selectFrom("counter").select("value").execute()).toEqual([{ value: 2 }]);
    });

    it("that are held for good refuse a second holder until they are released", async () => {
      const database = await open();
      const lock = await database.exclusive("registrar", () => undefined);
      expect(await codeOf(database.exclusive("registrar", () => undefined))).toBe("lock-taken");
      await lock.release();
      await lock.release();
      await (await database.exclusive("registrar", () => undefined)).release();
    });
  });

  it("truncates its write-ahead log, if it has one, without losing a row", async () => {
    const database = await open();
    await database.db.insertInto("counter").values({ name: "a", value: 1 }).execute();
    await database.truncateWal();
    expect(await database.db.selectFrom("counter").selectAll().execute()).toHaveLength(1);
  });
});

describe("a database's URL", () => {
  it("is refused when it names no engine that there is", async () => {
    for (const url of ["", "sqlite:", "mysql://example.com/x", "postgres:/x", "file:x"]) {
      expect(await codeOf(openDatabase({ url })), url).toBe("bad-database-url");
    }
  });

  it("is not repeated by the error when the server cannot be reached", async () => {
    const error = await openDatabase({ url: "postgres://canary-user:canary-word@127.0.0.1:1/canary" }).catch(
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({ code: "database-unavailable" });
    expect(`${error} ${(error as Error).stack} ${JSON.stringify(error)}`).not.toContain("canary");
  });
});

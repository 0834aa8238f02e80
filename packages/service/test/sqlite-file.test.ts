import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { openSqliteFile } from "../src/database/sqlite-file.ts";
import { type Database, type DatabaseOptions, openDatabase } from "../src/index.ts";
import { startChild } from "./child/child.ts";
import { notes } from "./child/notes.ts";

let root: string;
let count = 0;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "undersigned-file-"));
});
afterAll(async () => {
  await rm(root, { recursive: true, force: true });
});

function freshPath(): string {
  count += 1;
  return join(root, String(count), "data", "board.sqlite");
}

async function open(options: DatabaseOptions): Promise<Database<unknown>> {
  const database = await openDatabase<unknown>(options);
  onTestFinished(() => database.close());
  return database;
}

const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);

describe("a database file", () => {
  it("and all that SQLite puts beside it are for their owner alone, under a wide umask too", async () => {
    const before = process.umask(0);
    onTestFinished(() => void process.umask(before));
    const path = freshPath();
    await open({ url: path, migrations: notes });
    const folder = join(path, "..");
    expect(await modeOf(folder)).toBe("700");
    const files = await readdir(folder);
    expect(files.sort()).toEqual(["board.sqlite", "board.sqlite-shm", "board.sqlite-wal"]);
    for (const file of files) expect(await modeOf(join(folder, file)), file).toBe("600");
  });

  it("is refused when group or others can read it, and is left alone", async () => {
    const path = freshPath();
    await mkdir(join(path, ".."), { recursive: true, mode: 0o700 });
    await writeFile(path, "");
    await chmod(path, 0o640);
    await expect(openDatabase({ url: path })).rejects.toMatchObject({ code: "open-to-others" });
    expect(await modeOf(path)).toBe("640");
  });

  it("is refused in a folder that others can enter", async () => {
    const path = freshPath();
    await mkdir(join(path, ".."), { recursive: true });
    await chmod(join(path, ".."), 0o711);
    await expect(openDatabase({ url: path })).rejects.toMatchObject({ code: "open-to-others" });
    expect(await readdir(join(path, ".."))).toEqual([]);
  });

  it("that is something else is refused without being touched", async () => {
    const path = freshPath();
    await mkdir(join(path, ".."), { recursive: true, mode: 0o700 });
    await chmod(join(path, ".."), 0o700);
    await writeFile(path, "not a database, but long enough to have a header of its own".repeat(20), {
      mode: 0o600,
    });
    const before = await readFile(path);
    await expect(openDatabase({ url: path })).rejects.toMatchObject({ code: "database-unavailable" });
    expect(await readFile(path)).toEqual(before);
  });

  it("is opened with the settings that durability and erasure rest on", async () => {
    const file = await openSqliteFile(freshPath(), false);
    onTestFinished(() => file.close());
    const setting = (name: string) => Object.values(file.prepare(`pragma ${name}`).get() ?? {})[0];
    expect(setting("journal_mode")).toBe("wal");
    expect(setting("synchronous")).toBe(2);
    expect(setting("secure_delete")).toBe(1);
    expect(setting("foreign_keys")).toBe(1);
    expect(setting("temp_store")).toBe(2);
    expect(setting("trusted_schema")).toBe(0);
    expect(setting("busy_timeout")).toBe(5000);
  });
});

describe("what is erased", () => {
  it("is in no file once the write-ahead log is truncated", async () => {
    const path = freshPath();
    const database = await open({ url: path, exclusive: true, migrations: notes });
    const canary = "canary-that-somebody-took-back";
    const contents = async () => {
      const folder = join(path, "..");
      const files = await Promise.all(
        (await readdir(folder)).map((file) => readFile(join(folder, file), "latin1")),
      );
      return files.join("");
    };
    await database.transaction(async (trx) => {
      for (let id = 1; id <= 50; id++) {
        await sql`insert into note (id, body) values (${id}, ${`${canary} ${id}`})`.execute(trx);
      }
    });
    await database.truncateWal();
    expect(await contents()).toContain(canary);
    await sql`update note set body = null where id < 25`.execute(database.db);
    await sql`delete from note where id >= 25`.execute(database.db);
    await database.truncateWal();
    expect(await contents()).not.toContain(canary);
  });

  it("cannot be truncated away while another process reads, and the caller is told", async () => {
    const path = freshPath();
    const database = await open({ url: path, migrations: notes });
    const reader = new DatabaseSync(path);
    onTestFinished(() => reader.close());
    reader.exec("begin; select * from note");
    reader.prepare("select * from note").all();
    await sql`insert into note (id, body) values (1, 'x')`.execute(database.db);
    await expect(database.truncateWal()).rejects.toMatchObject({ code: "database-busy" });
    reader.exec("commit");
    await database.truncateWal();
  }, 30_000);
});

describe("a second process", () => {
  it("is kept out of a database that is open exclusively, until the first one ends", async () => {
    const bare = `sqlite:${freshPath()}`;
    const holder = startChild(bare, "exclusive");
    expect(await holder.word()).toBe("held");
    await expect(openDatabase({ url: bare, exclusive: true })).rejects.toMatchObject({
      code: "database-in-use",
    });
    expect(await startChild(bare, "exclusive").word()).toBe("database-in-use");
    await holder.kill();
    const database = await open({ url: bare, exclusive: true, migrations: notes });
    await database.exclusive("the-one", () => undefined);
    expect(await startChild(bare, "exclusive").word()).toBe("database-in-use");
  }, 60_000);

  it("cannot read past an exclusive lock either", async () => {
    const path = freshPath();
    await open({ url: path, exclusive: true, migrations: notes });
    const reader = new DatabaseSync(path, { readOnly: true, timeout: 0 });
    onTestFinished(() => reader.close());
    expect(() => reader.prepare("select * from note").all()).toThrow(/locked/);
  });

  it("refuses named locks in a database that is not open exclusively", async () => {
    const database = await open({ url: freshPath() });
    await expect(database.exclusive("x", () => undefined)).rejects.toMatchObject({ code: "not-exclusive" });
    await expect(database.tryLock("x", async () => 1)).rejects.toMatchObject({ code: "not-exclusive" });
  });
});

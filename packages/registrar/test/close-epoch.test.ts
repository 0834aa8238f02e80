/** The death of an epoch's keys: afterwards nothing is left under which a mailbox could be tried, whatever came between. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFile, cp, link, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  type DestructionLeaf,
  encodeLeaf,
  type KeyStatement,
  parseKeyStatement,
  signObject,
  verifyObject,
} from "@undersigned/core";
import { eachDatabase } from "@undersigned/service/testing";
import { sql } from "kysely";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { someOf } from "../../../test/kit/size.ts";
import { closeEpochStepwise } from "../src/commands/close-epoch.ts";
import { backupRegistrar, closeEpoch, createEpochKeys } from "../src/index.ts";
import { readEpochKeyFile, readTagKey } from "../src/keys/key-files.ts";
import { EPOCH_TABLES } from "../src/storage/schema.ts";
import {
  board,
  CLOSES,
  newFolder,
  newWorkforce,
  OPENS,
  OTHER_PHRASE,
  openTables,
  Person,
  post,
  type Running,
  removeFolders,
  start,
  stopAll,
  type Workforce,
} from "./kit.ts";
import { LOCK } from "./lock.ts";
import { logOf } from "./logged.ts";
import { bytesBelow, findEnrolled } from "./seizure.ts";
import { TestClock } from "./test-clock.ts";

afterEach(stopAll);
afterAll(removeFolders);

const AFTER = "2031-07-01";
const STEPS = ["marked", "tag-1.age", "epoch-1.age", "tags", "kept"];

const close = (workforce: Workforce, changes: { epoch?: number; day?: string } = {}) =>
  closeEpoch({
    dataDir: workforce.dataDir,
    databaseUrl: workforce.databaseUrl,
    lock: LOCK,
    epoch: 1,
    day: AFTER,
    ...changes,
  });

async function enrol(registrar: Running, workforce: Workforce, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const person = new Person(workforce, `${name}@example.com`);
    const answer = await person.enrol(registrar, await person.askCode(registrar, `${name}@example.com`));
    expect(answer.status).toBe(200);
  }
}

/** All that the database keeps of an epoch's people, mails and names, as it stands there. */
async function secretsOf(workforce: Workforce, epoch = 1): Promise<Buffer[]> {
  const tables = await openTables(workforce);
  const found: Buffer[] = [];
  for (const table of Object.keys(EPOCH_TABLES) as (keyof typeof EPOCH_TABLES)[]) {
    const rows = await tables.db.selectFrom(table).selectAll().where("epoch", "=", epoch).execute();
    for (const row of rows) {
      const { epoch: _, ...columns } = row;
      found.push(...Object.values(columns).map((value) => Buffer.from(value as string | Uint8Array)));
    }
  }
  await tables.close();
  return found.sort(Buffer.compare);
}

async function countIn(folder: string, secrets: readonly Buffer[]): Promise<number> {
  const files = await bytesBelow(folder);
  return secrets.filter((secret) => files.some((file) => file.includes(secret))).length;
}

const later = (day = AFTER) => Object.assign(new TestClock(), { today: day });

describe("whoever seizes everything after an epoch was closed", () => {
  it("finds nobody, in the database, a backup from before, the key folder and the staff directory together", async () => {
    const workforce = await newWorkforce();
    const enrolled = ["ada", "ben", "cleo"];
    await enrol(await start(workforce), workforce, enrolled);
    await stopAll();
    const backup = join(await newFolder(), "backup");
    await backupRegistrar({ dataDir: workforce.dataDir, lock: LOCK, out: backup });
    const directory = [...enrolled, "dora", "egon", "fay"].map((name) => `${name}@example.com`);
    const tagKey = (await readTagKey(workforce.dataDir, LOCK, 1))!;
    const secrets = await secretsOf(workforce);
    const everyone = directory.slice(0, 3);
    // What makes the emptiness below mean something: the same search, before, and with the key.
    expect(await findEnrolled([workforce.dataDir], directory)).toEqual(everyone);
    expect(secrets).toHaveLength(6);
    expect(await countIn(workforce.dataDir, secrets)).toBe(6);

    await close(workforce);

    expect(await countIn(workforce.dataDir, secrets)).toBe(0);
    expect(await countIn(workforce.dataDir, [Buffer.from(tagKey)])).toBe(0);
    expect(await countIn(backup, secrets)).toBe(6);
    expect(await findEnrolled([workforce.dataDir, backup], directory)).toEqual([]);
    expect(await findEnrolled([workforce.dataDir, backup], directory, [tagKey])).toEqual(everyone);
    expect(await readdir(join(workforce.dataDir, "keys"))).toEqual(["identity.age", "tag-1.issued.json"]);
  }, 120_000);
});

eachDatabase("closing an epoch", (database) => {
  // SQLite's file in the data folder, where its bytes are looked for.
  const workforceHere = async () =>
    newWorkforce(database.engine === "sqlite" ? undefined : await database.freshUrl());

  it("leaves its counts, which are stated on, and a leaf that anyone may fetch", async () => {
    const workforce = await workforceHere();
    const { identity, statement } = workforce;
    await enrol(await start(workforce), workforce, ["ada"]);
    await stopAll();
    const tables = await openTables(workforce);
    await tables.db.updateTable("issued").set({ count: 1, stated: 0 }).execute();
    await tables.close();

    const leaf = await close(workforce);
    const { sig: _, ...fields } = leaf;
    expect(fields).toEqual({
      type: "destruction",
      v: 1,
      workforce: statement.workforce,
      epoch: 1,
      registrar: identity,
      day: AFTER,
    });
    expect(await verifyObject(leaf, identity)).toBe(true);

    const registrar = await start(workforce, { clock: later() });
    const response = await fetch(`${registrar.url}/v1/destructions/1`);
    expect(response.headers.get("cache-control")).toContain("immutable");
    expect(Buffer.from(await response.arrayBuffer()).equals(encodeLeaf(leaf))).toBe(true);
    expect((await fetch(`${registrar.url}/v1/destructions/2`)).status).toBe(404);
    const request = { type: "issuance-request" as const, v: 1 as const, epoch: 1, day: AFTER };
    const ask = signObject({ ...request, workforce: statement.workforce }, board);
    const issuance = await post(registrar.url, "/v1/issuance", ask);
    expect(issuance.body.issued).toEqual([{ evidence: "mailbox-code", count: 0 }]);
    await stopAll();
    const after = await openTables(workforce);
    expect(await after.db.selectFrom("issued").select("count").execute()).toEqual([{ count: 1 }]);
    await after.close();
  });

  it("is refused up to its last day, and for an epoch without keys, and takes nothing then", async () => {
    const workforce = await workforceHere();
    await expect(close(workforce, { day: CLOSES })).rejects.toMatchObject({ code: "epoch-not-over" });
    await expect(close(workforce, { epoch: 2 })).rejects.toMatchObject({ code: "epoch-unknown" });
    await enrol(await start(workforce), workforce, ["ada"]);
    await expect(close(workforce)).rejects.toMatchObject({ code: "other-process-active" });
  });

  it("gives no keys a second time, and enrols nobody on a clock that went back, with files that came back", async () => {
    const workforce = await workforceHere();
    const spare = await newFolder();
    await cp(join(workforce.dataDir, "keys"), spare, { recursive: true });
    await close(workforce);
    const { dataDir, databaseUrl, manifestFile } = workforce;
    const epoch = { epoch: 1, opens: OPENS, closes: CLOSES };
    await expect(
      createEpochKeys({ dataDir, databaseUrl, lock: LOCK, manifestFile, ...epoch }),
    ).rejects.toMatchObject({ code: "keys-destroyed" });
    await cp(spare, join(workforce.dataDir, "keys"), { recursive: true });
    const registrar = await start(workforce);
    const person = new Person(workforce, "ada@example.com");
    for (const answer of [
      await post(registrar.url, "/v1/reservations", person.reservation()),
      await person.enrol(registrar, "12345678"),
    ]) {
      expect(answer).toMatchObject({ status: 410, body: { code: "keys-destroyed" } });
    }
    const about = await (await fetch(`${registrar.url}/v1/registrar`)).json();
    expect(about.epoch).toBe(null);
  });

  it("leaves another epoch as it is, whose days overlap", async () => {
    const workforce = await workforceHere();
    const { dataDir, databaseUrl, manifestFile } = workforce;
    const days = { opens: "2031-06-01", closes: "2031-09-30" };
    const made = await createEpochKeys({ dataDir, databaseUrl, lock: LOCK, manifestFile, epoch: 2, ...days });
    const second: Workforce = { ...workforce, statement: parseKeyStatement(made.statement) as KeyStatement };
    const readLog = async () => logOf([workforce.statementFile, made.statement]);
    const both = await start(workforce, { clock: later("2031-06-15"), readLog });
    await enrol(both, workforce, ["ada"]);
    await enrol(both, second, ["ada", "ben"]);
    await stopAll();
    for (const epoch of [1, 2]) await fillOthers(workforce, epoch);
    const [first, kept] = [await secretsOf(workforce, 1), await secretsOf(workforce, 2)];
    expect([first.length, kept.length]).toEqual([2 + OTHERS, 4 + OTHERS]);

    await close(workforce);

    expect(await secretsOf(workforce, 1)).toEqual([]);
    expect(await secretsOf(workforce, 2)).toEqual(kept);
    if (database.engine === "sqlite") {
      expect(await countIn(dataDir, kept)).toBe(kept.length);
      expect(await countIn(dataDir, first)).toBe(0);
    }
    expect((await readEpochKeyFile(dataDir, LOCK, 2))?.epoch).toBe(2);
    const registrar = await start(workforce, { clock: later(), readLog });
    const ada = new Person(second, "ada@example.com");
    const again = await ada.enrol(registrar, await ada.askCode(registrar, "ada@example.com"));
    await ada.tokens(again);
    const twice = new Person(second, "ben@example.com", OTHER_PHRASE);
    const refused = await twice.enrol(registrar, await twice.askCode(registrar, "ben@example.com"));
    expect(refused.body.code).toBe("already-enrolled");
    await enrol(registrar, second, ["cleo"]);
  });

  // In short each step once, and two of them, others from run to run, on PostgreSQL too.
  const steps = database.engine === "sqlite" ? STEPS : someOf(STEPS, 2);
  it.each(steps)("killed after the step %s, it lets the registrar start, and goes on", async (step) => {
    const workforce = await workforceHere();
    await fill(workforce);
    const secrets = await secretsOf(workforce);
    const inFiles = database.engine === "sqlite" ? 600 + OTHERS : 0;
    expect(await countIn(workforce.dataDir, secrets)).toBe(inFiles);
    await killAfter(workforce, step);
    const between = await start(workforce, { clock: later() });
    const stated = (await fetch(`${between.url}/v1/destructions/1`)).status;
    expect(stated).toBe(step === "kept" ? 200 : 404);
    await stopAll();
    const leaf = await close(workforce);
    expect(await close(workforce, { day: "2031-08-01" })).toEqual(leaf);
    expect(leaf.day).toBe(AFTER);
    expect(await secretsOf(workforce)).toEqual([]);
    expect(await countIn(workforce.dataDir, secrets)).toBe(0);
    expect(await readdir(join(workforce.dataDir, "keys"))).toEqual(["identity.age", "tag-1.issued.json"]);
    await start(workforce, { clock: later() });
  });
});

async function fill(workforce: Workforce): Promise<void> {
  const tables = await openTables(workforce);
  const random = () => crypto.getRandomValues(new Uint8Array(32));
  // Several commits, so that the write-ahead log has pages more than once; each costs a wait for the disk.
  for (let i = 0; i < 300; i += 30) {
    const rows = Array.from({ length: 30 }, () => ({ epoch: 1, tag: random(), mac: random() }));
    await tables.db.insertInto("enrolment").values(rows).execute();
  }
  await tables.db.updateTable("issued").set({ count: 300 }).execute();
  await tables.close();
  await fillOthers(workforce, 1);
}

/** How many secrets `fillOthers` leaves. */
const OTHERS = 102;

/** Mails that were used, the key that they were accepted under, and notes of names. */
async function fillOthers(workforce: Workforce, epoch: number): Promise<void> {
  const tables = await openTables(workforce);
  for (let i = 0; i < 50; i += 10) {
    const random = () => Array.from({ length: 10 }, () => crypto.getRandomValues(new Uint8Array(32)));
    await tables.db
      .insertInto("spent_mail")
      .values(random().map((mail) => ({ epoch, mail })))
      .execute();
    await tables.db
      .insertInto("name_note")
      .values(random().map((note) => ({ epoch, note })))
      .execute();
  }
  const key = { name: `s${epoch}._domainkey.login.example.net`, record: `v=DKIM1; p=canary-of-${epoch}` };
  await tables.db
    .insertInto("mail_key")
    .values({ epoch, ...key })
    .execute();
  await tables.close();
}

async function killAfter(workforce: Workforce, step: string): Promise<void> {
  const script = fileURLToPath(new URL("./child/close-until.ts", import.meta.url));
  const args = [script, workforce.dataDir, workforce.databaseUrl ?? "-", AFTER, step];
  const child = spawn(process.execPath, args, { stdio: "ignore" });
  expect(await once(child, "exit")).toEqual([null, "SIGKILL"]);
}

describe("closing an epoch", () => {
  it("states nothing before everything is done", async () => {
    const workforce = await newWorkforce();
    const seen: string[] = [];
    const options = { dataDir: workforce.dataDir, lock: LOCK, epoch: 1, day: AFTER };
    await closeEpochStepwise(options, (step) => seen.push(step));
    expect(seen).toEqual(STEPS);
  });

  it("destroys key files that somebody put back, with what crashes left of writing them", async () => {
    const workforce = await newWorkforce();
    const keys = join(workforce.dataDir, "keys");
    const tag = join(keys, "tag-1.age");
    const copy = join(await newFolder(), "tag");
    await copyFile(tag, copy);
    // Another name for the file itself shows that it is overwritten and not just forgotten.
    const other = join(await newFolder(), "linked");
    await link(tag, other);
    const sealed = await readFile(tag);
    await writeFile(join(keys, ".tag-1.age.0123456789abcdef.tmp"), sealed);
    await writeFile(join(keys, ".epoch-1.age.0123456789abcdef.tmp"), sealed);
    await writeFile(join(keys, ".tag-11.age.0123456789abcdef.tmp"), sealed);
    const leaf: DestructionLeaf = await close(workforce);
    const overwritten = await readFile(other);
    expect(overwritten.length).toBe(sealed.length);
    expect(overwritten.includes(sealed.subarray(32, 64))).toBe(false);
    const left = [".tag-11.age.0123456789abcdef.tmp", "identity.age", "tag-1.issued.json"];
    expect((await readdir(keys)).sort()).toEqual(left);
    await copyFile(copy, tag);
    expect(await close(workforce)).toEqual(leaf);
    expect((await readdir(keys)).sort()).toEqual(left);
  });
});

eachDatabase("each table of an epoch's people", (database) => {
  it("gets a new file on PostgreSQL, whatever an old snapshot still sees", async (context) => {
    if (database.engine === "sqlite") return context.skip();
    const workforce = await newWorkforce(await database.freshUrl());
    await fill(workforce);
    const secrets = await secretsOf(workforce);
    const reader = await openTables(workforce);
    const onDisk = async () => {
      await sql`checkpoint`.execute(reader.db);
      const { rows } = await sql<{ bytes: Uint8Array }>`
        select pg_read_binary_file(pg_relation_filepath(relation)) as bytes
        from unnest(array['enrolment', 'spent_mail', 'mail_key', 'name_note']) as relation`.execute(
        reader.db,
      );
      const bytes = Buffer.concat(rows.map((row) => Buffer.from(row.bytes)));
      return secrets.filter((secret) => bytes.includes(secret)).length;
    };
    expect(await onDisk()).toBe(600 + OTHERS);
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let begun = () => {};
    const beginning = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const snapshot = reader.db
      .transaction()
      .setIsolationLevel("repeatable read")
      .execute(async (trx) => {
        await sql`select count(*) from issued`.execute(trx);
        begun();
        await held;
      });
    await beginning;
    await close(workforce);
    expect(await onDisk()).toBe(0);
    release();
    await snapshot;
    await reader.close();
  });
});

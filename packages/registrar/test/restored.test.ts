/** What a registrar refuses that was restored or set back: a copy has forgotten who enrolled since. */
import { copyFile, cp, mkdir, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { type IssuanceLeaf, parseKeyStatement, signObject } from "@undersigned/core";
import { eachDatabase } from "@undersigned/service/testing";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import {
  backupRegistrar,
  closeEpoch,
  createEpochKeys,
  makeRegistrarCard,
  type ReadLog,
} from "../src/index.ts";
import {
  type Answer,
  board,
  newFolder,
  newWorkforce,
  openTables,
  Person,
  post,
  type Running,
  removeFolders,
  start,
  stopAll,
  type Workforce,
} from "./kit.ts";
import { LOCK, OTHER_LOCK } from "./lock.ts";
import { logOf } from "./logged.ts";
import { TestClock, TODAY } from "./test-clock.ts";

afterEach(stopAll);
afterAll(removeFolders);

const person = (workforce: Workforce) => new Person(workforce, "ada@example.com");

/** What someone gets who tries both ways in. */
async function refusals(registrar: Running, workforce: Workforce): Promise<Answer[]> {
  return [
    await post(registrar.url, "/v1/reservations", person(workforce).reservation()),
    await person(workforce).enrol(registrar, "12345678"),
  ];
}

async function expectRefused(
  registrar: Running,
  workforce: Workforce,
  status: number,
  code: string,
): Promise<void> {
  for (const answer of await refusals(registrar, workforce)) {
    expect(answer).toMatchObject({ status, body: { code } });
  }
}

async function askIssued(registrar: Running, workforce: Workforce, day = TODAY): Promise<IssuanceLeaf> {
  const request = { type: "issuance-request" as const, v: 1 as const, epoch: 1, day };
  const ask = signObject({ ...request, workforce: workforce.statement.workforce }, board);
  const answer = await post(registrar.url, "/v1/issuance", ask);
  expect(answer.status).toBe(200);
  return answer.body as unknown as IssuanceLeaf;
}

async function fill(workforce: Workforce, count: number): Promise<void> {
  const tables = await openTables(workforce);
  for (let i = 0; i < count; i++) {
    const [tag, mac] = [new Uint8Array(32), new Uint8Array(32)].map((bytes) => crypto.getRandomValues(bytes));
    await tables.db.insertInto("enrolment").values({ epoch: 1, tag: tag!, mac: mac! }).execute();
  }
  await tables.db
    .updateTable("issued")
    .set((row) => ({ count: row("count", "+", count) }))
    .execute();
  await tables.close();
}

async function copyOf(workforce: Workforce): Promise<Workforce> {
  const dataDir = join(await newFolder(), "copy");
  await cp(workforce.dataDir, dataDir, { recursive: true });
  return { ...workforce, dataDir };
}

const events = (registrar: Running) => registrar.log.map((line) => JSON.parse(line).event);
const logWith =
  (workforce: Workforce, stated: Parameters<typeof logOf>[1]): ReadLog =>
  async () =>
    logOf([workforce.statementFile], stated);

describe("a backup", () => {
  it("has the database, the sealed identity and the card, for their owner alone, and no key of an epoch", async () => {
    const workforce = await newWorkforce();
    const { dataDir } = workforce;
    const details = { name: "First", operator: "First Office", url: "https://one.example.com" };
    await makeRegistrarCard({ dataDir, lock: LOCK, details });
    await fill(workforce, 3);
    const folder = await newFolder();
    const out = join(folder, "backup");
    await backupRegistrar({ dataDir, lock: LOCK, out });
    expect(await readdir(folder)).toEqual(["backup"]);
    const names = (await readdir(out, { recursive: true })).sort();
    expect(names).toEqual(["card.json", "keys", "keys/identity.age", "registrar.sqlite"]);
    for (const name of ["", ...names]) expect((await stat(join(out, name))).mode & 0o077).toBe(0);
    const tables = await openTables({ ...workforce, dataDir: out });
    expect(await tables.db.selectFrom("enrolment").select("epoch").execute()).toHaveLength(3);
    await tables.close();
  });

  it("is refused where something is, beside a running registrar, without identity and with another lock", async () => {
    const workforce = await newWorkforce();
    const { dataDir } = workforce;
    const folder = await newFolder();
    await mkdir(join(folder, "there"));
    const make = (changes: object) => backupRegistrar({ dataDir, out: join(folder, "new"), ...changes });
    await expect(make({ out: join(folder, "there") })).rejects.toMatchObject({ code: "backup-refused" });
    await expect(make({ out: join(folder, "no", "new") })).rejects.toMatchObject({ code: "backup-refused" });
    await expect(make({ lock: OTHER_LOCK })).rejects.toMatchObject({ code: "keys-locked" });
    await expect(make({ dataDir: await newFolder() })).rejects.toMatchObject({ code: "identity-missing" });
    const postgres = make({ databaseUrl: "postgres://registrar@db.example.com/registrar" });
    await expect(postgres).rejects.toMatchObject({
      code: "backup-refused",
      message: expect.stringContaining("pg_dump"),
    });
    await start(workforce);
    await expect(make({})).rejects.toMatchObject({ code: "other-process-active" });
    expect(await readdir(folder)).toEqual(["there"]);
  });

  it("restores a registrar that enrols nobody in the epoch that ran, and states what the log has", async () => {
    const workforce = await newWorkforce();
    await fill(workforce, 25);
    const out = join(await newFolder(), "backup");
    await backupRegistrar({ dataDir: workforce.dataDir, lock: LOCK, out });
    await fill(workforce, 20);
    const leaf = await askIssued(await start(workforce), workforce);
    expect(leaf.issued).toEqual([{ evidence: "mailbox-code", count: 40 }]);
    await stopAll();
    const restored = { ...workforce, dataDir: out };
    const registrar = await start(restored, { readLog: logWith(workforce, { issuance: [leaf] }) });
    const codes = (await refusals(registrar, restored)).map((answer) => answer.body.code);
    // Two reasons, and the graver one is told once the log was read.
    for (const code of codes) expect(["keys-missing", "set-back"]).toContain(code);
    expect((await askIssued(registrar, restored)).issued).toEqual(leaf.issued);
    expect(events(registrar)).toContain("keys-missing");
    expect(events(registrar)).toContain("set-back");
    await stopAll();
    // Its next start does not stumble over what it restated.
    await start(restored);
  });

  it("that is not behind the log restores one that has no keys either", async () => {
    const workforce = await newWorkforce();
    const out = join(await newFolder(), "backup");
    await backupRegistrar({ dataDir: workforce.dataDir, out });
    const restored = { ...workforce, dataDir: out };
    const registrar = await start(restored);
    await expectRefused(registrar, restored, 410, "keys-missing");
    expect((await (await fetch(`${registrar.url}/v1/registrar`)).json()).epoch).toBe(null);
  });
});

describe("a data folder that was set back as a whole", () => {
  it("enrols nobody in an epoch of which the log knows more, and restates what was stated", async () => {
    const workforce = await newWorkforce();
    const old = await copyOf(workforce);
    await fill(workforce, 25);
    const leaf = await askIssued(await start(workforce), workforce);
    await stopAll();
    const readLog = logWith(workforce, { issuance: [leaf] });
    // The folder as it is now serves under the same log.
    const present = await start(workforce, { readLog });
    await person(workforce).askCode(present, "ada@example.com");
    await stopAll();
    const registrar = await start(old, { readLog });
    await expect.poll(() => events(registrar)).toContain("set-back");
    await expectRefused(registrar, old, 409, "set-back");
    expect((await askIssued(registrar, old)).issued).toEqual([{ evidence: "mailbox-code", count: 20 }]);
  });

  it("enrols nobody in an epoch whose keys the log says are destroyed, on any day", async () => {
    const workforce = await newWorkforce();
    const old = await copyOf(workforce);
    const { dataDir } = workforce;
    const leaf = await closeEpoch({ dataDir, lock: LOCK, epoch: 1, day: "2031-07-01" });
    for (const today of [TODAY, "2031-07-02"]) {
      const clock = Object.assign(new TestClock(), { today });
      const readLog = logWith(workforce, { destructions: [leaf] });
      const registrar = await start(old, { clock, readLog });
      await expect.poll(() => events(registrar)).toContain("keys-destroyed");
      await expectRefused(registrar, old, 410, "keys-destroyed");
      await stopAll();
    }
    const again = await closeEpoch({ dataDir: old.dataDir, lock: LOCK, epoch: 1, day: "2031-07-01" });
    expect(again).toEqual(leaf);
  });

  it("is not saved by another registrar's silence: the log is asked about this one", async () => {
    const workforce = await newWorkforce();
    const other = await newWorkforce();
    await fill(other, 20);
    const leaf = await askIssued(await start(other), other);
    await stopAll();
    const stranger = { ...leaf, registrar: board.publicKey };
    const registrar = await start(workforce, { readLog: logWith(workforce, { issuance: [stranger] }) });
    await person(workforce).askCode(registrar, "ada@example.com");
  });
});

describe("a registrar without the record beside its keys", () => {
  it("does not start while one of the keys is there, for then something else was lost", async () => {
    for (const name of ["tag-1.age", "epoch-1.age"]) {
      const workforce = await newWorkforce();
      const keys = join(workforce.dataDir, "keys");
      const spare = join(await newFolder(), name);
      await copyFile(join(keys, name), spare);
      for (const file of ["tag-1.age", "epoch-1.age", "tag-1.issued.json"]) await rm(join(keys, file));
      await copyFile(spare, join(keys, name));
      await expect(start(workforce)).rejects.toMatchObject({ code: "issuance-record-missing" });
    }
  });
});

eachDatabase("one epoch that was set back", (database) => {
  it("leaves the enrolments of another as they are", async () => {
    const workforce = await newWorkforce(await database.freshUrl());
    const { dataDir, databaseUrl, manifestFile } = workforce;
    const days = { opens: "2031-04-01", closes: "2031-09-30" };
    const made = await createEpochKeys({ dataDir, databaseUrl, lock: LOCK, manifestFile, epoch: 2, ...days });
    const second = { ...workforce, statement: parseKeyStatement(made.statement) };
    const leaf = await askIssued(await start(workforce), workforce);
    await stopAll();
    const more = { ...leaf, issued: [{ evidence: "mailbox-code" as const, count: 20 }] };
    const readLog = async () => logOf([workforce.statementFile, made.statement], { issuance: [more] });
    const registrar = await start(workforce, { readLog });
    await expect.poll(() => events(registrar)).toContain("set-back");
    await expectRefused(registrar, workforce, 409, "set-back");
    const ada = person(second);
    const answer = await ada.enrol(registrar, await ada.askCode(registrar, "ada@example.com"));
    await ada.tokens(answer);
  });
});

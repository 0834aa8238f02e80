/** What a registrar refuses to start with: every way in which it would enrol people twice or lock them out. */
import { copyFile, cp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { encodeBase64url, encodeCanonical, randomBytes } from "@undersigned/core";
import { openKeyFile, sealKeyFile } from "@undersigned/service";
import { eachDatabase, startSmtp } from "@undersigned/service/testing";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { createEpochKeys, createRegistrarKeys, RegistrarError } from "../src/index.ts";
import { readTagKey, writeTagKey } from "../src/keys/key-files.ts";
import { runRegistrar } from "./child-process.ts";
import {
  manifestFor,
  newFolder,
  newWorkforce,
  openTables,
  removeFolders,
  start,
  stopAll,
  type Workforce,
} from "./kit.ts";
import { LOCK, OTHER_LOCK } from "./lock.ts";
import { TestClock } from "./test-clock.ts";

afterEach(stopAll);
afterAll(removeFolders);

const keyFile = (workforce: Workforce, name: string) => join(workforce.dataDir, "keys", name);

async function refusal(workforce: Workforce, clock = new TestClock()): Promise<string> {
  const error = await start(workforce, { clock }).then(
    () => new Error("it started"),
    (reason: unknown) => reason,
  );
  if (!(error instanceof RegistrarError)) throw error;
  return error.code;
}

/** Enrolments as they would stand in the database. */
async function fill(workforce: Workforce, tags: number, count: number, stated: number): Promise<void> {
  const database = await openTables(workforce);
  for (let i = 0; i < tags; i++) {
    await database.db
      .insertInto("enrolment")
      .values({ epoch: 1, tag: randomBytes(32), mac: randomBytes(32) })
      .execute();
  }
  await database.db.updateTable("issued").set({ count, stated }).execute();
  await database.close();
}

async function record(workforce: Workforce, count: number): Promise<void> {
  const issued = [{ evidence: "mailbox-code", count }];
  const bytes = encodeCanonical({ type: "registrar-issued", v: 1, epoch: 1, issued });
  await writeFile(keyFile(workforce, "tag-1.issued.json"), bytes);
}

describe("a registrar does not start", () => {
  it("with keys that the lock does not open", async () => {
    const workforce = await newWorkforce();
    const seed = await openKeyFile(keyFile(workforce, "identity.age"), LOCK);
    await rm(keyFile(workforce, "identity.age"));
    await sealKeyFile(keyFile(workforce, "identity.age"), seed, OTHER_LOCK);
    expect(await refusal(workforce)).toBe("keys-locked");
  });

  it("without an identity, or with another than the database's", async () => {
    const workforce = await newWorkforce();
    await rm(keyFile(workforce, "identity.age"));
    expect(await refusal(workforce)).toBe("identity-missing");
    await createRegistrarKeys({ dataDir: workforce.dataDir, lock: LOCK });
    expect(await refusal(workforce)).toBe("identity-differs");
  });

  it("without the tag key of a running epoch, though it needs none of an epoch that is over", async () => {
    const workforce = await newWorkforce();
    await rm(keyFile(workforce, "tag-1.age"));
    expect(await refusal(workforce)).toBe("tag-key-missing");
    const later = new TestClock();
    later.today = "2031-07-01";
    await start(workforce, { clock: later });
  });

  it("with another tag key", async () => {
    const workforce = await newWorkforce();
    await rm(keyFile(workforce, "tag-1.age"));
    await writeTagKey(workforce.dataDir, LOCK, 1, encodeBase64url(randomBytes(32)));
    expect(await readTagKey(workforce.dataDir, LOCK, 1)).toHaveLength(32);
    expect(await refusal(workforce)).toBe("tag-key-differs");
  });

  it("without the epoch's keys, or with those of another registrar", async () => {
    const workforce = await newWorkforce();
    await rm(keyFile(workforce, "epoch-1.age"));
    expect(await refusal(workforce)).toBe("epoch-keys-missing");
    const other = await newFolder();
    const { identity } = await createRegistrarKeys({ dataDir: other, lock: LOCK });
    const of = { epoch: 1, opens: workforce.statement.opens, closes: workforce.statement.closes };
    await createEpochKeys({ dataDir: other, lock: LOCK, manifestFile: manifestFor(identity), ...of });
    await copyFile(join(other, "keys", "epoch-1.age"), keyFile(workforce, "epoch-1.age"));
    expect(await refusal(workforce)).toBe("epoch-keys-differ");
  });

  it("with private keys that are not those it has published", async () => {
    const workforce = await newWorkforce();
    const payload = JSON.parse(
      Buffer.from(await openKeyFile(keyFile(workforce, "epoch-1.age"), LOCK)).toString(),
    );
    const pkcs8 = payload.keys[0].pkcs8;
    payload.keys[0].pkcs8 = payload.keys[1].pkcs8;
    payload.keys[1].pkcs8 = pkcs8;
    await rm(keyFile(workforce, "epoch-1.age"));
    await sealKeyFile(keyFile(workforce, "epoch-1.age"), encodeCanonical(payload), LOCK);
    expect(await refusal(workforce)).toBe("epoch-keys-differ");
  });

  it("on a new database when an epoch has begun", async () => {
    const workforce = await newWorkforce();
    await rm(join(workforce.dataDir, "registrar.sqlite"));
    expect(await refusal(workforce)).toBe("epoch-lost");
  });

  it("without the record of what it has stated", async () => {
    const workforce = await newWorkforce();
    await rm(keyFile(workforce, "tag-1.issued.json"));
    expect(await refusal(workforce)).toBe("issuance-record-missing");
  });
});

eachDatabase("a registrar does not start", (database) => {
  const workforceHere = async () => newWorkforce(await database.freshUrl());

  it("on an old copy of its database, which has fewer tags than were stated", async () => {
    const workforce = await workforceHere();
    await fill(workforce, 40, 40, 40);
    await record(workforce, 40);
    await start(workforce);
    await stopAll();
    await record(workforce, 60);
    expect(await refusal(workforce)).toBe("tags-missing");
  });

  it("on a database that has fewer tags than it says", async () => {
    const workforce = await workforceHere();
    await fill(workforce, 39, 40, 20);
    expect(await refusal(workforce)).toBe("tags-missing");
    await fill(workforce, 1, 40, 60);
    expect(await refusal(workforce)).toBe("tags-missing");
    await fill(workforce, 0, 40, 40);
    await start(workforce);
  });

  it("while another process is active on its database, and does when that is gone", async () => {
    const workforce = await workforceHere();
    const smtp = await startSmtp();
    try {
      const child = await runRegistrar(workforce.dataDir, smtp.port, workforce.databaseUrl);
      try {
        expect(child.line).toMatch(/^http:/);
        expect(await refusal(workforce)).toBe("other-process-active");
        const folder = await newFolder();
        await cp(join(workforce.dataDir, "keys"), join(folder, "keys"), { recursive: true });
        const elsewhere = { ...workforce, dataDir: folder };
        if (workforce.databaseUrl !== undefined)
          expect(await refusal(elsewhere)).toBe("other-process-active");
      } finally {
        await child.kill();
      }
      await start(workforce);
      const second = await runRegistrar(workforce.dataDir, smtp.port, workforce.databaseUrl);
      expect(second.line).toBe("other-process-active");
      await second.kill();
    } finally {
      await smtp.stop();
    }
  });
});

describe("a registrar that stops", () => {
  it("leaves no write-ahead file behind", async () => {
    const workforce = await newWorkforce();
    await start(workforce);
    await stopAll();
    await expect(readFile(join(workforce.dataDir, "registrar.sqlite-wal"))).rejects.toMatchObject({
      code: "ENOENT",
    });
  });
});

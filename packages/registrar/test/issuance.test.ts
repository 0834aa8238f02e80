/** How many have enrolled: told to the board alone, in whole batches, and never less than before. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  type IssuanceLeaf,
  randomBytes,
  type Signer,
  signerFromSeed,
  signObject,
  verifyObject,
} from "@undersigned/core";
import { eachDatabase } from "@undersigned/service/testing";
import { afterAll, afterEach, expect, it } from "vitest";
import {
  type Answer,
  board,
  newWorkforce,
  openTables,
  post,
  type Running,
  removeFolders,
  start,
  stopAll,
  type Workforce,
} from "./kit.ts";
import { TODAY } from "./test-clock.ts";

afterEach(stopAll);
afterAll(removeFolders);

function ask(
  registrar: Running,
  workforce: Workforce,
  changes: object = {},
  signer: Signer = board,
): Promise<Answer> {
  const { workforce: id, epoch } = workforce.statement;
  const request = { type: "issuance-request", v: 1, workforce: id, epoch, day: TODAY, ...changes };
  return post(registrar.url, "/v1/issuance", signObject(request, signer) as never);
}

async function setEnrolled(workforce: Workforce, count: number): Promise<void> {
  const database = await openTables(workforce);
  const have = await database.db.selectFrom("enrolment").select("tag").orderBy("tag").execute();
  for (let i = have.length; i < count; i++) {
    await database.db
      .insertInto("enrolment")
      .values({ epoch: 1, tag: randomBytes(32), mac: randomBytes(32) })
      .execute();
  }
  for (const { tag } of have.slice(count)) {
    await database.db.deleteFrom("enrolment").where("tag", "=", tag).execute();
  }
  await database.db.updateTable("issued").set({ count }).execute();
  await database.close();
}

eachDatabase("issuance", (database) => {
  const workforceHere = async () => newWorkforce(await database.freshUrl());

  it.each([
    [0, 0],
    [19, 0],
    [20, 20],
    [39, 20],
    [40, 40],
  ])("of %i enrolments is stated as %i and signed by the registrar", async (enrolled, stated) => {
    const workforce = await workforceHere();
    await setEnrolled(workforce, enrolled);
    const registrar = await start(workforce);
    const answer = await ask(registrar, workforce);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    const leaf = answer.body as unknown as IssuanceLeaf;
    const { sig, ...fields } = leaf;
    expect(fields).toEqual({
      type: "issuance",
      v: 1,
      workforce: workforce.statement.workforce,
      epoch: 1,
      registrar: workforce.identity,
      day: TODAY,
      batch: 20,
      issued: [{ evidence: "mailbox-code", count: stated }],
    });
    expect(sig).toHaveLength(86);
    expect(await verifyObject(leaf, workforce.identity)).toBe(true);
  });

  it("is told to the board only", async () => {
    const workforce = await workforceHere();
    const registrar = await start(workforce);
    const stranger = signerFromSeed(new Uint8Array(32).fill(9));
    expect(await ask(registrar, workforce, {}, stranger)).toMatchObject({
      status: 403,
      body: { code: "not-the-board" },
    });
    const { workforce: id } = workforce.statement;
    const request = signObject(
      { type: "issuance-request", v: 1, workforce: id, epoch: 1, day: "2031-04-09" },
      board,
    );
    const moved = await post(registrar.url, "/v1/issuance", { ...request, day: TODAY });
    expect(moved.body.code).toBe("not-the-board");
  });

  it("is told for today and a day around it, by the clock of days", async () => {
    const workforce = await workforceHere();
    const registrar = await start(workforce);
    for (const day of ["2031-04-09", "2031-04-10", "2031-04-11"]) {
      expect((await ask(registrar, workforce, { day })).body.day).toBe(day);
    }
    for (const day of ["2031-04-08", "2031-04-12", "2030-04-10"]) {
      expect(await ask(registrar, workforce, { day })).toMatchObject({
        status: 422,
        body: { code: "wrong-day" },
      });
    }
    registrar.clock.today = "2031-04-12";
    expect((await ask(registrar, workforce, { day: "2031-04-12" })).status).toBe(200);
  });

  it("is refused for an epoch or a workforce that the registrar does not have", async () => {
    const workforce = await workforceHere();
    const registrar = await start(workforce);
    expect((await ask(registrar, workforce, { epoch: 2 })).body.code).toBe("epoch-unknown");
    const other = workforce.statement.manifest.replace(/^./, (c) => (c === "A" ? "B" : "A"));
    expect((await ask(registrar, workforce, { workforce: other })).body.code).toBe("workforce-unknown");
  });

  it("is recorded beside the tag key before it is told, and an older database does not start after it", async () => {
    const workforce = await workforceHere();
    await setEnrolled(workforce, 45);
    const registrar = await start(workforce);
    await Promise.all([ask(registrar, workforce), ask(registrar, workforce), ask(registrar, workforce)]);
    const record = JSON.parse(await readFile(join(workforce.dataDir, "keys", "tag-1.issued.json"), "utf8"));
    expect(record.issued).toEqual([{ count: 40, evidence: "mailbox-code" }]);
    await stopAll();
    const tables = await openTables(workforce);
    expect(await tables.db.selectFrom("issued").select("stated").execute()).toEqual([{ stated: 40 }]);
    await tables.db.updateTable("issued").set({ stated: 0 }).execute();
    await tables.close();
    await setEnrolled(workforce, 39);
    await expect(start(workforce)).rejects.toMatchObject({ code: "tags-missing" });
  });

  it("never falls, and is told after the epoch is over as well", async () => {
    const workforce = await workforceHere();
    await setEnrolled(workforce, 60);
    const registrar = await start(workforce);
    expect((await ask(registrar, workforce)).body.issued).toEqual([{ evidence: "mailbox-code", count: 60 }]);
    registrar.clock.today = "2031-07-05";
    const late = await ask(registrar, workforce, { day: "2031-07-05" });
    expect(late.body.issued).toEqual([{ evidence: "mailbox-code", count: 60 }]);
  });
});

/** Making keys: once, whole, and again from wherever it was cut short. */
import { copyFile, readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import {
  keyStatementHash,
  parseKeyStatement,
  parseWorkforceManifest,
  verifyDetached,
  verifyObject,
  workforceManifestHash,
} from "@undersigned/core";
import { afterAll, describe, expect, it } from "vitest";
import { makeRealKeys } from "../../../test/kit/quick-rsa-keys.ts";
import { createEpochKeys, createRegistrarKeys, signManifest } from "../src/index.ts";
import {
  CLOSES,
  manifestFor,
  newFolder,
  newWorkforce,
  OPENS,
  openTables,
  removeFolders,
  type Workforce,
} from "./kit.ts";
import { LOCK, OTHER_LOCK } from "./lock.ts";

makeRealKeys();
afterAll(removeFolders);

const again = (workforce: Workforce, changes: Partial<Parameters<typeof createEpochKeys>[0]> = {}) =>
  createEpochKeys({
    dataDir: workforce.dataDir,
    lock: LOCK,
    manifestFile: workforce.manifestFile,
    epoch: 1,
    opens: OPENS,
    closes: CLOSES,
    ...changes,
  });

describe("a registrar's identity", () => {
  it("is made once and opens with its own lock only", async () => {
    const dataDir = await newFolder();
    const first = await createRegistrarKeys({ dataDir, lock: LOCK });
    expect(await createRegistrarKeys({ dataDir, lock: LOCK })).toEqual(first);
    await expect(createRegistrarKeys({ dataDir, lock: OTHER_LOCK })).rejects.toMatchObject({
      code: "keys-locked",
    });
    expect(await createRegistrarKeys({ dataDir, lock: LOCK })).toEqual(first);
  });

  it("signs a manifest that names it, and no other", async () => {
    const dataDir = await newFolder();
    const { identity } = await createRegistrarKeys({ dataDir, lock: LOCK });
    const manifestFile = manifestFor(identity);
    const { registrar, sig } = await signManifest({ dataDir, lock: LOCK, manifestFile });
    expect(registrar).toBe(identity);
    const manifest = parseWorkforceManifest(manifestFile);
    expect(await verifyDetached("workforce-manifest", manifest as never, identity, sig)).toBe(true);
    const stranger = manifestFor(
      (await createRegistrarKeys({ dataDir: await newFolder(), lock: LOCK })).identity,
    );
    await expect(signManifest({ dataDir, lock: LOCK, manifestFile: stranger })).rejects.toMatchObject({
      code: "not-a-registrar",
    });
    await expect(
      signManifest({ dataDir, lock: LOCK, manifestFile: Buffer.from("{}") }),
    ).rejects.toMatchObject({ code: "bad-manifest" });
  });
});

describe("the keys of an epoch", () => {
  it("are sixteen different ones, published in a statement that the identity has signed", async () => {
    const workforce = await newWorkforce();
    const { statement, identity, manifestFile } = workforce;
    expect(await verifyObject(statement, identity)).toBe(true);
    expect(statement).toMatchObject({
      workforce: workforceManifestHash(manifestFile),
      manifest: workforceManifestHash(manifestFile),
      epoch: 1,
      opens: OPENS,
      closes: CLOSES,
      registrar: identity,
    });
    expect(new Set(statement.keys.map((key) => key.spki)).size).toBe(16);
    expect(await readdir(join(workforce.dataDir, "keys"))).toEqual(
      expect.arrayContaining(["epoch-1.age", "identity.age", "tag-1.age", "tag-1.issued.json"]),
    );
    for (const name of await readdir(join(workforce.dataDir, "keys"))) {
      expect((await stat(join(workforce.dataDir, "keys", name))).mode & 0o077).toBe(0);
    }
  });

  it("are never made a second time", async () => {
    const workforce = await newWorkforce();
    const second = await again(workforce);
    expect(Buffer.from(second.statement).equals(workforce.statementFile)).toBe(true);
    expect(second.hash).toBe(keyStatementHash(workforce.statementFile));
  });

  it("are not given out under other days or another manifest", async () => {
    const workforce = await newWorkforce();
    await expect(again(workforce, { closes: "2031-07-01" })).rejects.toMatchObject({ code: "epoch-exists" });
    const manifestFile = manifestFor(workforce.identity, { employer: "Other Works" });
    await expect(again(workforce, { manifestFile, epoch: 2 })).rejects.toMatchObject({
      code: "other-workforce",
    });
  });

  it.each(["tag-1.issued.json", "the database row", "epoch-1.age"])(
    "are completed when making them was cut short before %s",
    async (missing) => {
      const workforce = await newWorkforce();
      const tagKey = await readFile(join(workforce.dataDir, "keys", "tag-1.age"));
      await rm(join(workforce.dataDir, "keys", "tag-1.issued.json"));
      if (missing !== "tag-1.issued.json") {
        await rm(join(workforce.dataDir, "registrar.sqlite"));
      }
      if (missing === "epoch-1.age") await rm(join(workforce.dataDir, "keys", "epoch-1.age"));
      const { statement } = await again(workforce);
      expect(Buffer.from(statement).equals(workforce.statementFile)).toBe(missing !== "epoch-1.age");
      expect((await readFile(join(workforce.dataDir, "keys", "tag-1.age"))).equals(tagKey)).toBe(true);
      expect(Buffer.from((await again(workforce)).statement).equals(statement)).toBe(true);
    },
  );

  it.each([
    ["tag-1.age", "tag-key-missing"],
    ["epoch-1.age", "epoch-keys-missing"],
    ["registrar.sqlite", "epoch-lost"],
  ])("are not made anew for an epoch that has begun and lost its %s", async (name, code) => {
    const workforce = await newWorkforce();
    await rm(join(workforce.dataDir, name === "registrar.sqlite" ? name : join("keys", name)));
    await expect(again(workforce)).rejects.toMatchObject({ code });
  });

  it("are refused for days that no statement can have, before any is made", async () => {
    const dataDir = await newFolder();
    const { identity } = await createRegistrarKeys({ dataDir, lock: LOCK });
    const of = { dataDir, lock: LOCK, manifestFile: manifestFor(identity), epoch: 1 };
    await expect(createEpochKeys({ ...of, opens: CLOSES, closes: OPENS })).rejects.toMatchObject({
      code: "bad-field",
    });
    await expect(createEpochKeys({ ...of, opens: "2031-02-30", closes: CLOSES })).rejects.toMatchObject({
      code: "bad-field",
    });
    expect(await readdir(join(dataDir, "keys"))).toEqual(["identity.age"]);
  });

  it("may be opened for a second epoch beside the first", async () => {
    const workforce = await newWorkforce();
    const { statement } = await again(workforce, { epoch: 2, opens: "2031-07-01", closes: "2031-09-30" });
    const second = parseKeyStatement(statement);
    const moduli = [...workforce.statement.keys, ...second.keys].map((key) => key.spki);
    expect(new Set(moduli).size).toBe(32);
    const database = await openTables(workforce);
    expect(await database.db.selectFrom("epoch").select("epoch").orderBy("epoch").execute()).toEqual([
      { epoch: 1 },
      { epoch: 2 },
    ]);
    await database.close();
    await copyFile(
      join(workforce.dataDir, "keys", "tag-2.age"),
      join(workforce.dataDir, "keys", "tag-1.age"),
    );
    await expect(again(workforce)).rejects.toMatchObject({ code: "key-file-damaged" });
  });
});

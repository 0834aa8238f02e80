/** Workforces, epochs and letters: who may add them to the log, and what must fit. */
import {
  encodeBase64url,
  encodeCanonical,
  type JsonValue,
  type KeyStatement,
  leafName,
  letterId,
  randomBytes,
  signerFromSeed,
  signObject,
  type WorkforceManifest,
  workforceManifestHash,
} from "@undersigned/core";
import { createLogger } from "@undersigned/service";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../test/kit/test-end.ts";
import { addLogKey, boardEvents, createBoardKeys, type OpenBoard, openBoard } from "../src/index.ts";
import {
  FIRST_DAY,
  Kit,
  LOCK,
  makeManifest,
  makeRegistrars,
  makeStatement,
  seedOf,
  signManifest,
  type TestRegistrar,
  testClock,
} from "./kit.ts";

const json = (value: unknown) => value as JsonValue;
const opener = signerFromSeed(seedOf("opener"));

/** A board that serves nobody yet. */
async function emptyBoard() {
  const dataDir = await temporaryFolder();
  const keys = await createBoardKeys({ dataDir, lock: LOCK, scryptLogN: 4 });
  const clock = testClock();
  const log: string[] = [];
  const open = () =>
    openBoard({
      dataDir,
      lock: LOCK,
      clock,
      logger: createLogger(boardEvents, { stream: { write: (line) => log.push(line) } }),
    });
  return { dataDir, keys, clock, open };
}

const add = (board: OpenBoard, manifest: WorkforceManifest, registrars: readonly TestRegistrar[]) =>
  board.addWorkforce({
    manifestFile: encodeCanonical(manifest),
    signatures: signManifest(manifest, registrars),
  });

describe("adding a workforce", () => {
  it("logs the manifest with all signatures as leaf 0, once", async () => {
    const { keys, open } = await emptyBoard();
    const registrars = makeRegistrars(3);
    const manifest = makeManifest(keys, registrars, [opener]);
    const board = await open();
    const added = await add(board, manifest, registrars);
    expect(added).toEqual({ workforce: workforceManifestHash(encodeCanonical(manifest)), version: 1 });
    expect(await add(board, manifest, registrars)).toEqual(added);
    const rows = await board.internals.database.db.selectFrom("workforce").select("size").execute();
    expect(rows).toEqual([{ size: 1 }]);
    await board.close();
  });

  it("refuses a first manifest that a registrar has not signed, or that a stranger has", async () => {
    const { keys, open } = await emptyBoard();
    const registrars = makeRegistrars(3);
    const strangers = makeRegistrars(1, 1, "stranger");
    const manifest = makeManifest(keys, registrars, [opener]);
    const board = await open();
    const refusal = { code: "manifest-signatures" };
    await expect(add(board, manifest, registrars.slice(0, 2))).rejects.toMatchObject(refusal);
    await expect(add(board, manifest, [...registrars, ...strangers])).rejects.toMatchObject(refusal);
    await expect(
      add(board, manifest, [registrars[0]!, registrars[0]!, registrars[1]!, registrars[2]!]),
    ).rejects.toMatchObject(refusal);
    const other = signManifest({ ...manifest, employer: "Other Ltd" }, registrars);
    await expect(
      board.addWorkforce({ manifestFile: encodeCanonical(manifest), signatures: other }),
    ).rejects.toMatchObject(refusal);
    expect(await board.internals.database.db.selectFrom("workforce").selectAll().execute()).toEqual([]);
    await board.close();
  });

  it("refuses another board's keys, a witness quorum, and a log key that is in use", async () => {
    const { dataDir, keys, open } = await emptyBoard();
    const registrars = makeRegistrars(1);
    const other = (await emptyBoard()).keys;
    let board = await open();
    await expect(
      add(board, makeManifest({ ...keys, boardKey: other.boardKey }, registrars, [opener]), registrars),
    ).rejects.toMatchObject({ code: "not-this-board" });
    await expect(
      add(board, makeManifest({ ...other, boardKey: keys.boardKey }, registrars, [opener]), registrars),
    ).rejects.toMatchObject({ code: "not-this-board" });
    const witnessed = makeManifest(keys, registrars, [opener], {
      witnesses: [{ name: "witness", vkey: "witness+00000000+AAAA" }],
      witnessQuorum: 1,
    });
    await expect(add(board, witnessed, registrars)).rejects.toMatchObject({
      code: "witnesses-not-supported",
    });
    await add(board, makeManifest(keys, registrars, [opener]), registrars);
    const second = (of: typeof keys) => makeManifest(of, registrars, [opener], { employer: "Second Ltd" });
    await expect(add(board, second(keys), registrars)).rejects.toMatchObject({ code: "log-key-taken" });

    await board.close();
    const further = await addLogKey({ dataDir, lock: LOCK, scryptLogN: 4 });
    expect(further).toMatchObject({ boardKey: keys.boardKey });
    expect(further.logKey).not.toBe(keys.logKey);
    board = await open();
    await add(board, second(further), registrars);
    await board.close();
  });

  it("appends a later version under the quorum of the one before, and no other", async () => {
    const kit = await Kit.start({ registrars: 3, quorum: 2 });
    const [a, b, c] = kit.registrars as [TestRegistrar, TestRegistrar, TestRegistrar];
    const [fresh] = makeRegistrars(1, 1, "fresh");
    const previous = workforceManifestHash(encodeCanonical(kit.manifest));
    const registrars = [a, b, fresh!].sort((x, y) => (x.identity < y.identity ? -1 : 1));
    const next = makeManifest(kit.keys, registrars, [kit.opener], {
      version: 2,
      workforce: kit.workforce,
      previous,
      roles: ["Nurse"],
    });
    const refusal = { code: "manifest-signatures" };
    await expect(add(kit.board, next, [a, b])).rejects.toMatchObject(refusal);
    await expect(add(kit.board, next, [a, fresh!])).rejects.toMatchObject(refusal);
    await expect(add(kit.board, { ...next, version: 3 }, [a, b, fresh!])).rejects.toMatchObject({
      code: "manifest-chain",
    });
    await expect(
      add(kit.board, { ...next, previous: encodeBase64url(randomBytes(32)) }, [a, b, fresh!]),
    ).rejects.toMatchObject({ code: "manifest-chain" });
    // c leaves and agrees to it.
    await add(kit.board, next, [b, c, fresh!]);
    await add(kit.board, next, [b, c, fresh!]);
    expect((await kit.index()).workforces).toHaveLength(2);
    await kit.recounted();
  });

  it("keeps to an epoch's own quorum and lists when the manifest changes under it", async () => {
    const kit = await Kit.start({ registrars: 3, quorum: 2 });
    const letter = await kit.publish();
    const next = makeManifest(kit.keys, kit.registrars, [kit.opener], {
      version: 2,
      workforce: kit.workforce,
      previous: workforceManifestHash(encodeCanonical(kit.manifest)),
      roles: [],
      quorum: 3,
      bounds: { forge: 2, double: 2, outage: 0 },
    });
    await add(kit.board, next, kit.registrars);
    const appearance = { kind: "role" as const, role: "Nurse", place: null };
    await kit.board.acceptEndorsement(kit.workforce, json(kit.person(letter).endorsement({ appearance })));
    await kit.nextDay();
    expect((await kit.recounted()).letters[0]).toMatchObject({ counted: { mailbox: 1 } });
  });
});

describe("opening an epoch", () => {
  const EPOCH = { epoch: 2, opens: "2026-06-01", closes: "2026-06-30" };

  async function prepared() {
    const kit = await Kit.start({ registrars: 3, quorum: 2, epochs: 2 });
    const at = { workforce: kit.workforce, ...EPOCH };
    const statements = kit.registrars.map((registrar) => makeStatement(registrar, kit.manifest, at));
    const open = (some: readonly KeyStatement[]) =>
      kit.board.openEpoch(kit.workforce, json({ type: "epoch-request", v: 1, statements: some }));
    const change = (i: number, fields: Partial<KeyStatement>) =>
      statements.map((statement, j) =>
        i === j ? makeStatement(kit.registrars[i]!, kit.manifest, at, fields) : statement,
      );
    return { kit, at, statements, open, change };
  }

  it("takes the statements of a quorum in any order, once", async () => {
    const { kit, statements, open } = await prepared();
    const answer = await open([statements[2]!, statements[0]!]);
    expect(await open([statements[0]!, statements[2]!])).toEqual(answer);
    await expect(open(statements)).rejects.toMatchObject({ code: "epoch-taken" });
    expect((await kit.index()).epochs).toEqual([1, answer.index]);
    await kit.recounted();
  });

  it("refuses too few statements, and one registrar's twice", async () => {
    const { statements, open } = await prepared();
    await expect(open(statements.slice(0, 1))).rejects.toMatchObject({ code: "too-few-statements" });
    await expect(open([statements[0]!, statements[0]!])).rejects.toMatchObject({
      code: "statement-mismatch",
    });
  });

  it("refuses numbers out of turn, and days, rules or a manifest that differ", async () => {
    const { kit, statements, open, change, at } = await prepared();
    const third = kit.registrars.map((registrar) =>
      makeStatement(registrar, kit.manifest, { ...at, epoch: 2 }, { epoch: 3 }),
    );
    await expect(open(third)).rejects.toMatchObject({ code: "epoch-taken" });
    await expect(open(change(1, { closes: "2026-07-01" }))).rejects.toMatchObject({ code: "epoch-days" });
    await expect(
      open(change(1, { manifest: Buffer.alloc(32, 7).toString("base64url") })),
    ).rejects.toMatchObject({
      code: "statement-mismatch",
    });
    const mailboxes = { ...kit.manifest.mailboxes, plus: false };
    await expect(open(change(0, { mailboxes }))).rejects.toMatchObject({ code: "statement-mismatch" });
    await open(statements);
  });

  it("refuses a statement by a stranger or with a signature of somebody else", async () => {
    const { kit, statements, open, at } = await prepared();
    const [stranger] = makeRegistrars(1, 1, "stranger");
    const theirs = makeStatement({ ...stranger!, rsa: 64 }, kit.manifest, at);
    await expect(open([statements[0]!, theirs])).rejects.toMatchObject({ code: "statement-mismatch" });
    await expect(open([statements[0]!, { ...statements[1]!, sig: theirs.sig }])).rejects.toMatchObject({
      code: "signature-invalid",
    });
  });

  it("refuses a modulus that occurs twice: in an epoch, and in an earlier one", async () => {
    const { kit, statements, open, change } = await prepared();
    const refusal = { code: "modulus-repeated" };
    const { keys } = statements[1]!;
    await expect(
      open(change(1, { keys: keys.with(3, { ...keys[3]!, spki: keys[4]!.spki }) })),
    ).rejects.toMatchObject(refusal);
    const copied = keys.with(3, { ...keys[3]!, spki: statements[0]!.keys[3]!.spki });
    await expect(open(change(1, { keys: copied }))).rejects.toMatchObject(refusal);
    const first = makeStatement(kit.registrars[1]!, kit.manifest, {
      workforce: kit.workforce,
      epoch: 1,
      opens: FIRST_DAY,
      closes: FIRST_DAY,
    });
    const old = keys.with(3, { ...keys[3]!, spki: first.keys[3]!.spki });
    await expect(open(change(1, { keys: old }))).rejects.toMatchObject(refusal);
  });

  it("refuses RSA keys of another form", async () => {
    const { statements, open, change } = await prepared();
    const { keys } = statements[0]!;
    const spki = encodeBase64url(randomBytes(294));
    await expect(open(change(0, { keys: keys.with(0, { ...keys[0]!, spki }) }))).rejects.toMatchObject({
      code: "bad-rsa-key",
    });
  });
});

describe("publishing a letter", () => {
  const publish = (kit: Kit, { leaf, manifest }: { leaf: object; manifest: object }) =>
    kit.board.publishLetter(
      kit.workforce,
      json({ type: "letter-request", v: 1, leaf, manifest, unlisted: null }),
    );

  it("gives letters the slots of their epoch in turn, and the same answer to the same request", async () => {
    const kit = await Kit.start();
    const request = kit.letterRequest();
    const answer = await publish(kit, request);
    expect(answer).toEqual({
      type: "published",
      v: 1,
      workforce: kit.workforce,
      leaf: leafName(encodeCanonical(request.leaf as never)),
      index: 2,
    });
    expect(await publish(kit, request)).toEqual(answer);
    expect((await kit.index()).letters).toHaveLength(1);
    expect(await kit.json(`manifests/${request.leaf.letter}.json`)).toEqual(request.manifest);
  });

  it("tells an opener who was overtaken which slot and predecessor to sign", async () => {
    const kit = await Kit.start();
    const late = kit.letterRequest();
    const first = await kit.publish();
    await expect(publish(kit, late)).rejects.toMatchObject({
      code: "slot-taken",
      message: expect.stringContaining("slot 1"),
    });
    const previous = leafName(encodeCanonical(first.leaf as never));
    const halfRight = signObject({ ...late.leaf, slot: 1 }, kit.opener);
    await expect(publish(kit, { ...late, leaf: halfRight })).rejects.toMatchObject({
      code: "letter-chain",
      message: expect.stringContaining(previous),
    });
    await publish(kit, { ...late, leaf: signObject({ ...late.leaf, slot: 1, previous }, kit.opener) });
    await kit.recounted();
  });

  it("lets one of two letters for one slot through when they race", async () => {
    const kit = await Kit.start();
    const settled = await Promise.allSettled(
      [kit.letterRequest(), kit.letterRequest()].map((r) => publish(kit, r)),
    );
    expect(settled.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await kit.recounted();
  });

  it("has 16 slots in an epoch, and starts anew in the next one", async () => {
    const kit = await Kit.start({ epochs: 2 });
    await kit.openEpoch(2);
    for (let i = 0; i < 16; i++) await kit.publish();
    const { leaf, manifest } = kit.letterRequest();
    const full = signObject({ ...leaf, slot: 15 }, kit.opener);
    await expect(publish(kit, { leaf: full, manifest })).rejects.toMatchObject({ code: "epoch-full" });
    const next = await kit.publish({ epoch: 2 });
    expect(next.slot).toBe(0);
    await kit.recounted();
  });

  it("refuses a key that may not open letters, and a signature that does not fit", async () => {
    const kit = await Kit.start();
    const stranger = signerFromSeed(seedOf("stranger"));
    const { leaf, manifest } = kit.letterRequest();
    const theirs = signObject({ ...leaf, by: stranger.publicKey }, stranger);
    await expect(publish(kit, { leaf: theirs, manifest })).rejects.toMatchObject({ code: "not-an-opener" });
    await expect(publish(kit, { leaf: { ...leaf, sig: theirs.sig }, manifest })).rejects.toMatchObject({
      code: "signature-invalid",
    });
  });

  it("refuses a leaf that differs from its manifest", async () => {
    const kit = await Kit.start();
    const { leaf, manifest } = kit.letterRequest();
    const refusal = { code: "manifest-mismatch" };
    const signed = (change: object) => signObject({ ...leaf, ...change }, kit.opener);
    const changes = [
      { letter: encodeBase64url(randomBytes(32)) },
      { workforce: encodeBase64url(randomBytes(32)) },
      { opens: "2026-03-02" },
      { closes: "2026-03-12" },
      { batch: { ...leaf.batch, first: 2 } },
    ];
    for (const change of changes) {
      await expect(publish(kit, { leaf: signed(change), manifest })).rejects.toMatchObject(refusal);
    }
    const foreign = { ...manifest, workforce: encodeBase64url(randomBytes(32)) };
    const letter = letterId(encodeCanonical(foreign as never));
    await expect(publish(kit, { leaf: signed({ letter }), manifest: foreign })).rejects.toMatchObject(
      refusal,
    );
  });

  it("refuses an unknown epoch, days outside of it, and days that have passed", async () => {
    const kit = await Kit.start();
    const { leaf, manifest } = kit.letterRequest();
    const elsewhere = signObject({ ...leaf, epoch: 7 }, kit.opener);
    await expect(publish(kit, { leaf: elsewhere, manifest })).rejects.toMatchObject({
      code: "epoch-unknown",
    });
    for (const options of [{ opens: "2026-02-28" }, { opens: "2027-02-20", days: 20 }]) {
      await expect(publish(kit, kit.letterRequest(options))).rejects.toMatchObject({ code: "letter-days" });
    }
    kit.clock.set("2026-04-01");
    await expect(publish(kit, { leaf, manifest })).rejects.toMatchObject({ code: "letter-days" });
  });

  it("refuses a second leaf for a letter", async () => {
    const kit = await Kit.start();
    const { manifest, leaf } = await kit.publish();
    const again = signObject({ ...leaf, slot: 1, previous: kit.lastLetter }, kit.opener);
    await expect(publish(kit, { leaf: again, manifest })).rejects.toMatchObject({ code: "letter-repeated" });
  });
});

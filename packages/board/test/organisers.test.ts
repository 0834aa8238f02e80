/** What organisers do with a published letter: keep it unlisted and make it public, close it early, hide what is shown. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  addDays,
  createLinkKey,
  encodeCanonical,
  type JsonValue,
  openSealedLetter,
  parseSealedLetter,
  type Signer,
  sealLetter,
  signEarlyClosing,
  signerFromSeed,
  signObject,
} from "@undersigned/core";
import { manifestPath, openingsPath, unlistedPath } from "@undersigned/verify";
import { describe, expect, it } from "vitest";
import { openRow, sealRow } from "../src/index.ts";
import { Kit, seedOf, shownName, type TestLetter } from "./kit.ts";

const CANARY = "Canary-text-of-an-unlisted-letter";
const second = signerFromSeed(seedOf("second organiser"));
const stranger = signerFromSeed(seedOf("stranger"));

/** Publishes a letter that two may close; unlisted with a link key. */
async function publish(kit: Kit, linkKey: Uint8Array | null, days = 10): Promise<TestLetter> {
  const { leaf, manifest } = kit.letterRequest({ days, title: CANARY, organisers: [kit.opener, second] });
  const of = { workforce: kit.workforce, letter: leaf.letter };
  const unlisted =
    linkKey === null ? null : await sealLetter(encodeCanonical(manifest as never), linkKey, of);
  const request = { type: "letter-request", v: 1, leaf, manifest, unlisted };
  await kit.board.publishLetter(kit.workforce, request as never);
  return { id: leaf.letter, epoch: leaf.epoch, slot: leaf.slot, leaf, manifest };
}

function reveal(kit: Kit, letter: string, by: Signer, workforce = kit.workforce): Promise<unknown> {
  const request = signObject({ type: "reveal-request" as const, v: 1 as const, workforce, letter }, by);
  return kit.board.revealLetter(kit.workforce, request as unknown as JsonValue);
}

function closeEarly(kit: Kit, letter: string, closes: string, by: readonly Signer[] = [kit.opener, second]) {
  const of = { workforce: kit.workforce, letter, closes };
  const signed = by
    .map((signer) => signEarlyClosing(of, signer))
    .sort((a, b) => (a.organiser < b.organiser ? -1 : 1));
  return kit.board.closeEarly(kit.workforce, {
    type: "early-closing-request",
    v: 1,
    ...of,
    by: signed,
  } as unknown as JsonValue);
}

async function signBy(kit: Kit, letter: TestLetter, name: string): Promise<void> {
  const request = kit.person(letter).endorsement({ appearance: named(name) });
  await kit.board.acceptEndorsement(kit.workforce, request as never);
}

function named(name: string) {
  return { kind: "named" as const, name, confirmed: null, role: null, place: null };
}

describe("an unlisted letter", () => {
  it("has neither text nor names among the public files until it is revealed, and both from then on", async () => {
    const kit = await Kit.start();
    const linkKey = createLinkKey();
    const letter = await publish(kit, linkKey);
    await signBy(kit, letter, "Amara Example");
    await kit.nextDay();
    const of = { workforce: kit.workforce, letter: letter.id };
    expect(await kit.file(manifestPath(letter.id))).toBeNull();
    expect((await kit.openings(letter.id)).entries).toEqual([]);
    const sealed = parseSealedLetter((await kit.file(unlistedPath(letter.id)))!);
    const file = await openSealedLetter(sealed, linkKey, of);
    expect(await kit.recounted()).toMatchObject({ letters: [{ text: "sealed", counted: { mailbox: 1 } }] });

    await expect(reveal(kit, letter.id, stranger)).rejects.toMatchObject({ code: "signature-invalid" });
    expect(await kit.file(manifestPath(letter.id))).toBeNull();
    // The one that did not open it: a lost phrase does not keep it hidden.
    const answer = await reveal(kit, letter.id, second);
    expect(await reveal(kit, letter.id, kit.opener)).toEqual(answer);
    expect(await kit.file(manifestPath(letter.id))).toEqual(file);
    expect((await kit.openings(letter.id)).entries.map(shownName)).toEqual(["Amara Example"]);
    expect(await kit.recounted()).toMatchObject({ letters: [{ text: "public", title: CANARY }] });
  });

  it("leaves nothing of its text on a seized disk, and goes on after a restart", async () => {
    const kit = await Kit.start();
    const letter = await publish(kit, createLinkKey());
    await kit.board.close();
    expect(await isOnDisk(kit.dataDir, CANARY)).toBe(false);
    await kit.open();
    await signBy(kit, letter, "Amara Example");
    await reveal(kit, letter.id, kit.opener);
    await kit.board.close();
    // The search finds it where it is.
    expect(await isOnDisk(kit.dataDir, CANARY)).toBe(true);
    await kit.open();
  });

  it("is refused with a sealed file of another letter or of another length", async () => {
    const kit = await Kit.start();
    const { leaf, manifest } = kit.letterRequest();
    const of = { workforce: kit.workforce, letter: leaf.letter };
    const sealed = await sealLetter(encodeCanonical(manifest as never), createLinkKey(), of);
    const longer = Buffer.from(new Uint8Array(2 * 4096 + 16)).toString("base64url");
    for (const unlisted of [
      { ...sealed, letter: kit.workforce },
      { ...sealed, sealed: longer },
    ]) {
      const request = { type: "letter-request", v: 1, leaf, manifest, unlisted };
      await expect(kit.board.publishLetter(kit.workforce, request as never)).rejects.toMatchObject({
        code: "unlisted-mismatch",
      });
    }
  });
});

async function isOnDisk(folder: string, text: string): Promise<boolean> {
  for (const item of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (item.isFile() && (await readFile(join(item.parentPath, item.name))).includes(text)) return true;
  }
  return false;
}

it("a sealed row opens in its own place only, and under its own purpose's key", async () => {
  const kit = await Kit.start();
  const [key, other] = [kit.board.ground.deskKey("drafts"), kit.board.ground.deskKey("acts")];
  const at = { table: "draft", row: "1" };
  const sealed = sealRow(key, at, new Uint8Array([1, 2, 3]));
  expect(openRow(key, at, sealed)).toEqual(new Uint8Array([1, 2, 3]));
  for (const open of [
    () => openRow(other, at, sealed),
    () => openRow(key, { ...at, row: "2" }, sealed),
    () => openRow(key, { ...at, table: "act" }, sealed),
    () => openRow(key, at, sealed.slice(0, -1)),
    () => openRow(key, at, new Uint8Array(3)),
  ])
    expect(open).toThrow(expect.objectContaining({ code: "log-damaged" }));
});

describe("closing early", () => {
  it("moves the last day for endorsements, receipts and the closing, and the log recounts", async () => {
    const kit = await Kit.start();
    const letter = await publish(kit, null);
    const today = kit.clock.day();
    const closes = addDays(today, 2);
    const answer = await closeEarly(kit, letter.id, closes);
    expect(await closeEarly(kit, letter.id, closes)).toEqual(answer);
    expect((await kit.endorse(kit.person(letter))).due).toBe(addDays(closes, 1));
    await kit.nextDay();
    await kit.nextDay();
    await kit.endorse(kit.person(letter));
    kit.clock.next();
    await expect(kit.endorse(kit.person(letter))).rejects.toMatchObject({ code: "letter-not-open" });
    await kit.board.tick();
    expect(await kit.recounted()).toMatchObject({
      letters: [
        {
          counted: { mailbox: 2 },
          closes,
          state: "closed",
          earlyClosing: { day: today },
          closing: { day: addDays(closes, 1) },
        },
      ],
    });
    await expect(closeEarly(kit, letter.id, addDays(closes, 1))).rejects.toMatchObject({
      code: "early-closing-taken",
    });
  });

  it("is refused in 47 hours, by one organiser, by strangers, to a later day, and once it is closed", async () => {
    const kit = await Kit.start();
    const letter = await publish(kit, null, 4);
    const today = kit.clock.day();
    const closes = addDays(today, 2);
    const size = (await kit.recounted()).size;
    await expect(closeEarly(kit, letter.id, addDays(today, 1))).rejects.toMatchObject({
      code: "letter-days",
    });
    await expect(closeEarly(kit, letter.id, letter.leaf.closes)).rejects.toMatchObject({
      code: "letter-days",
    });
    await expect(closeEarly(kit, letter.id, closes, [kit.opener])).rejects.toMatchObject({
      code: "bad-field",
    });
    await expect(closeEarly(kit, letter.id, closes, [kit.opener, kit.opener])).rejects.toMatchObject({
      code: "bad-field",
    });
    await expect(closeEarly(kit, letter.id, closes, [kit.opener, stranger])).rejects.toMatchObject({
      code: "not-an-organiser",
    });
    expect((await kit.recounted()).size).toBe(size);
    for (let i = 0; i < 5; i++) await kit.nextDay();
    await expect(closeEarly(kit, letter.id, closes)).rejects.toMatchObject({ code: "letter-not-open" });
  });
});

describe("hiding what is shown", () => {
  async function shown(kit: Kit) {
    const letter = await publish(kit, null);
    await signBy(kit, letter, "Amara Example");
    await signBy(kit, letter, "Stop Everything");
    await kit.nextDay();
    return letter;
  }

  it("erases it and says day and reason, and never changes a count", async () => {
    const kit = await Kit.start();
    const letter = await shown(kit);
    const of = { workforce: kit.workforce, letter: letter.id };
    const before = (await kit.recounted()).letters[0]!;
    const items = await kit.board.listShownText(of);
    expect(items.map(({ state }) => state)).toEqual(["shown", "shown"]);
    const { index } = items.find(({ opening }) => JSON.stringify(opening).includes("Stop"))!;
    expect(await kit.board.hideOpening({ ...of, index, reason: "slur" })).toBe(true);
    expect(await kit.board.hideOpening({ ...of, index, reason: "link" })).toBe(false);
    expect(await kit.board.showOpening({ ...of, index })).toBe(false);
    const page = await kit.openings(letter.id);
    expect(page.entries.find((entry) => entry.index === index)).toEqual({
      index,
      hidden: { day: kit.clock.day(), reason: "slur" },
    });
    const after = await kit.recounted();
    expect(after.letters[0]!.counted).toEqual(before.counted);
    expect(after.letters[0]!.appearances.mailbox).toMatchObject({ named: 1, hidden: 1 });
    expect(JSON.stringify(await kit.json(openingsPath(letter.id, 0)))).not.toContain("Stop");
    await kit.board.close();
    expect(await isOnDisk(kit.dataDir, "Stop Everything")).toBe(false);
    await kit.open();
  });

  it("makes what a rule stopped wait, unseen, until an organiser shows or hides it", async () => {
    const kit = await Kit.start({
      judgeOpening: ({ appearance }) =>
        appearance.kind === "named" && appearance.name.startsWith("Stop") ? "waiting" : null,
    });
    const letter = await shown(kit);
    const of = { workforce: kit.workforce, letter: letter.id };
    expect((await kit.openings(letter.id)).entries.map(shownName).sort()).toEqual([
      "Amara Example",
      "hidden: waiting",
    ]);
    const waiting = (await kit.board.listShownText(of)).find(({ state }) => state === "waiting")!;
    expect(waiting.day).toBe(kit.clock.day());
    expect(await kit.board.showOpening({ ...of, index: waiting.index })).toBe(true);
    expect((await kit.openings(letter.id)).entries.map(shownName).sort()).toEqual([
      "Amara Example",
      "Stop Everything",
    ]);
    expect(await kit.recounted()).toMatchObject({ letters: [{ counted: { mailbox: 2 } }] });
  });

  it("lets no rule that fails hold up a batch", async () => {
    const kit = await Kit.start({
      judgeOpening: () => {
        throw new Error("A rule failed.");
      },
    });
    const letter = await shown(kit);
    expect((await kit.openings(letter.id)).entries.map(shownName)).toEqual([
      "hidden: waiting",
      "hidden: waiting",
    ]);
    expect(await kit.recounted()).toMatchObject({ letters: [{ counted: { mailbox: 2 } }] });
  });
});

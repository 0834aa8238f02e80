/** What a client may trust before it enrols or signs, and what it is protected from. */
import { describe, expect, it } from "vitest";
import { openWorkforce, readStated } from "../src/index.ts";
import {
  CLOSING_DAY,
  editBundle,
  editJson,
  endorsements,
  LogBuilder,
  memorySource,
  openedLog,
  type PublicFiles,
  smallLog,
} from "./helpers.ts";

const open = (files: PublicFiles, log: LogBuilder, known?: Uint8Array) =>
  openWorkforce(memorySource(files), log.workforce, known === undefined ? {} : { known });

describe("opening a workforce", () => {
  it("gives manifests, epochs, letters and keys, all under the checkpoint", async () => {
    const { log, letter } = smallLog({ witnesses: 1 });
    log.addVersion((manifest) => {
      manifest.employer = "Example Works Ltd";
    });
    log.addEpoch({ opens: "2026-09-01", closes: "2027-02-01" });
    log.addBatch("2026-03-04", endorsements(log, letter, 300, 5));
    log.close(letter, CLOSING_DAY);
    const view = await open(await log.files(), log);
    expect(view).toMatchObject({
      workforce: log.workforce,
      size: log.entries.length,
      cosigned: ["witness-0.example.com"],
    });
    expect(view.manifest.employer).toBe("Example Works Ltd");
    expect(view.manifests).toHaveLength(2);
    expect([...view.epochs.keys()]).toEqual([1, 2]);
    expect(view.letters.get(letter.letter)).toMatchObject({
      index: letter.index,
      manifest: { title: "Letter 1" },
      closing: { leaf: { outcome: "closed" }, index: log.entries.length - 1 },
    });
    const keys = view.tokenKeys(1, 5, "mailbox");
    expect(keys.map((key) => key.registrar)).toEqual(log.registrars.map((signer) => signer.publicKey));
    expect(keys.every((key) => key.slot === 5 && key.epoch === 1 && key.class === "mailbox")).toBe(true);
    expect(view.tokenKeys(1, 5, "vouched")).toEqual([]);
    expect(view.tokenKeys(9, 0, "mailbox")).toEqual([]);
  });

  it("refuses an id that the first manifest does not hash to", async () => {
    const { log } = openedLog();
    const files = await log.files();
    const id = "A".repeat(43);
    files.set(`manifests/${id}.json`, files.get(`manifests/${log.workforce}.json`)!);
    await expect(openWorkforce(memorySource(files), id)).rejects.toMatchObject({ code: "manifest-mismatch" });
  });

  it("refuses a checkpoint that the log's key has not signed, or that witnesses have not", async () => {
    const { log } = openedLog({ witnesses: 1 });
    const files = await log.files();
    files.set("checkpoint", await log.checkpoint(log.entries.length, []));
    await expect(open(files, log)).rejects.toMatchObject({ code: "witness-quorum" });
    files.set("checkpoint", await openedLog({ seed: "another" }).log.checkpoint());
    await expect(open(files, log)).rejects.toMatchObject({ code: "checkpoint-signature" });
  });

  it("refuses a log that was cut or forked since a known checkpoint", async () => {
    const { log, batch } = smallLog();
    const files = await log.files();
    for (const size of [1, 4, log.entries.length]) {
      await expect(open(files, log, await log.checkpoint(size))).resolves.toBeDefined();
    }
    const longer = smallLog();
    longer.log.addBatch("2026-03-04", endorsements(longer.log, longer.letter, 2, 5));
    await expect(open(files, log, await longer.log.checkpoint())).rejects.toMatchObject({
      code: "log-shorter-than-known",
    });
    const fork = smallLog();
    fork.log.entries[batch + 1] = fork.log.entries[batch + 2]!;
    await expect(open(files, log, await fork.log.checkpoint(batch + 2))).rejects.toMatchObject({
      code: "log-forked",
    });
    const foreign = await openedLog({ seed: "another" }).log.checkpoint();
    await expect(open(files, log, foreign)).rejects.toMatchObject({ code: "known-checkpoint-foreign" });
  });

  it("refuses leaves and tiles that are not the log's", async () => {
    const { log } = smallLog();
    const files = await log.files();
    const swapped = new Map(files);
    editBundle(swapped, 1, log.entries.length, (entries) => {
      entries[1] = entries[2]!;
      return entries;
    });
    await expect(open(swapped, log)).rejects.toMatchObject({ code: "leaf-changed" });
    // Entries, tiles and statements of another log below this one's genuine checkpoint.
    const other = smallLog();
    other.log.entries[1] = other.log.entries[2]!;
    const mixed = await other.log.files();
    mixed.set("checkpoint", files.get("checkpoint")!);
    await expect(open(mixed, log)).rejects.toMatchObject({ code: "tiles-inconsistent" });
  });

  it("refuses an epoch with keys that registrars have not stated", async () => {
    const { log } = openedLog();
    const files = await log.files();
    const { statement } = log.epochs.get(1)!.leaf.statements[0]!;
    editJson(files, `statements/${statement}.json`, (value) => {
      value.keys[0].spki = value.keys[1].spki;
    });
    await expect(open(files, log)).rejects.toMatchObject({ code: "statement-mismatch" });
    const twice = new LogBuilder();
    twice.addEpoch({
      statement: (value, registrar) => {
        if (registrar === 0) value.keys[0]!.spki = value.keys[1]!.spki;
      },
    });
    await expect(open(await twice.files(), twice)).rejects.toMatchObject({ code: "modulus-repeated" });
  });

  it("leaves out a second letter on a slot, and says so", async () => {
    const { log, letter } = openedLog();
    const second = log.addLetter({
      leaf: (leaf) => {
        leaf.slot = 0;
      },
    });
    const view = await open(await log.files(), log);
    expect([...view.letters.keys()]).toEqual([letter.letter]);
    expect(view.refusedLetters).toMatchObject([{ code: "letter-slot-taken", letter: second.letter }]);
  });

  it("refuses letters out of an index that hides the one before them", async () => {
    const { log, letter } = openedLog();
    const second = log.addLetter();
    const files = await log.files();
    editJson(files, "index.json", (index) => index.letters.shift());
    const view = await open(files, log);
    expect(view.letters.has(letter.letter)).toBe(false);
    expect(view.letters.has(second.letter)).toBe(false);
    expect(view.refusedLetters.map(({ code }) => code)).toContain("letter-chain-broken");
  });

  it("refuses an index that takes one leaf for another", async () => {
    const { log, letter } = smallLog();
    const files = await log.files();
    const genuine = files.get("index.json")!;
    for (const edit of [
      (index: { epochs: number[] }) => index.epochs.push(4),
      (index: { letters: { closing: number }[] }) => Object.assign(index.letters[0]!, { closing: 4 }),
      (index: { workforce: string }) => Object.assign(index, { workforce: letter.letter }),
    ]) {
      files.set("index.json", genuine);
      editJson(files, "index.json", edit);
      await expect(open(files, log)).rejects.toMatchObject({ code: "index-wrong" });
    }
  });

  it("takes order and kind of leaves from the leaves themselves", async () => {
    const { log } = smallLog();
    const files = await log.files();
    editJson(files, "index.json", (index) => {
      index.epochs = [2];
      index.workforces = [1, 0];
    });
    const view = await open(files, log);
    expect([...view.epochs.keys()]).toEqual([1]);
    expect(view.manifests).toHaveLength(1);
  });

  it("needs every file that it begins with", async () => {
    const { log } = smallLog();
    for (const path of [
      "checkpoint",
      "index.json",
      `manifests/${log.workforce}.json`,
      "tile/entries/000.p/9",
    ]) {
      const files = await log.files();
      files.delete(path);
      await expect(open(files, log)).rejects.toMatchObject({ code: "file-missing" });
    }
  });
});

describe("what registrars have stated", () => {
  const logOf = () => {
    const { log } = smallLog();
    log.addIssuance(0, "2026-03-02", 20);
    const old = log.entries.length - 1;
    log.addIssuance(0, "2026-03-09", 40);
    log.addIssuance(1, "2026-03-09", 20);
    log.addDestruction(0, "2026-09-01");
    const names = log.registrars.map(({ publicKey }) => `1 ${publicKey}`);
    return { log, names, old };
  };

  it("is read on demand: the last number of each, and whose keys are destroyed", async () => {
    const { log, names } = logOf();
    const files = await log.files();
    expect((await open(files, log)).stated).toBeNull();
    const { stated } = await openWorkforce(memorySource(files), log.workforce, { stated: readStated });
    expect([...stated!.issuance].map(([name, { issued }]) => [name, issued[0]!.count])).toEqual([
      [names[0], 40],
      [names[1], 20],
    ]);
    expect([...stated!.destructions].map(([name, { day }]) => [name, day])).toEqual([
      [names[0], "2026-09-01"],
    ]);
  });

  it("is refused where the index names another leaf, or one that is not right", async () => {
    const { log } = logOf();
    const genuine = await log.files();
    for (const edit of [
      (index: { issuance: number[] }) => index.issuance.push(1),
      (index: { destructions: number[] }) => index.destructions.push(0),
    ]) {
      const files = new Map(genuine);
      editJson(files, "index.json", edit);
      const opened = openWorkforce(memorySource(files), log.workforce, { stated: readStated });
      await expect(opened).rejects.toMatchObject({ code: "index-wrong" });
    }
    log.addDestruction(1, "2026-08-31");
    const opened = openWorkforce(memorySource(await log.files()), log.workforce, { stated: readStated });
    await expect(opened).rejects.toMatchObject({ code: "destruction-too-early" });
  });
});

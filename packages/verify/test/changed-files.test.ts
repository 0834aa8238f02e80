/** Files changed behind the log's back, by a mirror or on the way: the checkpoint's signature is not theirs to make. */
import { encodeEntries, formatCheckpoint } from "@undersigned/log";
import { describe, expect, it } from "vitest";
import {
  bundleOf,
  count,
  editBundle,
  editJson,
  failures,
  LogBuilder,
  recountFiles,
  recountLog,
  smallLog,
} from "./helpers.ts";

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const bytes = (value: string) => new TextEncoder().encode(value);

describe("a bundle of entries", () => {
  it("with a leaf changed is refused at that leaf, and the leaf is not counted", async () => {
    const { log, batch } = smallLog();
    const files = await log.files();
    const at = batch + 2;
    editBundle(files, at, log.entries.length, (entries, i) => {
      entries[i] = bytes(text(entries[i]!).replace(/"key":"./, '"key":"_'));
      return entries;
    });
    const report = await recountFiles(files, log);
    expect(failures(report)).toContain(`leaf-changed ${at}`);
    expect(report.ok).toBe(false);
    expect(count(report)).toBe(4);
    expect(report.letters[0]?.sentence).toMatch(/^Do not quote/);
  });

  it("with a structural leaf changed is refused at that leaf", async () => {
    const { log, batch } = smallLog();
    const files = await log.files();
    editBundle(files, batch, log.entries.length, (entries, i) => {
      entries[i] = bytes(text(entries[i]!).replace('"mailbox":5', '"mailbox":9'));
      return entries;
    });
    expect(failures(await recountFiles(files, log))).toContain(`leaf-changed ${batch}`);
  });

  it("with a leaf dropped is refused", async () => {
    const { log, batch } = smallLog();
    const files = await log.files();
    const { path, first, width } = bundleOf(batch + 2, log.entries.length);
    const entries = log.entries.slice(first, first + width).toSpliced(batch + 2, 1);
    files.set(path, encodeEntries(entries));
    expect(failures(await recountFiles(files, log))).toContain(`leaf-changed ${batch + 2}`);
  });

  it("with its last leaf dropped is refused", async () => {
    const { log } = smallLog();
    const files = await log.files();
    const last = log.entries.length - 1;
    files.set(bundleOf(last, log.entries.length).path, encodeEntries(log.entries.slice(0, -1)));
    const report = await recountFiles(files, log);
    expect(failures(report)).toContain(`leaf-changed ${last}`);
    expect(count(report)).toBe(4);
  });

  it("with two leaves in another order is refused at both", async () => {
    const { log, batch } = smallLog();
    const files = await log.files();
    editBundle(files, batch + 1, log.entries.length, (entries, i) => {
      [entries[i], entries[i + 1]] = [entries[i + 1]!, entries[i]!];
      return entries;
    });
    const found = failures(await recountFiles(files, log));
    expect(found).toContain(`leaf-changed ${batch + 1}`);
    expect(found).toContain(`leaf-changed ${batch + 2}`);
  });

  it("with a leaf duplicated over another, or added, is refused", async () => {
    const { log, batch } = smallLog();
    const files = await log.files();
    editBundle(files, batch + 2, log.entries.length, (entries, i) => {
      entries[i] = entries[i - 1]!;
      return entries;
    });
    expect(failures(await recountFiles(files, log))).toContain(`leaf-changed ${batch + 2}`);
    const { path } = bundleOf(0, log.entries.length);
    files.set(path, encodeEntries([...log.entries, log.entries.at(-1)!]));
    expect(failures(await recountFiles(files, log))).toContain(`leaf-changed ${log.entries.length - 1}`);
  });

  it("with surplus or lacking bytes is refused", async () => {
    const { log } = smallLog();
    const files = await log.files();
    const { path } = bundleOf(0, log.entries.length);
    const whole = files.get(path)!;
    files.set(path, Uint8Array.of(...whole, 0));
    expect(failures(await recountFiles(files, log))).toContain(`leaf-changed ${log.entries.length - 1}`);
    files.set(path, whole.slice(0, -1));
    expect(failures(await recountFiles(files, log))).toContain(`leaf-changed ${log.entries.length - 1}`);
  });

  it("that is missing is named, and the rest is still looked at", async () => {
    const { log, letter } = smallLog();
    const more = Array.from({ length: 300 }, (_, i) => log.endorse(letter, 5 + i));
    log.addBatch("2026-03-04", more);
    const files = await log.files();
    files.delete("tile/entries/000");
    const report = await recountFiles(files, log);
    expect(failures(report)).toContain("file-missing 0");
    expect(failures(report).some((failure) => failure.startsWith("tiles-inconsistent"))).toBe(false);
    expect(report.size).toBe(log.entries.length);
  });
});

describe("tiles", () => {
  it("that agree with changed entries do not lead to the root", async () => {
    const { log } = smallLog();
    const genuine = await log.checkpoint();
    const other = smallLog();
    other.log.entries[other.batch + 1] = other.log.entries[other.batch + 2]!;
    const files = await other.log.files();
    files.set("checkpoint", genuine);
    expect(failures(await recountFiles(files, log))).toContain("tiles-inconsistent -");
  });

  it("of a higher level that do not follow from those below are refused", async () => {
    const { log, letter } = smallLog();
    log.addBatch(
      "2026-03-04",
      Array.from({ length: 300 }, (_, i) => log.endorse(letter, 5 + i)),
    );
    const files = await log.files();
    const tile = files.get("tile/1/000.p/1")!.slice();
    tile[0]! ^= 1;
    files.set("tile/1/000.p/1", tile);
    expect(failures(await recountFiles(files, log))).toEqual(["tiles-inconsistent 0"]);
    files.delete("tile/1/000.p/1");
    expect(failures(await recountFiles(files, log))).toEqual(["file-missing 0"]);
  });

  it("of another length are refused", async () => {
    const { log } = smallLog();
    const files = await log.files();
    const path = `tile/0/000.p/${log.entries.length}`;
    files.set(path, files.get(path)!.slice(32));
    expect(failures(await recountFiles(files, log))).toEqual(["file-malformed 0"]);
  });

  it("are read in their full form where the partial one is gone", async () => {
    const { log, letter } = smallLog();
    const early = await log.checkpoint();
    log.addBatch(
      "2026-03-04",
      Array.from({ length: 250 }, (_, i) => log.endorse(letter, 5 + i)),
    );
    const files = await log.files();
    files.set("checkpoint", early);
    files.delete("index.json");
    const report = await recountFiles(files, log);
    expect(failures(report)).toEqual([]);
    expect(count(report)).toBe(5);
  });
});

describe("a checkpoint", () => {
  it("with another size or root is not the log's", async () => {
    const { log } = smallLog();
    const files = await log.files();
    files.set("checkpoint", bytes(text(files.get("checkpoint")!).replace("\n9\n", "\n8\n")));
    const report = await recountFiles(files, log);
    expect(failures(report)).toEqual(["checkpoint-signature -"]);
    expect(report).toMatchObject({ ok: false, size: null, letters: [] });
  });

  it("signed by a foreign key is not the log's", async () => {
    const { log } = smallLog();
    const files = await log.files();
    const root = (await recountLog(log)).root!;
    const note = formatCheckpoint({
      origin: log.manifest.log.origin,
      size: 9,
      root: Buffer.from(root, "base64"),
    });
    files.set("checkpoint", await log.signCheckpoint(note, [], log.boardSigner));
    expect(failures(await recountFiles(files, log))).toEqual(["checkpoint-signature -"]);
  });

  it("by the log's key under another origin is refused", async () => {
    const { log } = smallLog();
    const files = await log.files();
    const note = formatCheckpoint({ origin: "undersigned-log/other", size: 9, root: new Uint8Array(32) });
    files.set("checkpoint", await log.signCheckpoint(note));
    expect(failures(await recountFiles(files, log))).toEqual(["checkpoint-origin -"]);
  });

  it("that claims far more leaves than there are files ends the recount soon", async () => {
    const { log } = smallLog();
    const files = await log.files();
    const note = formatCheckpoint({
      origin: log.manifest.log.origin,
      size: 2 ** 52,
      root: new Uint8Array(32),
    });
    files.set("checkpoint", await log.signCheckpoint(note));
    const report = await recountFiles(files, log);
    expect(failures(report)).toContain("file-missing 2048");
    expect(report.failures.length).toBeLessThan(100);
    expect(report.ok).toBe(false);
  });

  it("that is none, or is missing, is named", async () => {
    const { log } = smallLog();
    const files = await log.files();
    files.set("checkpoint", bytes("hello\n"));
    expect(failures(await recountFiles(files, log))).toEqual(["file-malformed -"]);
    files.delete("checkpoint");
    expect(failures(await recountFiles(files, log))).toEqual(["file-missing -"]);
  });

  it("with too few cosignatures, or a false one, does not pass", async () => {
    const { log } = smallLog({ witnesses: 2, witnessQuorum: 2 });
    const files = await log.files();
    files.set("checkpoint", await log.checkpoint(log.entries.length, [1]));
    expect(failures(await recountFiles(files, log))).toEqual(["witness-quorum -"]);
    const [body, ...lines] = text(await log.checkpoint()).split("\n\n");
    const forged = lines.join("").replace(/(witness-0\.example\.com .{20})./, "$1B");
    files.set("checkpoint", bytes(`${body}\n\n${forged}`));
    expect(failures(await recountFiles(files, log))).toEqual(["witness-quorum -"]);
  });

  it("with the same witness's key under two names counts it once", async () => {
    const { log } = smallLog({
      witnesses: 1,
      witnessQuorum: 2,
      manifest: (manifest) => {
        const { vkey } = manifest.witnesses[0]!;
        manifest.witnesses.push({ name: "zz", vkey });
      },
    });
    expect(failures(await recountLog(log))).toEqual(["witness-quorum -"]);
  });
});

describe("a checkpoint known from before", () => {
  it("that is larger shows that the log was cut", async () => {
    const { log, batch } = smallLog();
    const known = await log.checkpoint();
    const files = await log.files();
    const cut = new LogBuilder();
    cut.entries.splice(0, cut.entries.length, ...log.entries.slice(0, batch));
    for (const [path, file] of await cut.files())
      if (path.startsWith("tile") || path === "checkpoint") files.set(path, file);
    files.delete("index.json");
    expect(failures(await recountFiles(files, log, { known }))).toEqual(["log-shorter-than-known -"]);
  });

  it("that leads elsewhere shows that there are two logs", async () => {
    const { log, letter } = smallLog();
    const other = smallLog();
    other.log.entries[other.batch + 1] = other.log.entries[other.batch + 2]!;
    const known = await other.log.checkpoint();
    expect(failures(await recountLog(log, { known }))).toEqual(["log-forked -"]);
    log.addBatch(
      "2026-03-04",
      Array.from({ length: 300 }, (_, i) => log.endorse(letter, 5 + i)),
    );
    expect(failures(await recountLog(log, { known }))).toEqual(["log-forked -"]);
  });

  it("of another log is no checkpoint of this one", async () => {
    const { log } = smallLog();
    const known = await smallLog({ seed: "another" }).log.checkpoint();
    expect(failures(await recountLog(log, { known }))).toEqual(["known-checkpoint-foreign -"]);
  });
});

describe("a manifest or statement", () => {
  it("swapped for another workforce's is refused by its hash", async () => {
    const { log } = smallLog();
    const other = smallLog({ seed: "another" }).log;
    const files = await log.files();
    files.set(`manifests/${log.workforce}.json`, other.documents.get(`manifests/${other.workforce}.json`)!);
    const report = await recountFiles(files, log);
    expect(failures(report)).toEqual(["manifest-mismatch -"]);
    expect(report.employer).toBeNull();
  });

  it("of a letter with another text is refused", async () => {
    const { log, letter } = smallLog();
    const files = await log.files();
    editJson(files, `manifests/${letter.letter}.json`, (manifest) => {
      manifest.body = "We ask you to go on.";
    });
    expect(failures(await recountFiles(files, log))).toEqual([`manifest-mismatch ${letter.index}`]);
  });

  it("of a registrar with other keys is refused, and its tokens with it", async () => {
    const { log } = smallLog();
    const files = await log.files();
    const statement = log.epochs.get(1)!.leaf.statements[0]!.statement;
    editJson(files, `statements/${statement}.json`, (value) => {
      value.keys[0].spki = value.keys[1].spki;
    });
    const report = await recountFiles(files, log);
    expect(failures(report)[0]).toBe("statement-mismatch 1");
    expect(failures(report)).toContain("token-registrar-unknown 4");
    expect(count(report)).toBe(0);
  });

  it("that is missing is named", async () => {
    const { log } = smallLog();
    const files = await log.files();
    for (const { statement } of log.epochs.get(1)!.leaf.statements)
      files.delete(`statements/${statement}.json`);
    const found = failures(await recountFiles(files, log));
    expect(found.slice(0, 4)).toEqual([
      "file-missing 1",
      "file-missing 1",
      "file-missing 1",
      "epoch-statements 1",
    ]);
  });
});

describe("index.json", () => {
  it("with an inflated count is reported, and the log's own number given", async () => {
    const { log } = smallLog();
    const files = await log.files();
    editJson(files, "index.json", (index) => {
      index.letters[0].counted.mailbox = 500;
    });
    const report = await recountFiles(files, log);
    expect(failures(report)).toEqual(["count-inflated -"]);
    expect(count(report)).toBe(5);
  });

  it("that leads elsewhere or is none is reported", async () => {
    const { log, letter } = smallLog();
    const files = await log.files();
    const genuine = files.get("index.json")!;
    for (const edit of [
      (index: { epochs: number[] }) => index.epochs.pop(),
      (index: { workforces: number[] }) => index.workforces.push(5),
      (index: { letters: { closing: number }[] }) => {
        index.letters[0]!.closing = 7;
      },
      (index: { letters: { letter: string }[] }) => {
        index.letters[0]!.letter = letter.leaf.by;
      },
      (index: { letters: unknown[] }) => index.letters.pop(),
      (index: { workforce: string }) => {
        index.workforce = letter.letter;
      },
    ]) {
      files.set("index.json", genuine);
      editJson(files, "index.json", edit);
      expect(failures(await recountFiles(files, log))).toContain("index-wrong -");
    }
    files.set("index.json", bytes("{}"));
    expect(failures(await recountFiles(files, log))).toEqual(["file-malformed -"]);
  });
});

describe("openings", () => {
  const named = { kind: "named", name: "Zoë Example", confirmed: null, role: null, place: null } as const;

  async function withOpenings() {
    const log = new LogBuilder();
    log.addEpoch();
    const letter = log.addLetter({ appearances: ["anonymous", "named"] });
    const leaves = [0, 1, 2].map((person) => log.endorse(letter, person, { appearance: named }));
    const batch = log.addBatch("2026-03-03", leaves);
    const files = await log.files();
    return { log, letter, batch, files, path: `openings/${letter.letter}/0.json` };
  }

  it("with another name than was committed to are refused, and not counted as named", async () => {
    const { log, batch, files, path } = await withOpenings();
    editJson(files, path, (page) => {
      page.entries[0].opening.appearance.name = "Ana Example";
    });
    const report = await recountFiles(files, log);
    expect(failures(report)).toEqual([`opening-mismatch ${batch + 1}`]);
    expect(report.letters[0]?.appearances.mailbox).toEqual({
      named: 2,
      confirmed: 0,
      role: 0,
      hidden: 0,
      anonymousOrErased: 1,
    });
  });

  it("with another salt, key, seq or letter are refused", async () => {
    for (const [field, value] of [
      ["salt", "A".repeat(43)],
      ["key", "A".repeat(43)],
      ["letter", "A".repeat(43)],
      ["seq", 1],
    ] as const) {
      const { log, batch, files, path } = await withOpenings();
      editJson(files, path, (page) => {
        page.entries[1].opening[field] = value;
      });
      expect(failures(await recountFiles(files, log))).toEqual([`opening-mismatch ${batch + 2}`]);
    }
  });

  it("at another leaf, twice, out of order or on another page are misplaced", async () => {
    for (const edit of [
      // biome-ignore lint/suspicious/noExplicitAny: a page as JSON.
      (page: any) => {
        page.entries[0].index = 2;
      },
      // biome-ignore lint/suspicious/noExplicitAny: a page as JSON.
      (page: any) => page.entries.splice(1, 0, page.entries[0]),
      // biome-ignore lint/suspicious/noExplicitAny: a page as JSON.
      (page: any) => page.entries.reverse(),
      // biome-ignore lint/suspicious/noExplicitAny: a page as JSON.
      (page: any) => {
        page.page = 1;
      },
    ]) {
      const { log, files, path } = await withOpenings();
      editJson(files, path, edit);
      const found = failures(await recountFiles(files, log));
      expect(found.length).toBeGreaterThan(0);
      expect(found.every((failure) => failure.startsWith("opening-misplaced"))).toBe(true);
    }
  });

  it("of a leaf that a revision or withdrawal has replaced are misplaced", async () => {
    const { log, letter, batch, files, path } = await withOpenings();
    const before = files.get(path)!;
    log.addBatch("2026-03-04", [log.withdraw(letter, 0), log.revise(letter, 1, { kind: "anonymous" })]);
    const now = await log.files();
    now.set(path, before);
    const report = await recountFiles(now, log);
    const misplaced = failures(report).filter((failure) => failure.startsWith("opening-misplaced"));
    expect(misplaced).toHaveLength(2);
    expect(misplaced.every((failure) => Number(failure.split(" ")[1]) > batch)).toBe(true);
    expect(report.letters[0]?.appearances.mailbox).toEqual({
      named: 1,
      confirmed: 0,
      role: 0,
      hidden: 0,
      anonymousOrErased: 1,
    });
  });

  it("of a kind that the letter does not offer, or a role that is on no list, are refused", async () => {
    for (const appearance of [
      { kind: "role", role: "Nurse", place: null },
      { kind: "named", name: "Zoë Example", confirmed: null, role: "Chief executive", place: null },
    ] as const) {
      const log = new LogBuilder();
      log.addEpoch();
      const letter = log.addLetter({ appearances: ["anonymous", "named"] });
      const batch = log.addBatch(
        "2026-03-03",
        [0, 1].map((person) => log.endorse(letter, person, { appearance })),
      );
      expect(failures(await recountLog(log))).toEqual([
        `opening-not-offered ${batch + 1}`,
        `opening-not-offered ${batch + 2}`,
      ]);
    }
  });

  it("that were erased are no failure, page by page", async () => {
    const { log, files, path } = await withOpenings();
    editJson(files, path, (page) => page.entries.shift());
    expect((await recountFiles(files, log)).letters[0]?.appearances.mailbox.named).toBe(2);
    files.delete(path);
    const report = await recountFiles(files, log);
    expect(failures(report)).toEqual([]);
    expect(report.letters[0]?.appearances.mailbox).toEqual({
      named: 0,
      confirmed: 0,
      role: 0,
      hidden: 0,
      anonymousOrErased: 3,
    });
    expect(report.notChecked.some(({ message }) => message.includes("openings"))).toBe(true);
  });

  it("that are no openings are named by their file", async () => {
    const { log, files, path } = await withOpenings();
    files.set(path, bytes("[]"));
    const report = await recountFiles(files, log);
    expect(failures(report)).toEqual(["file-malformed -"]);
    expect(report.failures[0]?.message).toContain(path);
  });

  it("on the second page belong to the thousandth endorsement and later", async () => {
    const log = new LogBuilder({ registrars: 1 });
    log.addEpoch();
    const letter = log.addLetter();
    log.addBatch(
      "2026-03-03",
      Array.from({ length: 1002 }, (_, i) => log.endorse(letter, i, { appearance: named })),
    );
    const files = await log.files();
    expect((await recountFiles(files, log)).letters[0]?.appearances.mailbox.named).toBe(1002);
    const second = `openings/${letter.letter}/1.json`;
    editJson(files, second, (page) => {
      page.entries[0].index -= 5;
    });
    expect(failures(await recountFiles(files, log))).toEqual(["opening-misplaced 999"]);
  });
});

describe("messages", () => {
  it("hold no key, signature, token or shown name", async () => {
    const { log, letter } = smallLog();
    const leaf = log.endorse(letter, 9, { tokens: { slot: 3 } });
    log.addBatch("2026-03-04", [
      leaf,
      log.endorse(letter, 10, {
        appearance: { kind: "named", name: "Zoë Example", confirmed: null, role: null, place: null },
      }),
    ]);
    const files = await log.files();
    editJson(files, `openings/${letter.letter}/0.json`, (page) => {
      page.entries[0].opening.salt = "A".repeat(43);
    });
    const report = await recountFiles(files, log);
    expect(report.failures.length).toBeGreaterThan(1);
    const messages = report.failures.map(({ message }) => message).join("\n");
    for (const secret of [leaf.key, leaf.sig, leaf.tokens[0]!.signature, leaf.tokens[0]!.prefix, "Zoë"]) {
      expect(messages).not.toContain(secret);
    }
  });
});

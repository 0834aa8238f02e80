/** Logs that keep every rule: no failures, and the right numbers and words. */
import { describe, expect, it } from "vitest";
import {
  CLOSING_DAY,
  count,
  endorsements,
  FIRST_DAY,
  failures,
  LogBuilder,
  openedLog,
  recountFiles,
  recountLog,
  smallLog,
} from "./helpers.ts";

describe("a log that keeps every rule", () => {
  it("is counted without failures, from the first leaf to the closing", async () => {
    const { log, letter } = openedLog({ witnesses: 2 });
    log.addIssuance(0, "2026-03-02", 20);
    log.addIssuance(1, "2026-03-02", 20);
    log.addBatch(FIRST_DAY, [
      log.endorse(letter, 0, {
        appearance: { kind: "named", name: "Zoë Example", confirmed: null, role: "Nurse", place: "Lagos" },
      }),
      log.endorse(letter, 1, { appearance: { kind: "role", role: "Engineer", place: null } }),
      ...endorsements(log, letter, 3, 2),
    ]);
    log.addBatch("2026-03-05", [
      ...endorsements(log, letter, 2, 5),
      log.withdraw(letter, 1),
      log.revise(letter, 2, { kind: "named", name: "Ana Example", confirmed: null, role: null, place: null }),
    ]);
    log.addBatch("2026-03-06", [log.revise(letter, 1, { kind: "anonymous" }), log.withdraw(letter, 3)]);
    log.close(letter, CLOSING_DAY);
    log.addBatch("2026-05-02", [log.withdraw(letter, 4)]);
    const report = await recountLog(log);
    expect(failures(report)).toEqual([]);
    expect(report).toMatchObject({
      ok: true,
      employer: "Example Works",
      size: log.entries.length,
      cosigned: ["witness-0.example.com", "witness-1.example.com"],
    });
    expect(report.letters).toHaveLength(1);
    expect(report.letters[0]?.sentence).toContain("2 of them show names, as given by the signatory.");
    expect(report.letters[0]).toMatchObject({
      title: "Letter 1",
      state: "closed",
      counted: { mailbox: 5, vouched: 0 },
      withdrawn: { mailbox: 2, vouched: 0 },
      endorsed: { mailbox: 7, vouched: 0 },
      closing: {
        day: CLOSING_DAY,
        counts: { mailbox: 6, vouched: 0 },
        withdrawn: { mailbox: 1, vouched: 0 },
      },
      appearances: { mailbox: { named: 2, confirmed: 0, role: 0, hidden: 0, anonymousOrErased: 3 } },
      days: { first: FIRST_DAY, last: "2026-03-05" },
      headcount: { number: 14_000 },
    });
    expect(report.issuance.map((row) => [row.name, row.issued, row.endorsed])).toEqual([
      ["Registrar 1", 20, 7],
      ["Registrar 2", 20, 7],
      ["Registrar 3", null, 0],
    ]);
  });

  it("gives a sentence with number, proof, registrars, what is not proved, and the checkpoint", async () => {
    const { log } = smallLog();
    const { letters, root } = await recountLog(log);
    expect(letters[0]?.sentence).toBe(
      "5 holders of work mailboxes at example.com stand by “Letter 1”, out of 14,000 people at Example Works (Annual report 2025, 2026-01-31). " +
        "Each proved that mailbox by a code sent there between 2026-03-01 and 2026-03-03, to 2 of the 3 registrars Registrar 1 (run by Operator A), Registrar 2 (run by Operator B) and Registrar 3 (run by Operator C). " +
        "Not proved: that each mailbox is another person's, that its holder worked there on any other day, or anything if 2 of those registrars are dishonest together. " +
        `Counted from checkpoint ${log.manifest.log.origin.slice(0, 28)}…, 9 leaves, root ${root}.`,
    );
  });

  it("says what it cannot show", async () => {
    const { log } = smallLog({ headcount: null });
    const { notChecked } = await recountLog(log);
    for (const part of ["no witness", "no headcount", "Registrar 1 issued", "receipt"]) {
      expect(notChecked.some(({ message }) => message.includes(part))).toBe(true);
    }
  });

  it("does not name what was checked among what was not", async () => {
    const { log } = smallLog({ witnesses: 1 });
    const { notChecked } = await recountLog(log);
    expect(
      notChecked.some(({ message }) => message.includes("no witness") || message.includes("headcount")),
    ).toBe(false);
  });

  it("is counted by its own leaves when index.json is missing", async () => {
    const { log } = smallLog();
    const files = await log.files();
    files.delete("index.json");
    const report = await recountFiles(files, log);
    expect(failures(report)).toEqual([]);
    expect(count(report)).toBe(5);
    expect(report.notChecked.some(({ message }) => message.includes("index.json"))).toBe(true);
  });

  it("is counted when a letter's text is not public", async () => {
    const log = new LogBuilder();
    log.addEpoch();
    const letter = log.addLetter({ public: false });
    log.addBatch(FIRST_DAY, endorsements(log, letter, 2));
    const report = await recountLog(log);
    expect(failures(report)).toEqual([]);
    expect(report.letters[0]).toMatchObject({ title: null, counted: { mailbox: 2 } });
  });

  it("counts two letters on their own slots, each by itself", async () => {
    const { log, letter } = openedLog();
    const second = log.addLetter();
    log.addBatch(FIRST_DAY, [...endorsements(log, letter, 3), ...endorsements(log, second, 2)]);
    const report = await recountLog(log);
    expect(failures(report)).toEqual([]);
    expect(report.letters.map(({ slot, counted }) => [slot, counted.mailbox])).toEqual([
      [0, 3],
      [1, 2],
    ]);
    const one = await recountLog(log, { letter: second.letter });
    expect(one.letters.map(({ letter: id }) => id)).toEqual([second.letter]);
    expect(one.ok).toBe(true);
  });

  it("may release fewer than the minimum, on any day, in the letter's closing batch", async () => {
    const { log, letter } = smallLog();
    log.addBatch(CLOSING_DAY, endorsements(log, letter, 1, 5));
    log.close(letter, CLOSING_DAY);
    const report = await recountLog(log);
    expect(failures(report)).toEqual([]);
    expect(count(report)).toBe(6);
  });

  it("may be closed without a number, and says so", async () => {
    const { log, letter } = openedLog();
    log.close(letter, CLOSING_DAY, { outcome: "too-few" });
    const report = await recountLog(log);
    expect(failures(report)).toEqual([]);
    expect(report.letters[0]).toMatchObject({ state: "too-few", counted: { mailbox: 0 }, days: null });
    expect(report.letters[0]?.sentence).toContain("without a number");
  });

  it("may change its registrars by a version that a quorum of the old and all of the new sign", async () => {
    const { log } = smallLog();
    const added = log.signer("registrar of the second version");
    const [one, two, three] = log.registrars;
    log.addVersion(
      (manifest) => {
        manifest.registrars = manifest.registrars
          .filter((registrar) => registrar.identity !== three!.publicKey)
          .concat({
            identity: added.publicKey,
            name: "Registrar 4",
            operator: "Operator D",
            url: "https://r4.example.com",
          })
          .sort((a, b) => (a.identity < b.identity ? -1 : 1));
        manifest.headcount = { number: 20_000, source: "Annual report 2026", day: "2026-04-01" };
      },
      { signers: [one!, two!, added] },
    );
    const report = await recountLog(log);
    expect(failures(report)).toEqual([]);
    expect(report.letters[0]?.headcount?.number).toBe(20_000);
  });

  it("may have a second epoch with keys of its own", async () => {
    const { log, letter } = smallLog();
    log.addEpoch({ opens: "2026-09-01", closes: "2027-02-28" });
    const later = log.addLetter({ opens: "2026-09-02", closes: "2026-12-01" });
    log.addBatch("2026-09-03", [...endorsements(log, later, 2), log.withdraw(letter, 0)]);
    const report = await recountLog(log);
    expect(failures(report)).toEqual([]);
    expect(report.letters.map(({ epoch, slot, counted }) => [epoch, slot, counted.mailbox])).toEqual([
      [1, 0, 4],
      [2, 0, 2],
    ]);
  });

  it("extends the checkpoints that it had before", async () => {
    const { log, letter } = smallLog();
    const known = await Promise.all([1, 4, log.entries.length].map((size) => log.checkpoint(size)));
    log.addBatch("2026-03-04", endorsements(log, letter, 300, 5));
    for (const size of [255, 256, 257, log.entries.length]) known.push(await log.checkpoint(size));
    for (const note of known) {
      const report = await recountLog(log, { known: note });
      expect(failures(report)).toEqual([]);
    }
  });

  it("reports progress up to its size", async () => {
    const { log } = smallLog();
    const seen: number[] = [];
    await recountLog(log, { onProgress: ({ leaves }) => seen.push(leaves) });
    expect(seen.at(-1)).toBe(log.entries.length);
  });
});

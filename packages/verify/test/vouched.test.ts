/** Who was vouched for: counted apart, and part of nothing that speaks of work mailboxes. */
import type { SignatoryLeaf } from "@undersigned/core";
import { describe, expect, it } from "vitest";
import {
  CLOSING_DAY,
  endorsements,
  FIRST_DAY,
  failures,
  LogBuilder,
  openedLog,
  recountLog,
  type SmallLog,
} from "./helpers.ts";

const vouched = ({ log, letter }: Pick<SmallLog, "log" | "letter">, count: number, from: number) =>
  Array.from({ length: count }, (_, i): SignatoryLeaf => {
    return log.endorse(letter, from + i, { class: "vouched" });
  });

describe("endorsements by people who were vouched for", () => {
  it("are counted apart, and stand in the sentence outside of the number", async () => {
    const of = openedLog({ vouching: 2 });
    of.log.addBatch(FIRST_DAY, [...endorsements(of.log, of.letter, 3), ...vouched(of, 4, 10)]);
    of.log.addBatch("2026-03-04", [of.log.withdraw(of.letter, 10), ...vouched(of, 2, 20)]);
    of.log.close(of.letter, CLOSING_DAY);
    const report = await recountLog(of.log);
    expect(failures(report)).toEqual([]);
    expect(report.letters[0]).toMatchObject({
      counted: { mailbox: 3, vouched: 5 },
      withdrawn: { mailbox: 0, vouched: 1 },
      endorsed: { mailbox: 3, vouched: 6 },
    });
    const { sentence } = report.letters[0]!;
    expect(sentence).toMatch(/^3 holders of work mailboxes at example\.com stand by /);
    expect(sentence).toContain("When it was closed on 2026-05-01 there were 3.");
    expect(sentence).toContain("5 more, not in that number, were vouched for and proved no mailbox.");
    expect(report.issuance.map((row) => [row.class, row.endorsed])).toEqual([
      ["mailbox", 3],
      ["vouched", 6],
      ["mailbox", 3],
      ["vouched", 6],
      ["mailbox", 0],
      ["vouched", 0],
    ]);
  });

  it("never bring a letter to its first number", async () => {
    const of = openedLog({ vouching: 1 });
    const batch = of.log.addBatch(FIRST_DAY, [...endorsements(of.log, of.letter, 1), ...vouched(of, 50, 10)]);
    // The minimum of the class mailbox is not reached by them either.
    expect(failures(await recountLog(of.log))).toEqual([
      `batch-before-first ${batch}`,
      `batch-under-minimum ${batch}`,
    ]);
  });

  it("are not measured against the headcount", async () => {
    const of = openedLog({ vouching: 1, headcount: 3 });
    of.log.addBatch(FIRST_DAY, [...endorsements(of.log, of.letter, 3), ...vouched(of, 4, 10)]);
    expect(failures(await recountLog(of.log))).toEqual([]);
    of.log.addBatch("2026-03-04", endorsements(of.log, of.letter, 2, 30));
    expect(failures(await recountLog(of.log))).toEqual(["more-than-headcount -"]);
  });

  it("do not bear tokens of the class mailbox, nor the other way round", async () => {
    for (const [cls, token] of [
      ["vouched", "mailbox"],
      ["mailbox", "vouched"],
    ] as const) {
      const { log, letter } = openedLog({ vouching: 1 });
      const wrong = log.endorse(letter, 9, { class: cls, tokens: { class: token } });
      log.addBatch(FIRST_DAY, [...endorsements(log, letter, 3), wrong]);
      const report = await recountLog(log);
      expect(failures(report).map((one) => one.split(" ")[0])).toContain("token-invalid");
      expect(report.letters[0]?.counted).toEqual({ mailbox: 3, vouched: 0 });
    }
  });

  it("are of no class where the manifest accepts no invitations", async () => {
    const of = openedLog();
    const batch = of.log.addBatch(FIRST_DAY, endorsements(of.log, of.letter, 3));
    of.log.addBatch("2026-03-04", vouched(of, 2, 10));
    const found = failures(await recountLog(of.log));
    expect(found).toEqual([
      `class-not-issued ${batch + 5}`,
      `class-not-issued ${batch + 6}`,
      "count-inflated -",
    ]);
  });
});

describe("issuance by three kinds of evidence", () => {
  async function found(mailbox: number, vouchedFor: number): Promise<string[]> {
    const log = new LogBuilder({
      vouching: 1,
      manifest: (manifest) => {
        manifest.evidence.unshift({ kind: "existing-mail", class: "mailbox" });
        manifest.existingMail = {
          senders: [{ name: "Calendar", domain: "example.com", from: "calendar@example.com", subject: null }],
          notBefore: "2025-03-01",
          notAfter: "2026-02-28",
          records: [],
        };
      },
    });
    log.addEpoch();
    const letter = log.addLetter();
    for (const registrar of [0, 1, 2]) {
      log.addIssuance(registrar, "2026-03-02", 3, {
        batch: 1,
        edit: (leaf) => {
          leaf.issued = [
            { evidence: "existing-mail", count: 2 },
            { evidence: "mailbox-code", count: 3 },
            { evidence: "vouch", count: 4 },
          ];
        },
      });
    }
    log.addBatch(FIRST_DAY, [
      ...endorsements(log, letter, mailbox),
      ...vouched({ log, letter }, vouchedFor, 50),
    ]);
    const report = await recountLog(log);
    if (report.ok) {
      expect(report.letters[0]?.sentence).toContain(
        "Each proved that mailbox by a code sent there between 2026-03-01 and 2026-03-03, or by a signed mail that had come there between 2025-03-01 and 2026-02-28, to 2 of the 3",
      );
      expect(report.issuance.map(({ class: of, issued, most }) => [of, issued, most])).toContainEqual([
        "mailbox",
        5,
        5,
      ]);
    }
    return failures(report);
  }

  it("bounds each class by the sum of its kinds", async () => {
    expect(await found(5, 4)).toEqual([]);
    expect(await found(6, 4)).toEqual(["more-endorsed-than-issued -", "more-endorsed-than-issued -"]);
    expect(await found(5, 5)).toEqual(["more-endorsed-than-issued -", "more-endorsed-than-issued -"]);
  });
});

describe("keys for invitations", () => {
  it("are as many as the manifest says, of every registrar", async () => {
    for (const edit of [
      (keys: unknown[]) => keys.pop(),
      // Another number than the manifest's, and an RSA key that nothing else in this log has.
      (keys: { number: number; spki: string }[], spare: string) =>
        keys.push({ ...keys[0]!, number: 2, spki: spare }),
    ]) {
      const log = new LogBuilder({ vouching: 2 });
      const spare = new LogBuilder();
      let spki = "";
      spare.addEpoch({ statement: (statement) => (spki = statement.keys[0]!.spki) });
      // biome-ignore lint/suspicious/noExplicitAny: either edit.
      const change = edit as any;
      log.addEpoch({
        statement: (statement, registrar) => registrar === 1 && change(statement.invitations, spki),
      });
      expect(failures(await recountLog(log))).toEqual(["statement-mismatch 1"]);
    }
  });

  it("are RSA keys like all others", async () => {
    const log = new LogBuilder({ vouching: 1 });
    log.addEpoch({
      statement: (statement, registrar) => {
        if (registrar === 2) statement.invitations[0]!.spki = statement.invitations[0]!.spki.slice(0, -4);
      },
    });
    expect(failures(await recountLog(log))).toEqual(["bad-rsa-key 1"]);
  });

  it("occur once: not for a second number, registrar or slot", async () => {
    let first = "";
    for (const edit of [
      // biome-ignore lint/suspicious/noExplicitAny: a statement.
      (s: any, registrar: number) => {
        if (registrar === 0) s.invitations[1].spki = s.invitations[0].spki;
      },
      // biome-ignore lint/suspicious/noExplicitAny: a statement.
      (s: any, registrar: number) => {
        if (registrar === 0) first = s.invitations[0].spki;
        if (registrar === 1) s.invitations[0].spki = first;
      },
      // biome-ignore lint/suspicious/noExplicitAny: a statement.
      (s: any, registrar: number) => {
        if (registrar === 2) s.invitations[1].spki = s.keys[20].spki;
      },
    ]) {
      const log = new LogBuilder({ vouching: 2 });
      log.addEpoch({ statement: edit });
      expect(failures(await recountLog(log))).toEqual(["modulus-repeated 1"]);
    }
  });
});

/** A report in plain words: no number without every check, and nothing said to be checked that was not. */
import { plain } from "@undersigned/messages";
import type { Report } from "@undersigned/verify";
import { describe, expect, it } from "vitest";
import {
  heldChecks,
  isOfAnother,
  issuanceInWords,
  lettersInWords,
  shoutOf,
  verdictOf,
} from "../../src/islands/recount/plain-words.ts";
import { CASES, caseOf, count } from "./kit.ts";

const VALID = caseOf("valid.zip");

describe("a report of a log that holds", () => {
  it("says so, with the numbers and the sentence to quote", async () => {
    const { report } = await count(VALID);
    expect(verdictOf(report)).toMatchObject({ good: true, title: "Every check holds" });
    const [first, second, third] = VALID.letters!;
    const words = lettersInWords(report, second!.letter);
    expect(words.map(({ letter }) => letter)).toEqual([second!.letter, first!.letter, third!.letter]);
    expect(words[0]).toMatchObject({ count: null });
    expect(words[1]).toMatchObject({ count: { number: "57", unit: "holders of work mailboxes" } });
    expect(plain(words[1]!.sentence)).toContain("57 holders of work mailboxes");
    expect(words[1]?.registrars.length).toBe(3);
    const row = (term: string) => words[1]?.rows.find((one) => one.term === term)?.value;
    expect(row("Names")).toBe("7 confirmed by work mailbox, 6 given by the signatory");
    expect(row("Vouched for")).toBe("2 more, not in the number, by a colleague's word; 1 withdrawn");
    expect(row("Withdrawn")).toBe("3");
  });

  it("says what became of the letter, counted and dated, and nothing where nothing did", async () => {
    const { report } = await count(VALID);
    const [first, second] = VALID.letters!;
    const rows = (of: Report, letter: string) =>
      lettersInWords(of, letter)[0]!
        .rows.filter(({ term }) => /^(?:Handed over|Answered|Demands|Register of dealings)$/.test(term))
        .map(({ term, value }) => `${term}: ${value}`);
    expect(rows(report, first!.letter)).toEqual([
      "Handed over: 2 times: on 2027-03-02 by mail, with a mail server's acceptance kept; on 2027-03-02 by hand",
      "Answered: 2 times: by a mail that was logged on 2027-03-20, dated 2027-03-20, whose signature can be checked; by a statement that organisers entered on 2027-04-05, its text withheld on 2027-04-06: it names people",
      "Demands: 1 demand judged by organisers, last on 2027-04-09: 1 promised by 2027-06-01; 1 earlier judgement in the log",
      "Register of dealings: 1 row after 2 changes, last on 2027-04-08",
    ]);
    expect(rows(report, second!.letter)).toEqual([]);
    const [letter] = report.letters.filter((one) => one.letter === first!.letter);
    const { deliveries, responses, judgements } = letter!;
    const other = {
      ...letter!,
      deliveries: [{ ...deliveries[1]!, how: "post" as const }],
      responses: [{ ...responses[0]!, evidence: false }],
      judgements: [
        { ...judgements[0]!, judgement: { ...judgements[0]!.judgement, demand: "else" } },
        ...judgements,
      ],
      dealings: [],
    };
    expect(rows({ ...report, letters: [other] }, other.letter)).toEqual([
      "Handed over: once, on 2027-03-02 by post",
      "Answered: once, by a mail that was logged on 2027-03-20, dated 2027-03-20, whose signature the board alone vouches for",
      "Demands: 2 demands judged by organisers, last on 2027-04-09: 1 partly met, 1 promised by 2027-06-01; 1 earlier judgement in the log",
    ]);
  });

  it("names the known checkpoint among the checks only where one was compared", async () => {
    const { report } = await count(VALID);
    const without = heldChecks(report, false);
    const further = heldChecks(report, true).filter((text) => !without.includes(text));
    expect(further).toEqual(["The log has grown out of the checkpoint that is known from before."]);
    expect(without.some((text) => text.includes("1 witness"))).toBe(true);
    expect(without.some((text) => text.includes("the 66 endorsements"))).toBe(true);
  });

  it("does not claim a check that there was nothing to do for", async () => {
    const { report } = await count(VALID);
    const bare = {
      ...report,
      clients: [],
      issuance: report.issuance.map((row) => ({ ...row, issued: null, batch: null })),
      letters: report.letters.map((letter) => ({ ...letter, headcount: null })),
    };
    expect(heldChecks(bare, false).filter((text) => /browsers|issued|people/.test(text))).toEqual([]);
    expect(issuanceInWords({ ...bare.issuance[0]!, destroyed: "2026-09-01" })).toContain("2026-09-01");
    expect(issuanceInWords(bare.issuance[0]!)).toContain("has stated no number");
  });
});

describe("a report of a log that does not hold", () => {
  const broken = CASES.filter(({ file, expect: codes }) => file.startsWith("broken/") && codes.length > 0);

  it("gives no number and nothing to quote, whatever is wrong", async () => {
    expect(broken.length).toBeGreaterThan(100);
    for (const row of broken) {
      const { report } = await count(row);
      const verdict = verdictOf(report);
      expect(verdict.good, row.file).toBe(false);
      expect(verdict.text, row.file).toContain("nothing to quote");
      expect(lettersInWords(report, null), row.file).toEqual([]);
    }
  });

  it("does not list as held what has failed, and nothing at all where it could not begin", async () => {
    const { report } = await count(caseOf("broken/token-of-another-slot.zip"));
    const held = heldChecks(report, false);
    expect(held.length).toBeGreaterThan(3);
    expect(held.some((text) => text.includes("token and each signature"))).toBe(false);
    const nothing = await count(caseOf("broken/file-missing-checkpoint.zip"));
    expect(heldChecks(nothing.report, false)).toEqual([]);
    expect(verdictOf(nothing.report).text).toContain("Nothing could be counted");
  });

  it("shouts for each thing that a known checkpoint gives away, and for nothing else", async () => {
    for (const row of CASES.filter(({ file }) => file.endsWith(".zip"))) {
      const { report } = await count(row);
      const shouts: Record<string, string> = {
        "log-forked": "forked",
        "log-shorter-than-known": "shorter",
        "known-checkpoint-foreign": "foreign",
      };
      expect(shoutOf(report), row.file).toBe(row.expect.map((code) => shouts[code]).find(Boolean) ?? null);
    }
  });

  it("tells a file of another workforce from a damaged one", async () => {
    const other = await count({ ...VALID, workforce: caseOf("small.zip").workforce });
    expect(isOfAnother(other.report)).toBe(true);
    const damaged = await count(caseOf("broken/file-missing-checkpoint.zip"));
    expect(isOfAnother(damaged.report)).toBe(false);
  });
});

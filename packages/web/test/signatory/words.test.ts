/** Sentences: the days on which signatures come out, and what went wrong. */
import { addDays, type BatchRule, daysBetween } from "@undersigned/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nextRelease, plausibleDay, releaseWords } from "../../src/islands/signatory/words/days.ts";
import { receiptWords, standingWords } from "../../src/islands/signatory/words/places.ts";
import { outcomeWords, problemWords } from "../../src/islands/signatory/words/problems.ts";

const rule = (every: number, min = 20, first = 50): BatchRule => ({
  first,
  classes: { mailbox: { min, every }, vouched: { min: 1, every: 1 } },
});
const leaf = (every: number, min?: number, first?: number) => {
  return { opens: "2031-03-03", closes: "2031-03-31", batch: rule(every, min, first) };
};

describe("The day on which a signature comes out", () => {
  it.each([
    ["every day: the next one", "2031-03-10", 1, "2031-03-11"],
    ["on the opening day: one step later, never the same day", "2031-03-03", 7, "2031-03-10"],
    ["every week: the next such day", "2031-03-11", 7, "2031-03-17"],
    ["on such a day: the one after it", "2031-03-17", 7, "2031-03-24"],
    ["the closing day is still one", "2031-03-30", 7, "2031-03-31"],
    ["after the last one: the day after closing", "2031-03-31", 7, "2031-04-01"],
    ["with steps longer than the letter: the day after closing", "2031-03-03", 60, "2031-04-01"],
    ["before the opening: the first one", "2031-02-01", 7, "2031-03-10"],
  ])("%s", (_what, today, every, day) => {
    expect(nextRelease(today, leaf(every), "mailbox")).toBe(day);
  });

  it("is always one that the protocol allows", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 28 }), (every, passed) => {
        const of = leaf(every);
        const today = addDays(of.opens, passed);
        const day = nextRelease(today, of, "mailbox");
        expect(day > today).toBe(true);
        if (day > of.closes) expect(day).toBe(addDays(of.closes, 1));
        else expect(daysBetween(of.opens, day) % every).toBe(0);
        for (let sooner = addDays(today, 1); sooner < day; sooner = addDays(sooner, 1)) {
          expect(daysBetween(of.opens, sooner) % every === 0 && sooner <= of.closes).toBe(false);
        }
      }),
    );
  });

  it("is said with the number that nobody goes before, and with how many come out at once", () => {
    expect(releaseWords("2031-03-11", leaf(7), false, "mailbox")).toEqual([
      "Nothing comes out before 50 people have signed, so nobody has to go first.",
      "Your signature comes out on 17 March 2031 at the earliest, together with others.",
      "At least 20 come out at once. If there are fewer, they wait for the next time.",
      "It is in the log by the end of 1 April 2031 at the latest.",
    ]);
  });

  it("is said without what does not matter any more", () => {
    expect(releaseWords("2031-03-11", leaf(7, 1), true, "mailbox")).toEqual([
      "Your signature comes out on 17 March 2031 at the earliest, together with others.",
      "It is in the log by the end of 1 April 2031 at the latest.",
    ]);
    expect(releaseWords("2031-03-31", leaf(7), true, "mailbox")).toEqual([
      "Your signature comes out after the letter has closed, on 1 April 2031.",
    ]);
  });

  it("does not follow a clock that contradicts the log", () => {
    const of = leaf(7);
    expect(plausibleDay("2031-03-11", of, "2031-03-10")).toBe("2031-03-11");
    expect(plausibleDay("2026-01-01", of, "2031-03-10")).toBe("2031-03-10");
    expect(plausibleDay("2031-04-20", of, null)).toBe("2031-03-03");
    expect(plausibleDay("2031-03-09", of, "2031-03-10")).toBe("2031-03-10");
  });
});

describe("Sentences for failures", () => {
  /** What a person can meet on the way: codes of registrar, board and client. */
  const codes = [
    "already-endorsed",
    "already-enrolled",
    "answer-malformed",
    "appearance-not-offered",
    "bad-phrase",
    "busy",
    "code-malformed",
    "epoch-not-open",
    "epoch-unknown",
    "group-mailbox",
    "letter-not-open",
    "letter-refused",
    "letter-text-missing",
    "letter-unknown",
    "link-other",
    "mailbox-malformed",
    "mailbox-not-here",
    "no-answer",
    "page-unknown",
    "predecessor-unknown",
    "receipt-invalid",
    "sequence-taken",
    "signatories-malformed",
    "signatories-too-few",
    "slot-taken",
    "source-unavailable",
    "storage-refused",
    "token-invalid",
    "too-few-tokens",
    "too-many-pending",
    "too-many-requests",
    "too-many-tries",
    "wrong-code",
    "wrong-enrolment",
    "wrong-file-phrase",
    "wrong-quorum",
  ];
  const general = problemWords({ code: "never-heard-of" });

  it.each(codes)("%s has one of its own, in plain words", (code) => {
    const words = problemWords({ code });
    expect(words).not.toBe(general);
    expect(words).toMatch(/^[A-Z].*[.]$/);
    expect(words).not.toMatch(/\b(token|epoch|slot|quorum|blind|nonce|hash|checkpoint|tile)/i);
  });

  it("says that a board which cannot be checked must not be trusted", () => {
    for (const code of ["checkpoint-signature", "manifest-signatures", "modulus-repeated", "log-forked"]) {
      expect(problemWords({ code })).toContain("Do not sign here");
    }
  });

  it("never repeats what a server wrote", () => {
    expect(problemWords({ code: "<b>type your phrase at evil.example</b>" })).toBe(general);
    expect(outcomeWords({ state: "failed", code: "<b>" }, "mailbox-code")).toBe(general);
    expect(outcomeWords({ state: "failed", code: "already-enrolled" }, "mailbox-code")).toContain(
      "another phrase",
    );
  });
});

describe("Sentences for what the log holds", () => {
  it("name the place, and that the proof was checked here", () => {
    expect(receiptWords({ state: "in-the-log", index: 1234 })).toEqual({
      tone: "good",
      text: "In the log, at place 1,234. This device has checked the proof.",
    });
    const head = { seq: 0, leaf: "" };
    expect(standingWords({ state: "counted", head, place: 7, shown: null, hidden: null }).text).toContain(
      "at place 7",
    );
  });

  it("do not hide a list that the log does not bear out, or a broken promise", () => {
    const head = { seq: 0, leaf: "" };
    expect(standingWords({ state: "counted", head, place: null, shown: null, hidden: null }).tone).toBe(
      "bad",
    );
    expect(receiptWords({ state: "broken-promise", due: "2031-04-01" }).tone).toBe("bad");
    expect(receiptWords({ state: "destroyed", outcome: "too-few" }).tone).toBe("warning");
  });
});

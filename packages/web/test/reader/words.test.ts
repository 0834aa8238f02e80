import { quorumBounds } from "@undersigned/core";
import {
  anonymousWords,
  boundsWords,
  evidenceWords,
  furtherWords,
  hasNumber,
  headcountWords,
  namesWords,
  notProvedWords,
  numberWords,
  plain,
  provedWords,
  quorumWords,
  type Tally,
  totalsWords,
  vouchedWords,
} from "@undersigned/messages";
import { sayIn } from "@undersigned/messages/node";
import { describe, expect, test } from "vitest";
import { letterState, stateWords } from "../../src/server/words/state.ts";
import { directionOf } from "../../src/shared/words/direction.ts";

const SAY = sayIn("en");

const TALLY: Tally = {
  counted: { mailbox: 1400, vouched: 0 },
  withdrawn: { mailbox: 0, vouched: 0 },
  days: { first: "2026-11-05", last: "2026-11-20" },
  provedFrom: "2026-11-03",
  first: 100,
  domains: ["example.com"],
  employer: "Example Corp",
  headcount: { number: 4800, source: "annual report", day: "2026-10-01" },
  closing: null,
  early: null,
};

const CLOSING = {
  type: "closing" as const,
  v: 1 as const,
  letter: "l",
  day: "2026-12-01",
  outcome: "closed" as const,
  counts: { mailbox: 1410, vouched: 0 },
  withdrawn: { mailbox: 0, vouched: 0 },
  destroyed: null,
};

function said(change: Partial<Tally>): string {
  return plain(numberWords(SAY, { ...TALLY, ...change }));
}

describe("the number", () => {
  test("says how many, how proved and between which days", () => {
    expect(said({})).toBe(
      "1,400 signatories proved a work mailbox at example.com between 3 and 20 November 2026.",
    );
  });

  test("is singular for one", () => {
    expect(said({ counted: { mailbox: 1, vouched: 0 } })).toMatch(/^1 signatory proved/);
  });

  test("names every domain", () => {
    expect(said({ domains: ["a.example", "b.example"] })).toContain("at a.example and b.example between");
  });

  test("is not there before enough have signed, and the page says how many are enough", () => {
    expect(hasNumber({ ...TALLY, days: null })).toBe(false);
    expect(said({ days: null, counted: { mailbox: 0, vouched: 0 } })).toBe(
      "A number appears when 100 have signed.",
    );
  });

  test("never comes when too few had signed at closing", () => {
    const closing = { ...CLOSING, outcome: "too-few" as const };
    expect(hasNumber({ ...TALLY, days: null, closing })).toBe(false);
    expect(said({ days: null, closing })).toMatch(/^There is no number: fewer than 100 had signed/);
  });

  test("does not count the vouched in", () => {
    expect(said({ counted: { mailbox: 1400, vouched: 7 } })).toBe(said({}));
    const further = furtherWords(SAY, { ...TALLY, counted: { mailbox: 1400, vouched: 7 } }).map(plain);
    expect(further).toEqual([
      "Apart from that number, 7 were vouched for by colleagues and have proved no mailbox.",
    ]);
  });

  test("says how many have withdrawn", () => {
    const of = (mailbox: number) =>
      furtherWords(SAY, { ...TALLY, withdrawn: { mailbox, vouched: 0 } }).map(plain);
    expect(of(1)).toEqual(["1 more has withdrawn and is not counted."]);
    expect(of(2)).toEqual(["2 more have withdrawn and are not counted."]);
    expect(of(0)).toEqual([]);
  });

  test("tells the closing count where people have withdrawn since", () => {
    expect(furtherWords(SAY, { ...TALLY, closing: CLOSING }).map(plain)).toEqual([
      "When it was closed on 1 December 2026 the number was 1,410.",
    ]);
  });

  test("has its denominator with source and day, or says that there is none", () => {
    expect(plain(headcountWords(SAY, TALLY))).toBe(
      "Example Corp has about 4,800 employees (source: annual report, 1 October 2026).",
    );
    expect(plain(headcountWords(SAY, { ...TALLY, headcount: null }))).toContain("is not stated here");
  });
});

describe("a letter's state", () => {
  const of = (today: string, closing: typeof CLOSING | null = null) =>
    letterState({ opens: "2026-11-03", closes: "2026-11-30", closing }, today);

  test.each([
    ["2026-11-02", "Signing begins on 3 November 2026."],
    ["2026-11-03", "Open for signing until 30 November 2026: 27 days left."],
    ["2026-11-29", "Open for signing until 30 November 2026: 1 day left."],
    ["2026-11-30", "Open for signing. Today, 30 November 2026, is the last day."],
    ["2026-12-01", "Signing ended on 30 November 2026. The closing count is not there yet."],
  ])("on %s", (today, words) => {
    expect(plain(stateWords(SAY, of(today)))).toBe(words);
  });

  test("is the closing leaf's, once there is one", () => {
    expect(plain(stateWords(SAY, of("2026-12-02", CLOSING)))).toBe("Closed on 1 December 2026.");
    expect(plain(stateWords(SAY, of("2026-12-02", { ...CLOSING, outcome: "too-few" as never })))).toBe(
      "Closed on 1 December 2026 without a number.",
    );
  });
});

describe("how signatories were verified", () => {
  test.each([
    [1, 1, ["could invent", "could help someone who enrolled to sign twice", "nobody can enrol"]],
    [3, 2, ["One dishonest registrar could not invent", "could help", "while one registrar is down"]],
    [3, 3, ["2 dishonest registrars together could not invent", "2 dishonest", "nobody can enrol"]],
    [5, 4, ["3 dishonest", "2 dishonest", "while one registrar is down"]],
    [5, 3, ["2 dishonest", "could help", "while 2 registrars are down"]],
  ])("with %i registrars and a quorum of %i", (n, k, parts) => {
    const sentences = boundsWords(SAY, quorumBounds(n, k));
    parts.forEach((part, i) => {
      expect(sentences[i]).toContain(part);
    });
  });

  test("says of whom a quorum is", () => {
    expect(quorumWords(SAY, 1, 1)).toMatch(/^One registrar/);
    expect(quorumWords(SAY, 3, 3)).toMatch(/^All 3/);
    expect(quorumWords(SAY, 3, 2)).toMatch(/^2 of these 3/);
  });

  test("says what is proved and no more", () => {
    expect(plain(provedWords(SAY, ["example.com"], "2026-11-03", "2026-11-20"))).toBe(
      "Each signatory held a work mailbox at example.com between 3 and 20 November 2026. No more than that is proved.",
    );
    expect(notProvedWords(SAY, 1)).toContain("Anything, if the registrar is dishonest.");
    expect(notProvedWords(SAY, 2)).toContain("Anything, if 2 of the registrars are dishonest together.");
  });
});

describe("evidence", () => {
  const sender = (name: string) => ({
    name,
    domain: "mail.example",
    from: "no-reply@mail.example",
    subject: null,
  });
  const rules = {
    evidence: [
      { kind: "existing-mail" as const, class: "mailbox" as const },
      { kind: "mailbox-code" as const, class: "mailbox" as const },
      { kind: "vouch" as const, class: "vouched" as const },
    ],
    existingMail: {
      senders: ["Sign-in notices", "Chat", "Code"].map(sender),
      notBefore: "2026-09-01",
      notAfter: "2026-11-20",
      records: [],
    },
    vouching: { invitations: 3 },
  };

  test("that proves a mailbox is named, kind by kind, and vouching is not among it", () => {
    const [mail, code, ...others] = evidenceWords(SAY, rules, ["example.com"]).map(plain);
    expect(mail).toBe(
      "A mail that the person already had, sent to a work mailbox at example.com between 1 September and 20 November 2026 by Sign-in notices, Chat or Code. The sender's electronic signature (DKIM) shows that it is genuine. Registrars were shown the signed lines of its header, never its text.",
    );
    expect(code).toMatch(/^A code of eight digits, sent to a work mailbox at example\.com/);
    expect(others).toEqual([]);
  });

  test("of somebody who is vouched for is said apart, and only where it is accepted", () => {
    const [given, apart] = vouchedWords(SAY, rules);
    expect(given).toContain("gets 3 invitations");
    expect(vouchedWords(SAY, { ...rules, vouching: { invitations: 1 } })[0]).toContain(
      "gets 1 invitation to",
    );
    expect(apart).toContain("counted apart and are never in the number");
    expect(vouchedWords(SAY, { ...rules, vouching: null })).toEqual([]);
  });

  test("limits what is said of signatories to those in the number where people can be vouched for", () => {
    const words = (vouching: { invitations: number } | null) =>
      plain(provedWords(SAY, ["example.com"], "2026-11-03", "2026-11-20", vouching));
    expect(words(null)).toMatch(/^Each signatory held/);
    expect(words({ invitations: 3 })).toMatch(/^Each signatory in the number held/);
  });

  test("by mail adds its senders to those who are trusted", () => {
    expect(notProvedWords(SAY, 2, rules.existingMail).join(" ")).toContain("helped to forge it");
    expect(notProvedWords(SAY, 2, null).join(" ")).not.toContain("forge");
  });
});

describe("names", () => {
  const registrars = (length: number) => Array.from({ length }) as never;
  const letter = (names: "any" | "confirmed") => ({ appearances: ["named" as const], names });

  test.each([
    [1, 1, "the registrar has found"],
    [3, 3, "all 3 registrars have found"],
    [3, 2, "2 registrars have found"],
  ])("of %i registrars, %i, are confirmed where %s", (n, quorum, who) => {
    const [sentence] = namesWords(SAY, { quorum, registrars: registrars(n) }, letter("any"));
    expect(sentence).toContain(who);
  });

  test("that are not confirmed are said to be checked by nobody, or that the letter takes none", () => {
    const of = (names: "any" | "confirmed") =>
      namesWords(SAY, { quorum: 1, registrars: registrars(1) }, letter(names)).join(" ");
    expect(of("any")).toContain("nobody has checked it");
    expect(of("any")).not.toContain("only");
    expect(of("confirmed")).toContain("This letter takes confirmed names only.");
    expect(of("confirmed")).not.toContain("nobody has checked it");
  });

  test("are not spoken of where the letter shows none", () => {
    const rules = { quorum: 1, registrars: registrars(1) };
    expect(namesWords(SAY, rules, { appearances: ["anonymous", "role"], names: "any" })).toEqual([]);
    expect(namesWords(SAY, rules, null)).not.toEqual([]);
  });
});

test("totals say how each appears and that the anonymous are counted", () => {
  expect(totalsWords(SAY, { named: 8, role: 18, hidden: 0, anonymous: 1033 })).toBe(
    "1,059 signatories appear: 8 by name, 18 by role and 1,033 anonymously.",
  );
  expect(anonymousWords(SAY, 1)).toMatch(/^1 signatory is anonymous and not listed/);
});

test.each([
  ["en", "ltr"],
  ["ar", "rtl"],
  ["he-IL", "rtl"],
  ["fa", "rtl"],
  ["ur-PK", "rtl"],
  ["az-Arab", "rtl"],
  ["ar-Latn", "ltr"],
  ["zh-Hant", "ltr"],
  ["xx-not-a-real-1", "ltr"],
  ["abcdefgh", "ltr"],
])("the language %s is written %s", (language, direction) => {
  expect(directionOf(language)).toBe(direction);
});

import type { JudgementRecord, MailResponse } from "@undersigned/core";
import { plain, type Words } from "@undersigned/messages";
import { sayIn } from "@undersigned/messages/node";
import { expect, test } from "vitest";
import type { Afterwards, Answer, Judged } from "../../src/server/load-afterwards.ts";
import {
  answerDay,
  deliveredWords,
  standingTone,
  standingWords,
  withheldWords,
} from "../../src/server/words/afterwards.ts";

const SAY = sayIn("en");
const DELIVERY = {
  how: "mail",
  delivered: "2026-03-10",
  day: "2026-03-10",
  document: "A".repeat(43),
  bundle: null,
} as const;
const NONE: Afterwards = { deliveries: [], answers: [], demands: [], register: null };
const mail = (dated: string): Answer => ({
  kind: "mail",
  day: "2026-03-20",
  hash: "B".repeat(43),
  record: { kind: "mail", dated } as MailResponse,
});
const said = (all: readonly Words[]) => all.map(plain).join(" ");

test("nothing is said of a letter that was not handed over", () => {
  expect(deliveredWords(SAY, NONE, "2026-03-12")).toEqual([]);
});

test("a letter without an answer says for how many days, from the first delivery on", () => {
  const twice = { ...NONE, deliveries: [{ ...DELIVERY, delivered: "2026-03-12" }, DELIVERY] };
  expect(said(deliveredWords(SAY, twice, "2026-03-10"))).toBe("Delivered on 10 March 2026. No answer yet.");
  expect(said(deliveredWords(SAY, twice, "2026-03-11"))).toBe(
    "Delivered on 10 March 2026. No answer for 1 day.",
  );
  expect(said(deliveredWords(SAY, twice, "2026-04-10"))).toBe(
    "Delivered on 10 March 2026. No answer for 31 days.",
  );
});

test("an answer ends the counting of days", () => {
  const one = { ...NONE, deliveries: [DELIVERY], answers: [mail("2026-03-14")] };
  expect(said(deliveredWords(SAY, one, "2026-04-10"))).toBe(
    "Delivered on 10 March 2026. There is an answer of 14 March 2026.",
  );
  const two = { ...one, answers: [mail("2026-03-14"), mail("2026-03-18")] };
  expect(said(deliveredWords(SAY, two, "2026-04-10"))).toContain(
    "There are 2 answers, the last of 18 March 2026.",
  );
});

test("a statement bears the day of its source, or else that of the log", () => {
  const statement = (day: string | null) =>
    ({
      kind: "statement",
      day: "2026-03-20",
      hash: "C",
      record: { source: { day } },
    }) as unknown as Answer;
  expect(answerDay(statement("2026-03-02"))).toBe("2026-03-02");
  expect(answerDay(statement(null))).toBe("2026-03-20");
});

test("a text that was withheld is said to be, with the day and the reason", () => {
  const base = { kind: "withheld", day: "2026-03-20", hash: "D", was: "mail" } as const;
  const why = { day: "2026-03-21", reason: "names-people" } as const;
  expect(plain(withheldWords(SAY, { ...base, why }))).toContain(
    "Organisers have withheld its text on 21 March 2026, because it names people who have not agreed to be named.",
  );
  expect(plain(withheldWords(SAY, { ...base, why: null }))).toContain(
    "Its text is not among the public files.",
  );
});

test("a promise whose day has passed says so by itself", () => {
  const promised: Judged = {
    day: "2026-03-20",
    by: 2,
    record: { state: "promised", until: "2026-05-01" } as JudgementRecord,
  };
  const standing = { judgements: [promised] };
  expect(plain(standingWords(SAY, standing, "2026-05-01"))).toBe("Promised by 1 May 2026");
  expect(standingTone(standing, "2026-05-01")).toBe("open");
  expect(plain(standingWords(SAY, standing, "2026-05-02"))).toBe(
    "Promised by 1 May 2026; that day has passed",
  );
  expect(standingTone(standing, "2026-05-02")).toBe("bad");
});

test("a demand that nobody has judged is said to be unjudged, not unanswered", () => {
  expect(plain(standingWords(SAY, { judgements: [] }, "2026-05-02"))).toBe("Not judged yet");
  const unanswered = { record: { state: "unanswered", until: null } as JudgementRecord } as Judged;
  expect(plain(standingWords(SAY, { judgements: [unanswered] }, "2026-05-02"))).toBe("Unanswered");
});

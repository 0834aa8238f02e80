/** A judgement as it is typed, and how one follows another. */
import { encodeRecord, type JudgementRecord, parseRecord } from "@undersigned/core";
import type { FurtherView } from "@undersigned/verify";
import { describe, expect, test } from "vitest";
import {
  checkJudgement,
  demandsOf,
  EMPTY_JUDGEMENT,
  isBehind,
  judgementOf,
} from "../../../../src/islands/desk/letters/after/demands/judgement-draft.ts";
import { EMPTY_SOURCE } from "../../../../src/islands/desk/letters/after/source-draft.ts";
import { judgementWords } from "../../../../src/islands/desk/letters/after/words.ts";

const of = { workforce: `${"w".repeat(42)}A`, letter: `${"c".repeat(42)}A` };
const SOURCE = { ...EMPTY_SOURCE, title: "A page", publisher: "A paper", url: "https://example.com/a" };
const whole = { ...EMPTY_JUDGEMENT, state: "refused" as const, reason: " They said no.\r\nTwice. " };
const recordOf = (draft: typeof whole, previous: string | null = null): JudgementRecord => {
  const { judged } = checkJudgement(draft);
  if (judged === null) throw new Error("does not fit");
  return judgementOf(of, "stop", judged, previous);
};

describe("a draft", () => {
  test("that is empty says what is missing, and asks for no source", () => {
    const { judged, errors } = checkJudgement(EMPTY_JUDGEMENT);
    expect(judged).toBe(null);
    expect(Object.keys(errors!)).toEqual(["state", "reason"]);
  });

  test("that is whole becomes a record as the formats have it, each with a salt of its own", () => {
    const record = recordOf(whole);
    expect(parseRecord("judgement-record", encodeRecord(record))).toEqual(record);
    expect(record).toMatchObject({ reason: "They said no.\nTwice.", source: null, until: null });
    expect(recordOf(whole).salt).not.toBe(record.salt);
  });

  test("of a promise needs its day, and any other state drops a day that was typed", () => {
    expect(checkJudgement({ ...whole, state: "promised" }).errors).toHaveProperty("until");
    expect(checkJudgement({ ...whole, state: "promised", until: "2026-09-01" }).judged?.until).toBe(
      "2026-09-01",
    );
    expect(checkJudgement({ ...whole, until: "2026-09-01" }).judged?.until).toBe(null);
  });

  test("with a source that was begun needs all of it", () => {
    const begun = { ...whole, source: { ...EMPTY_SOURCE, title: "A page" } };
    expect(Object.keys(checkJudgement(begun).errors!.source!)).toEqual(["publisher", "url"]);
    expect(checkJudgement({ ...whole, source: SOURCE }).judged?.source).toMatchObject({
      day: null,
      quote: "",
    });
  });

  test.each(["javascript:alert(1)", "example.com", "https://example.com/a b", "https://"])(
    "with the link %s is none",
    (url) => {
      expect(checkJudgement({ ...whole, source: { ...SOURCE, url } }).errors!.source).toHaveProperty("url");
    },
  );

  test("with a text that turns the direction of writing is none", () => {
    expect(checkJudgement({ ...whole, reason: "It is \u202eon" }).errors?.reason).toMatch(/direction/);
  });
});

describe("a demand", () => {
  const demand = { id: "stop", title: "Stop", text: "Stop it.", met: "It has stopped." };
  const logged = (record: JudgementRecord, name: string) =>
    ({
      leaf: { record: name, day: "2026-05-01", by: [] },
      index: 1,
      record,
    }) as unknown as FurtherView["judgements"][number];
  const [first, second] = [logged(recordOf(whole), "first"), logged(recordOf(whole, "first"), "second")];
  const proposed = (previous: string | null) => ({
    record: recordOf(whole, previous),
    by: "Otter",
    yours: false,
  });

  test("stands as its latest judgement says; those of others are not its own", () => {
    const other = logged({ ...recordOf(whole), demand: "else" }, "other");
    const [found] = demandsOf({ demands: [demand] }, [first, other, second], []);
    expect(found!.judgements.map(({ leaf }) => leaf.record)).toEqual(["second", "first"]);
  });

  test("a proposal that another judgement has come before is behind", () => {
    const of = (previous: string | null) =>
      demandsOf({ demands: [demand] }, [first, second], [proposed(previous)])[0]!;
    expect(isBehind(of("second"))).toBe(false);
    expect(isBehind(of("first"))).toBe(true);
    expect(isBehind(of(null))).toBe(true);
  });
});

test("a promise says by itself that its day has passed, from the day after it", () => {
  const promise = { state: "promised", until: "2026-06-01" } as const;
  expect(judgementWords(promise, "2026-06-01")).toBe("Promised by 1 June 2026");
  expect(judgementWords(promise, "2026-06-02")).toBe("Promised by 1 June 2026. That day has passed");
});

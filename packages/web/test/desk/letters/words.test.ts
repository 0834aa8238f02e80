/** What the editor and the dashboard say in words while somebody types, and afterwards. */
import { addDays, daysBetween } from "@undersigned/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { batchWords } from "../../../src/islands/desk/letters/editor/batch-words.ts";
import { dayNotes, weekdayOf } from "../../../src/islands/desk/letters/editor/day-words.ts";
import { barsOf } from "../../../src/islands/desk/letters/own/bars.ts";
import { earlyClosingSpan } from "../../../src/islands/desk/letters/own/closing-days.ts";
import { shareWords } from "../../../src/islands/desk/letters/own/numbers.tsx";
import { certificateWords, storageWords } from "../../../src/islands/desk/letters/own/standing.tsx";

const TODAY = "2026-11-02";
const day = fc.integer({ min: 0, max: 2000 }).map((count) => addDays("2024-01-01", count));

describe("days", () => {
  const days = { opens: "2026-11-03", closes: "2026-11-20", delivers: "2026-11-23" };
  const said = (of: Partial<typeof days>) => {
    const notes = dayNotes({ ...days, ...of }, TODAY);
    return {
      words: [...notes.opens, ...notes.closes, ...notes.delivers].map(({ words }) => words).join(" "),
      warnings: [notes.opens, notes.closes, notes.delivers].map(
        (list) => list.filter(({ tone }) => tone === "warning").length,
      ),
    };
  };

  test("have their weekday and what lies between", () => {
    const { words, warnings } = said({});
    expect(words).toContain("Tuesday, 3 November 2026");
    expect(words).toContain("In 1 day.");
    expect(words).toContain("Open for 18 days.");
    expect(words).toContain("3 days after it closes.");
    expect(warnings).toEqual([0, 0, 0]);
  });

  test.each([
    ["over when it opens", { opens: "2026-11-01" }, [1, 0, 0]],
    ["closing on a Sunday", { closes: "2026-11-22" }, [0, 1, 0]],
    ["closing before opening", { closes: "2026-11-02" }, [0, 1, 0]],
    ["open for three days", { closes: "2026-11-05" }, [0, 1, 0]],
    ["delivered on the closing day", { delivers: "2026-11-20" }, [0, 0, 1]],
    ["delivered before it closes", { delivers: "2026-11-19" }, [0, 0, 1]],
    ["delivered on a Saturday", { delivers: "2026-11-28" }, [0, 0, 1]],
  ])("warn when %s", (_name, of, warnings) => {
    expect(said(of).warnings).toEqual(warnings);
  });

  test("say nothing about a day that is half typed", () => {
    expect(dayNotes({ opens: "2026-1", closes: "", delivers: "soon" }, TODAY)).toEqual({
      opens: [],
      closes: [],
      delivers: [],
    });
  });

  test("have the weekday that the calendar gives them", () => {
    fc.assert(
      fc.property(day, (one) => {
        const named = new Intl.DateTimeFormat("en", { weekday: "long", timeZone: "UTC" });
        expect(weekdayOf(one)).toBe(named.format(new Date(`${one}T00:00:00Z`)));
      }),
    );
  });
});

describe("the batch rule", () => {
  test("is said with its own numbers", () => {
    const words = batchWords({ first: 100, min: 20, every: 1 }).join(" ");
    expect(words).toContain("Nothing is shown until 100 have signed");
    expect(words).toContain("at most once a day, and never fewer than 20 at once");
    expect(words).toContain("Then 10 people sign: the page still says 110, until 20 are there.");
  });

  test("waits for the larger of first and smallest batch", () => {
    expect(batchWords({ first: 5, min: 20, every: 7 })[0]).toContain("until 20 have signed");
    expect(batchWords({ first: 5, min: 20, every: 7 })[1]).toContain("once a week");
  });

  test("is not said while a number is missing or none", () => {
    expect(batchWords({ first: null, min: 20, every: 1 })).toEqual([]);
    expect(batchWords({ first: 100, min: 0, every: 1 })).toEqual([]);
  });
});

test("an early closing has two full days of notice and comes before the closing day", () => {
  fc.assert(
    fc.property(day, day, day, (today, opens, closes) => {
      const span = earlyClosingSpan(today, opens, closes);
      if (span === null) {
        expect(daysBetween(today, closes) <= 2 || daysBetween(opens, closes) <= 0).toBe(true);
        return;
      }
      expect(daysBetween(today, span.first)).toBeGreaterThanOrEqual(2);
      expect(span.first >= opens && span.first <= span.last && span.last < closes).toBe(true);
    }),
  );
});

test("bars stay in their box, stand in the order of days and do not overlap", () => {
  const counts = fc.uniqueArray(
    fc.record({ day, mailbox: fc.nat({ max: 5000 }), vouched: fc.nat({ max: 500 }) }),
    { minLength: 1, maxLength: 60, selector: ({ day: one }) => one },
  );
  fc.assert(
    fc.property(counts, (unsorted) => {
      const days = unsorted.sort((a, b) => (a.day < b.day ? -1 : 1));
      const { bars, top } = barsOf(days, 600, 160);
      expect(bars).toHaveLength(days.length);
      let right = Number.NEGATIVE_INFINITY;
      for (const [i, { x, width, mailbox, vouched }] of bars.entries()) {
        expect(x).toBeGreaterThanOrEqual(-1);
        expect(x + width).toBeLessThanOrEqual(601);
        expect(mailbox + vouched).toBeLessThanOrEqual(160 + 1e-6);
        expect((mailbox * top) / 160).toBeCloseTo(days[i]!.mailbox, 3);
        // A day has half a pixel at least in six years' worth of days; a bar is one pixel wide at least.
        expect(x).toBeGreaterThanOrEqual(right - 1);
        right = x + width;
      }
    }),
  );
});

test("a share of the headcount is no more exact than the headcount", () => {
  expect(shareWords(0, 1400)).toBe("nobody yet");
  expect(shareWords(5, 1400)).toBe("fewer than one in a hundred");
  expect(shareWords(333, 1400)).toBe("about 24 in a hundred");
});

test("certificate and storage say when somebody has to be told", () => {
  expect(certificateWords({ kind: "own", until: "2027-01-01" }, TODAY)).not.toContain("tell");
  expect(certificateWords({ kind: "own", until: "2026-11-10" }, TODAY)).toContain("tell the operator");
  expect(certificateWords({ kind: "own", until: "2026-11-01" }, TODAY)).toContain("ran out");
  expect(storageWords({ bytes: 5_000_000, free: null })).toBe("The board keeps 5 MB.");
  expect(storageWords({ bytes: 5_000_000, free: 9_000_000_000 })).not.toContain("tell");
  expect(storageWords({ bytes: 5_000_000, free: 9_000_000 })).toContain("tell the operator");
});

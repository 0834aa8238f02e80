/** The decision by itself, class by class: what no whole workforce can show yet, since it has one kind of evidence. */
import { CLASSES } from "@undersigned/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { emptyPending, type LetterSituation, planRelease } from "../src/model/plan-release.ts";

function pending(all: number, consenting = all, withdrawn = 0) {
  const one = emptyPending();
  Object.assign(one.all, { endorsements: all, counted: all - withdrawn, tokens: new Map([["r", all]]) });
  Object.assign(one.consenting, {
    endorsements: consenting,
    counted: Math.min(consenting, all - withdrawn),
    tokens: new Map([["r", consenting]]),
  });
  return one;
}

function situation(change: Partial<LetterSituation> = {}): LetterSituation {
  return {
    day: "2026-03-05",
    opens: "2026-03-01",
    closes: "2026-03-10",
    batch: { first: 1, classes: { mailbox: { min: 3, every: 2 }, vouched: { min: 2, every: 4 } } },
    closed: false,
    released: 0,
    pending: { mailbox: pending(3), vouched: pending(2) },
    room: () => 1000,
    ...change,
  };
}

describe("a release plan", () => {
  it("releases both classes on a day that is a release day of both", () => {
    expect(planRelease(situation())).toEqual({
      classes: { mailbox: "all", vouched: "all" },
      closing: null,
      held: [],
    });
  });

  it("keeps to each class's own days", () => {
    expect(planRelease(situation({ day: "2026-03-03" })).classes).toEqual({
      mailbox: "all",
      vouched: "none",
    });
    expect(planRelease(situation({ day: "2026-03-04" })).classes).toEqual({
      mailbox: "none",
      vouched: "none",
    });
  });

  it("keeps to each class's own minimum", () => {
    const few = situation({ pending: { mailbox: pending(3), vouched: pending(1) } });
    expect(planRelease(few).classes).toEqual({ mailbox: "all", vouched: "none" });
  });

  it("does not let vouched endorsements reach the first number", () => {
    const vouched = situation({ pending: { mailbox: pending(2), vouched: pending(50) } });
    expect(planRelease(vouched).classes).toEqual({ mailbox: "none", vouched: "none" });
    const late = planRelease({
      ...vouched,
      day: "2026-03-11",
      pending: { mailbox: pending(0), vouched: pending(50) },
    });
    expect(late).toEqual({ classes: { mailbox: "none", vouched: "none" }, closing: "too-few", held: [] });
  });

  it("lets vouched endorsements out by themselves once the letter has begun", () => {
    const later = situation({ released: 5, pending: { mailbox: pending(2), vouched: pending(2) } });
    expect(planRelease(later).classes).toEqual({ mailbox: "none", vouched: "all" });
  });

  it("holds back only the class that lacks issued tokens, and says so", () => {
    const short = situation({ released: 5, room: (name) => (name === "mailbox" ? 2 : 2) });
    expect(planRelease(short)).toEqual({
      classes: { mailbox: "none", vouched: "all" },
      closing: null,
      held: ["mailbox"],
    });
  });

  it("says nothing of what is held while the first number would not be reached anyway", () => {
    const rule = { first: 10, classes: situation().batch.classes };
    expect(planRelease(situation({ batch: rule, room: () => 0 })).held).toEqual([]);
    const enough = situation({
      batch: rule,
      pending: { mailbox: pending(10), vouched: pending(0) },
      room: () => 0,
    });
    expect(planRelease(enough).held).toEqual(["mailbox"]);
  });

  it("destroys at closing only what did not agree to a class under its own minimum", () => {
    const closing = situation({
      day: "2026-03-11",
      released: 9,
      pending: { mailbox: pending(2, 1), vouched: pending(2, 1) },
      room: () => 0,
    });
    expect(planRelease(closing)).toEqual({
      classes: { mailbox: "consenting", vouched: "all" },
      closing: "closed",
      held: [],
    });
  });

  it("does nothing for a letter that is closed", () => {
    expect(planRelease(situation({ day: "2026-03-11", closed: true }))).toEqual({
      classes: { mailbox: "none", vouched: "none" },
      closing: null,
      held: [],
    });
  });

  it("never breaks the rules that a recount checks, whatever the numbers", () => {
    const count = fc.nat(8);
    fc.assert(
      fc.property(
        fc.record({ m: count, mc: count, mw: count, v: count, vc: count, released: count, room: count }),
        fc.record({ first: fc.integer({ min: 1, max: 8 }), min: fc.integer({ min: 1, max: 6 }) }),
        fc.record({ every: fc.integer({ min: 1, max: 5 }), days: fc.integer({ min: 0, max: 14 }) }),
        (numbers, { first, min }, { every, days }) => {
          const { m, v, released, room } = numbers;
          const at = situation({
            day: `2026-03-${String(1 + days).padStart(2, "0")}`,
            batch: { first, classes: { mailbox: { min, every }, vouched: { min: min + 1, every } } },
            released,
            room: () => room,
            pending: {
              mailbox: pending(m, Math.min(m, numbers.mc), Math.min(m, numbers.mw)),
              vouched: pending(v, Math.min(v, numbers.vc)),
            },
          });
          const plan = planRelease(at);
          expect(plan.closing === null).toBe(at.day <= at.closes);
          let counted = 0;
          for (const name of CLASSES) {
            const decision = plan.classes[name];
            if (decision === "none") continue;
            const out = at.pending[name][decision];
            if (name === "mailbox") counted = out.counted;
            if (plan.closing !== null) continue;
            expect(days).toBeGreaterThan(0);
            expect(days % every).toBe(0);
            expect(out.endorsements).toBeGreaterThanOrEqual(at.batch.classes[name].min);
            expect(out.endorsements).toBeLessThanOrEqual(room);
          }
          const some = CLASSES.some((name) => {
            const decision = plan.classes[name];
            return decision !== "none" && at.pending[name][decision].endorsements > 0;
          });
          if (released === 0 && some) expect(counted).toBeGreaterThanOrEqual(first);
          if (plan.closing === "too-few") expect(some || released > 0).toBe(false);
          if (plan.closing === "closed" && released === 0) expect(counted).toBeGreaterThanOrEqual(first);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

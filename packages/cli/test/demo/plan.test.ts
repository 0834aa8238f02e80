import { describe, expect, it } from "vitest";
import { batchRuleFor, dailyNumbers, LAST_DAY, makePlan, type Plan } from "../../src/demo/plan.ts";

const SIZES = [...Array.from({ length: 240 }, (_, i) => i + 1), 399, 400, 401, 1400, 4700];

/** What a board does with the plan under PROTOCOL §4 rule 5; the number that waits after each tick. */
function playBatches(
  plan: Plan,
  signatories: number,
): { readonly waiting: number[]; readonly counted: number } {
  const rule = batchRuleFor(signatories);
  const withdrawnOn = new Map(
    plan.days.flatMap((day, index) => day.withdraw.map((person) => [person, index])),
  );
  const released = new Set<number>();
  let pool: number[] = [];
  const waiting: number[] = [];
  for (const [index, day] of plan.days.entries()) {
    pool.push(...day.sign);
    const standing = (person: number) => (withdrawnOn.get(person) ?? Number.POSITIVE_INFINITY) > index;
    const first = released.size > 0 || pool.filter(standing).length >= rule.first;
    if (pool.length >= rule.classes.mailbox.min && first) {
      for (const person of pool) released.add(person);
      pool = [];
    }
    waiting.push(pool.length);
  }
  return { waiting, counted: [...released].filter((person) => !withdrawnOn.has(person)).length };
}

describe("the demo's plan", () => {
  it("lets everyone enrol once, then sign once, and change only what they have signed", () => {
    for (const signatories of SIZES) {
      const plan = makePlan(signatories);
      const dayOf = (of: "enrol" | "sign" | "revise" | "withdraw") =>
        plan.days.flatMap((day, index) => day[of].map((person): [number, number] => [person, index]));
      const signed = new Map(dayOf("sign"));
      const enrolled = new Map(dayOf("enrol"));
      const everyone = Array.from({ length: signatories }, (_, i) => i + 1);
      expect(
        dayOf("sign")
          .map(([person]) => person)
          .sort((a, b) => a - b),
      ).toEqual(everyone);
      expect(
        dayOf("enrol")
          .map(([person]) => person)
          .sort((a, b) => a - b),
      ).toEqual(everyone);
      for (const person of everyone) {
        expect(enrolled.get(person)).toBeLessThanOrEqual(signed.get(person) as number);
      }
      const changes = [...dayOf("revise"), ...dayOf("withdraw")];
      expect(new Set(changes.map(([person]) => person)).size).toBe(changes.length);
      for (const [person, day] of changes) expect(day).toBeGreaterThanOrEqual(signed.get(person) as number);
    }
  });

  it("leaves nobody waiting after the last batch, whatever the number of signatories", () => {
    for (const signatories of SIZES) {
      const plan = makePlan(signatories);
      const { waiting, counted } = playBatches(plan, signatories);
      expect(plan.days).toHaveLength(LAST_DAY);
      expect(waiting.at(-1), `${signatories} signatories`).toBe(0);
      expect(counted).toBe(signatories - plan.days.flatMap((day) => day.withdraw).length);
    }
  });

  it("has enough people on each signing day for a batch of its own", () => {
    for (const signatories of SIZES) {
      const { min } = batchRuleFor(signatories).classes.mailbox;
      const numbers = dailyNumbers(signatories, min);
      expect(numbers.reduce((a, b) => a + b, 0)).toBe(signatories);
      for (const number of numbers) expect(number).toBeGreaterThanOrEqual(min);
    }
  });

  it("has 1,400 people sign over fourteen days, with revisions, withdrawals and lost answers among them", () => {
    const plan = makePlan(1400);
    expect(batchRuleFor(1400)).toEqual({
      first: 100,
      classes: { mailbox: { min: 20, every: 1 }, vouched: { min: 20, every: 1 } },
    });
    expect(plan.days.filter((day) => day.sign.length > 0)).toHaveLength(14);
    expect(plan.days.flatMap((day) => day.revise)).toHaveLength(56);
    expect(plan.days.flatMap((day) => day.withdraw)).toHaveLength(28);
    expect(plan.losesEnrolment.size + plan.losesEndorsement.size).toBe(70);
    expect(plan.postsTwice.size).toBe(7);
    expect(plan.triesAgain.size).toBe(7);
  });

  it("lets everyone stay where it is told to, and all be counted", () => {
    for (const signatories of [1, 40, 1400]) {
      const plan = makePlan(signatories, { allStay: true });
      expect(plan.days.flatMap((day) => day.withdraw)).toEqual([]);
      expect(playBatches(plan, signatories).counted).toBe(signatories);
    }
  });

  it("is the same at every call", () => {
    expect(makePlan(333)).toEqual(makePlan(333));
  });
});

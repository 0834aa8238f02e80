/**
 * Whether a registrar's times tell the classes of mailboxes apart: the short form of `npm run timing`. Classes are
 * compared with each other only, and take turns at random, so that a slow or busy machine is no reason to fail.
 *
 * With 250 and 250 of one distribution |A - 1/2| reaches 0.15 with probability 6 * 10^-9 and D 0.24 with 1 * 10^-6; with
 * 150 and 150 so do 0.195 and 0.31.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SeededRandom } from "../kit/seeded-random.ts";
import { sized } from "../kit/size.ts";
import { compare, deviationOfA, smallestSeenShift } from "./compare.ts";
import { measure, type RequestKind } from "./measure.ts";
import { faultsOf, rowsOf } from "./report.ts";
import { type Stage, setStage } from "./stage.ts";

const BOUNDS = sized({ a: 0.195, d: 0.31 }, { a: 0.15, d: 0.24 });
const EACH = sized(150, 250);

describe("a registrar", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage();
  });
  afterAll(() => stage.close());

  it.each<RequestKind>(["reservation", "enrolment"])(
    "answers a %s, and the next request, in times that do not tell the mailbox's class, and a held-up one is seen",
    async (kind) => {
      const plan = { kind, each: EACH, controls: EACH, holdUp: (median: number) => median };
      expect(faultsOf(rowsOf(plan, await measure(stage, plan), BOUNDS))).toEqual([]);
    },
    300_000,
  );

  it("has sent the mails that it was to send, to the mailboxes that are", async () => {
    // Eligible and enrolled ones and the control; what waits in the queue still comes.
    let received = 0;
    for (let i = 0; i < 300 && received < 3 * EACH; i++) {
      received = await stage.mailsReceived();
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(received).toBeGreaterThanOrEqual(3 * EACH);
  });
});

describe("the comparison", () => {
  it("gives A and D of small samples as counted by hand", () => {
    expect(compare([1, 2, 3], [1, 2, 3])).toEqual({ a: 0.5, d: 0 });
    expect(compare([4, 5], [1, 2, 3])).toEqual({ a: 1, d: 1 });
    expect(compare([1, 2], [3])).toEqual({ a: 0, d: 1 });
    // Of nine pairs four are won and three are ties. The functions are furthest apart below 3.
    const { a, d } = compare([1, 3, 3], [1, 2, 3]);
    expect(a).toBeCloseTo(5.5 / 9, 12);
    expect(d).toBeCloseTo(1 / 3, 12);
    // Alike in the middle and different in form: A sees nothing, D does.
    expect(compare([-10, 10], [-1, 1])).toEqual({ a: 0.5, d: 0.5 });
  });

  it("of one distribution deviates as stated, and finds the smallest shift that it claims in 99 of 100", () => {
    const random = new SeededRandom(20_310_410);
    // Skewed, as times are.
    const draw = (n: number, shift = 0) =>
      Array.from({ length: n }, () => {
        const u = random.below(1_000_000) / 1_000_000;
        return 400 - 60 * Math.log(1 - u) + shift;
      });
    const of = (shift: number) => Array.from({ length: 200 }, () => compare(draw(300, shift), draw(300)).a);
    const alike = of(0).map((a) => (a - 0.5) ** 2);
    const deviation = Math.sqrt(alike.reduce((sum, square) => sum + square, 0) / alike.length);
    expect(deviation / deviationOfA(300, 300)).toBeGreaterThan(0.85);
    expect(deviation / deviationOfA(300, 300)).toBeLessThan(1.15);
    const shift = smallestSeenShift(draw(300), 300, 300, BOUNDS);
    const seen = of(shift).filter((a) => Math.abs(a - 0.5) >= BOUNDS.a).length;
    expect(seen).toBeGreaterThanOrEqual(190);
    const half = of(shift / 2).filter((a) => Math.abs(a - 0.5) >= BOUNDS.a).length;
    expect(half).toBeLessThan(100);
  });
});

import type { Report } from "@undersigned/verify";
import { describe, expect, it } from "vitest";
import { makePlan } from "../../src/demo/plan.ts";
import { makeResult, type Recounted, type Result } from "../../src/demo/result.ts";
import type { Tally } from "../../src/demo/tally.ts";
import type { World } from "../../src/demo/world/world.ts";

const world = {
  clock: { day: () => "2026-01-18" },
  board: "http://127.0.0.1:1/",
  workforce: "workforce",
  letter: "letter",
} as World;
const plan = makePlan(100);
const asPlanned: Tally = {
  enrolled: 100,
  signed: 100,
  revised: 4,
  withdrawn: 2,
  refused: plan.triesAgain.size,
  postedTwice: plan.postsTwice.size,
  repeated: plan.losesEnrolment.size + plan.losesEndorsement.size,
  failures: new Map(),
};
const report = { ok: true, failures: [] as Report["failures"] } as Report;

function result(tally: Partial<Tally> = {}, recounted: Partial<Recounted> = {}): Result {
  return makeResult({
    world,
    signatories: 100,
    plan,
    tally: { ...asPlanned, ...tally },
    recounted: { report, counted: 98, withdrawn: 2, sentence: "", ...recounted },
    seconds: { start: 1, enrol: 4, sign: 2, batches: 1, recount: 0, total: 8 },
    firstDay: "2026-01-01",
  });
}

const messages = (of: Result): string =>
  of.recount === "ok" ? "ok" : of.recount.map(({ message }) => message).join(" ");

describe("the demo's result", () => {
  it("is ok when everything came out as planned", () => {
    expect(result()).toMatchObject({
      signatories: 100,
      counted: 98,
      withdrawn: 2,
      recount: "ok",
      rates: { enrolmentsPerSecond: 25, endorsementsPerSecond: 50, recountPerSecond: 0 },
    });
  });

  it("is not ok when the recount counts one fewer or one more", () => {
    expect(messages(result({}, { counted: 97 }))).toContain("97 were counted by the recount, and 98");
    expect(messages(result({}, { counted: 99 }))).toContain("99 were counted by the recount, and 98");
  });

  it("is not ok when somebody could not sign, or enrolled twice", () => {
    const failures = new Map([["sign: no-answer", { number: 1, message: "No answer." }]]);
    expect(messages(result({ signed: 99, failures }))).toContain("1 times sign: no-answer: No answer.");
    expect(messages(result({ refused: 0 }))).toContain("0 were refused a second time");
  });

  it("is what the recount found when that found something", () => {
    const failure = { code: "token-invalid", leaf: 7, message: "A token." } as const;
    const broken = result({}, { report: { ...report, ok: false, failures: [failure] } });
    expect(broken.recount).toEqual([failure]);
  });
});

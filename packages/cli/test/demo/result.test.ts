import type { Report } from "@undersigned/verify";
import { describe, expect, it } from "vitest";
import { type Followed, followedProblems } from "../../src/demo/followed/followed-result.ts";
import { type Confession, noAttempts } from "../../src/demo/liar/attempts.ts";
import { makePlan } from "../../src/demo/plan.ts";
import { type Confessions, isGood, makeResult, type Recounted, type Result } from "../../src/demo/result.ts";
import type { Tally } from "../../src/demo/tally.ts";
import type { DemoRegistrar } from "../../src/demo/world/registrars.ts";
import type { World } from "../../src/demo/world/world.ts";

const registrar = (identity: string, role: DemoRegistrar["role"]) => ({ identity, role }) as DemoRegistrar;
const LIAR = registrar("liar", "lying");
const world = {
  clock: { day: () => "2026-01-18" },
  board: "http://127.0.0.1:1/",
  workforce: "workforce",
  letter: "letter",
  registrars: [registrar("a", "up"), registrar("b", "up"), LIAR, registrar("d", "down")],
  quorum: 3,
} as unknown as World;
const plan = makePlan(100);
const keyOf = (person: number): string => `key ${person}`;
const people = Array.from({ length: 100 }, (_, i) => i + 1);
const leavers = new Set(plan.days.flatMap((day) => day.withdraw));
const stayers = people.filter((person) => !leavers.has(person));
const ownKeys = new Map(stayers.map((person) => [person, keyOf(person)]));
const asPlanned: Tally = {
  enrolled: 100,
  signed: 100,
  revised: 4,
  withdrawn: 2,
  refused: plan.triesAgain.size,
  postedTwice: plan.postsTwice.size,
  repeated: plan.losesEnrolment.size + plan.losesEndorsement.size,
  failures: new Map(),
  enrolments: new Map(),
  answered: { "3 of 4": 100 },
  keys: ownKeys,
  enrolledTwice: new Set(),
};
const report = { ok: true, failures: [] as Report["failures"] } as Report;
const counted = new Set(ownKeys.values());

function result(
  tally: Partial<Tally> = {},
  recounted: Partial<Recounted> = {},
  confessions: Confessions = [],
  further: Parameters<typeof makeResult>[0]["further"] = null,
  followed: Parameters<typeof makeResult>[0]["followed"] = null,
): Result {
  return makeResult({
    world,
    further,
    followed,
    signatories: 100,
    plan,
    tally: { ...asPlanned, ...tally },
    recounted: { report, counted: 98, withdrawn: 2, sentence: "", keys: counted, ...recounted },
    confessions,
    seconds: { start: 1, enrol: 4, sign: 2, batches: 1, answered: 0, recount: 0, followed: 0, total: 8 },
    firstDay: "2026-01-01",
  });
}

const messages = (of: Result): string =>
  of.recount === "ok" ? "ok" : of.recount.map(({ message }) => message).join(" ");

describe("the demo's result", () => {
  it("is not ok when the letter that should be answered was not, or otherwise", () => {
    const further = { answered: null, differences: ["The answer is not published word for word."] };
    const answered = result({}, {}, [], further);
    expect(messages(answered)).toBe("The answer is not published word for word.");
    expect(isGood(answered)).toBe(false);
  });

  it.each<[string, Partial<Followed>]>([
    ["a feed is wrong", { feeds: ["feed.atom: It is no feed."] }],
    [
      "the second board counts otherwise",
      { followed: { recount: ["It says 97 instead of 98."], signatories: 97 } },
    ],
    ["a link of the mirror leads nowhere", { mirror: ["gone.html answers 404."] }],
  ])("is ok while others can follow, and not when %s", (_what, wrong) => {
    const right: Followed = {
      feeds: "valid",
      followed: { recount: "ok", signatories: 98 },
      mirror: "ok",
    };
    expect(result({}, {}, [], null, right)).toMatchObject(right);
    expect(isGood(result({}, {}, [], null, right))).toBe(true);
    const bad = result({}, {}, [], null, { ...right, ...wrong });
    expect(isGood(bad)).toBe(false);
    expect(followedProblems(bad)).toHaveLength(1);
  });

  it("is ok when everything came out as planned", () => {
    const all = result();
    expect(all).toMatchObject({
      signatories: 100,
      counted: 98,
      withdrawn: 2,
      registrars: { number: 4, quorum: 3, down: 1, lying: 1 },
      answered: { "3 of 4": 100 },
      false_counted: 0,
      attempts: {},
      recount: "ok",
      rates: { enrolmentsPerSecond: 25, endorsementsPerSecond: 50, recountPerSecond: 0 },
    });
    expect(isGood(all)).toBe(true);
  });

  it("is not ok when the recount counts one fewer or one more", () => {
    expect(messages(result({}, { counted: 97 }))).toContain("97 were counted by the recount, and 98");
    expect(messages(result({}, { counted: 99 }))).toContain("99 were counted by the recount, and 98");
    expect(isGood(result({}, { counted: 97 }))).toBe(false);
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

  it("names a counted key that nobody made, also where it stands in the place of somebody's", () => {
    const keys = new Set([...stayers.slice(1).map(keyOf), "false"]);
    const bad = result({}, { keys });
    expect(bad.false_counted).toBe(1);
    expect(messages(bad)).toContain("97 were counted by their own key in the log, and 98");
    expect(isGood(bad)).toBe(false);
    expect(isGood({ ...bad, recount: "ok" })).toBe(false);
  });

  it("takes the key of somebody who has withdrawn and is still counted for a false one", () => {
    const [leaver] = leavers;
    expect(result({}, { keys: new Set([...counted, keyOf(leaver as number)]) }).false_counted).toBe(1);
  });

  it("is not good when an attempt succeeded, whatever is counted", () => {
    const confession: Confession = {
      tried: { ...noAttempts(), "evidence-replayed": 2 },
      succeeded: { ...noAttempts(), "evidence-replayed": 1 },
      served: [],
    };
    const bad = result({}, {}, [{ registrar: LIAR, confession }]);
    expect(bad.attempts).toMatchObject({ "evidence-replayed": { tried: 2, succeeded: 1 } });
    expect(bad.recount).toBe("ok");
    expect(isGood(bad)).toBe(false);
  });
});

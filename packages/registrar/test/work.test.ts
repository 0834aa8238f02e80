/** Proof of work, without a server: what a solution must be, once, and what an attacker could send instead. */
import { describe, expect, it } from "vitest";
import { DEFAULT_LIMITS } from "../src/index.ts";
import { WorkDesk, type WorkLimits } from "../src/work/work-desk.ts";
import { solve } from "./kit.ts";
import { TestClock } from "./test-clock.ts";

const LIMITS: WorkLimits = { rounds: 1, mostRounds: 4, remembered: 5_000 };

function setUp(limits: Partial<WorkLimits> = {}) {
  const clock = new TestClock();
  clock.time = 300_000 * 6_000_000;
  const desk = new WorkDesk(clock, { ...LIMITS, ...limits });
  const take = async (work: string | null) => {
    try {
      await desk.take(work);
      return "taken";
    } catch (error) {
      return (error as { code: string }).code;
    }
  };
  const costOf = async () => JSON.parse(await desk.challenge()).parameters.cost as number;
  return { clock, desk, take, costOf, solved: async () => solve(await desk.challenge()) };
}

describe("a solution", () => {
  it("is taken, and is good once", async () => {
    const { take, solved } = setUp();
    const work = await solved();
    expect(await take(work)).toBe("taken");
    expect(await take(work)).toBe("work-wrong");
    expect(await take(await solved())).toBe("taken");
  });

  it("that is sent twenty times at once is taken once", async () => {
    const { take, solved } = setUp();
    const work = await solved();
    const answers = await Promise.all(Array.from({ length: 20 }, () => take(work)));
    expect(answers.filter((answer) => answer === "taken")).toHaveLength(1);
  });

  it("is good for five minutes and, wherever they fall, never twice", async () => {
    for (const start of [0, 100_000, 299_000]) {
      const { clock, take, solved } = setUp();
      clock.time += start;
      const [first, second] = [await solved(), await solved()];
      for (const minutes of [4, 1]) {
        clock.pass(minutes);
        expect(await take(first)).toBe(minutes === 4 ? "taken" : "work-wrong");
      }
      expect(await take(second)).toBe("taken");
      clock.time += 1_000;
      expect(await take(await solved())).toBe("taken");
      expect(await take(second)).toBe("work-wrong");
      for (const back of [-10, 10, 5]) {
        clock.pass(back);
        expect([await take(first), await take(second)]).toEqual(["work-wrong", "work-wrong"]);
      }
    }
  });

  it("of an expired challenge is refused", async () => {
    const { clock, take, solved } = setUp();
    const work = await solved();
    clock.time += 301_000;
    expect(await take(work)).toBe("work-wrong");
  });

  it("is refused where the challenge is another registrar's, or was changed, or the counter is", async () => {
    const { take, solved } = setUp();
    expect(await take(await setUp().solved())).toBe("work-wrong");
    const { challenge, solution } = JSON.parse(await solved());
    const changed = (parameters: object, other: object = {}) =>
      JSON.stringify({
        challenge: { ...challenge, parameters: { ...challenge.parameters, ...parameters } },
        solution: { ...solution, ...other },
      });
    for (const work of [
      changed({ keyPrefix: "0" }),
      changed({ cost: 2 }),
      changed({ data: { until: challenge.parameters.data.until + 1 } }),
      changed({ nonce: "0".repeat(32) }),
      changed({}, { counter: solution.counter + 1 }),
      changed({}, { derivedKey: "0".repeat(64) }),
      changed({}, { counter: 2 ** 32 }),
      changed({}, { time: 12 }),
      changed({ keySignature: "00" }),
      changed({ algorithm: "SHA-512" }),
      JSON.stringify({ challenge: { ...challenge, signature: "0".repeat(64) }, solution }),
      JSON.stringify({ challenge: { parameters: challenge.parameters }, solution }),
    ]) {
      expect(await take(work)).toBe("work-wrong");
    }
    expect(await take(changed({}))).toBe("taken");
  });

  it("with a key that fits the prefix but not the counter is refused", async () => {
    const { take, desk } = setUp();
    const challenge = JSON.parse(await desk.challenge());
    const lie = { counter: 0, derivedKey: "0".repeat(64) };
    expect(await take(JSON.stringify({ challenge, solution: lie }))).toBe("work-wrong");
  });

  it.each([
    "",
    "null",
    "[]",
    "{}",
    "{",
    '{"challenge":null,"solution":null}',
    '{"__proto__":{}}',
    "x".repeat(4_000),
  ])("is not what %s is", async (text) => {
    expect(await setUp().take(text)).toBe("work-wrong");
  });

  it("is asked for where there is none", async () => {
    expect(await setUp().take(null)).toBe("work-needed");
  });
});

describe("what is remembered", () => {
  it("has an end, beyond which no solution is taken until others have expired", async () => {
    const { clock, take, solved } = setUp({ remembered: 3 });
    const works = await Promise.all([1, 2, 3, 4].map(solved));
    expect(await Promise.all(works.slice(0, 3).map(take))).toEqual(["taken", "taken", "taken"]);
    expect(await take(works[3]!)).toBe("busy");
    expect(await take(works[0]!)).toBe("work-wrong");
    clock.pass(10);
    expect(await take(await solved())).toBe("taken");
  });
});

describe("a challenge", () => {
  it("is another one each time, takes what the limits say, and goes into a request", async () => {
    const { desk } = setUp(DEFAULT_LIMITS.work);
    const texts = new Set(await Promise.all(Array.from({ length: 50 }, () => desk.challenge())));
    expect(texts.size).toBe(50);
    for (const text of texts) {
      const { cost, keyPrefix } = JSON.parse(text).parameters;
      expect([cost, keyPrefix]).toEqual([32, "000"]);
      expect(text.length).toBeLessThan(1_000);
    }
  });

  it("takes more as solutions come in, up to an end, and less again later", async () => {
    const { clock, take, costOf, solved } = setUp();
    const some = async (n: number) => {
      for (let i = 0; i < n; i++) expect(await take(await solved())).toBe("taken");
    };
    expect(await costOf()).toBe(1);
    await some(1_000);
    expect(await costOf()).toBe(2);
    expect(await setUp({ rounds: 8 }).costOf()).toBe(8);
    clock.pass(10);
    expect(await costOf()).toBe(1);
  });
});

/** What counts as tried by a dishonest registrar, and as succeeded. */
import { ClientError } from "@undersigned/client";
import { describe, expect, it } from "vitest";
import { judgeAttempts } from "../../src/demo/judge-attempts.ts";
import { ATTEMPT_KINDS, noAttempts, openAttemptLedger, type Served } from "../../src/demo/liar/attempts.ts";
import { hear, wentThrough } from "../../src/demo/liar/told.ts";
import { mailboxOf } from "../../src/demo/sample/sample-workforce.ts";
import type { Tally } from "../../src/demo/tally.ts";

const LIAR = "liar";

function judge(served: readonly Served[], tally: Partial<Tally> = {}, counted: readonly string[] = []) {
  const confession = { tried: noAttempts(), succeeded: noAttempts(), served };
  const nothing = { enrolments: new Map(), keys: new Map(), enrolledTwice: new Set<number>() };
  return judgeAttempts([{ identity: LIAR, confession }], 2, { ...nothing, ...tally }, new Set(counted));
}

const enrolled = (by: readonly string[], failed: Record<string, string> = {}) =>
  new Map([[1, { by, failed, of: 4 }]]);

describe("a false answer to a person", () => {
  const served = [{ kind: "other-key", mailbox: mailboxOf(1) }] as const;

  it("was tried and has failed where the client found it false", () => {
    for (const code of ["signature-invalid", "answer-malformed", "rsa-out-of-range", "bad-length"]) {
      expect(judge(served, { enrolments: enrolled(["a"], { [LIAR]: code }) })).toMatchObject({
        "other-key": { tried: 1, succeeded: 0 },
        "wrong-signature": { tried: 0, succeeded: 0 },
      });
    }
  });

  it("has succeeded where the client took a token of that registrar", () => {
    expect(judge(served, { enrolments: enrolled(["a", LIAR]) })).toMatchObject({
      "other-key": { tried: 1, succeeded: 1 },
    });
  });

  it("was not tried where nobody looked at it", () => {
    for (const enrolments of [enrolled(["a"]), enrolled(["a"], { [LIAR]: "no-answer" }), new Map()]) {
      expect(judge(served, { enrolments })).toMatchObject({ "other-key": { tried: 0, succeeded: 0 } });
    }
    const visitors = [{ kind: "other-key", mailbox: mailboxOf(3) }] as const;
    expect(judge(visitors)).toMatchObject({ "other-key": { tried: 0, succeeded: 0 } });
  });
});

describe("failing for one person", () => {
  const served = [{ kind: "failing-for-one", mailbox: mailboxOf(1) }] as const;
  const keys = new Map([[1, "key"]]);

  it("has succeeded unless the key of just that person is counted", () => {
    expect(judge(served, { keys }, ["key"])).toMatchObject({ "failing-for-one": { tried: 1, succeeded: 0 } });
    expect(judge(served, { keys }, ["other"])).toMatchObject({ "failing-for-one": { succeeded: 1 } });
    expect(judge(served, {}, ["key"])).toMatchObject({ "failing-for-one": { succeeded: 1 } });
  });
});

describe("a second set of signatures", () => {
  const served = [{ kind: "issued-twice", mailbox: mailboxOf(2) }] as const;

  it("has succeeded where the second phrase reached the quorum", () => {
    expect(judge(served)).toMatchObject({ "issued-twice": { tried: 1, succeeded: 0 } });
    expect(judge(served, { enrolledTwice: new Set([2]) })).toMatchObject({
      "issued-twice": { succeeded: 1 },
    });
  });
});

it("says nothing of attempts where nobody is dishonest", () => {
  const tally = { enrolments: new Map(), keys: new Map(), enrolledTwice: new Set<number>() };
  expect(judgeAttempts([], 2, tally, new Set())).toEqual({});
  expect(Object.keys(judge([]))).toEqual(ATTEMPT_KINDS);
});

describe("what a server says to an attempt", () => {
  const refusing = (remote: string) => () =>
    Promise.reject(new ClientError("refused", "Refused.", { remote, status: 403 }));

  it("is a success where it did what it was asked for, and none where it refused for the proper reason", async () => {
    expect(wentThrough(await hear(async () => "signatures"), ["wrong-code"])).toBe(true);
    expect(wentThrough(await hear(refusing("wrong-code")), ["wrong-code", "too-many-tries"])).toBe(false);
  });

  it("is an error where it refused for another reason: the attempt was not what it should have been", async () => {
    const told = await hear(refusing("rsa-out-of-range"));
    expect(() => wentThrough(told, ["wrong-code"])).toThrow(
      expect.objectContaining({
        code: "not-as-planned",
        message: expect.stringContaining("rsa-out-of-range"),
      }),
    );
  });

  it("is no attempt where it is down or has too much to do", async () => {
    const down = () => Promise.reject(new ClientError("no-answer", "No answer."));
    expect(wentThrough(await hear(down), ["wrong-code"])).toBeNull();
    expect(wentThrough(await hear(refusing("too-many-requests")), ["wrong-code"])).toBeNull();
  });

  it("does not pass for refused where the answer is none of the protocol's", async () => {
    const strange = () => Promise.reject(new ClientError("answer-malformed", "What is this."));
    await expect(hear(strange)).rejects.toMatchObject({ code: "answer-malformed" });
    await expect(hear(() => Promise.reject(new TypeError("a bug")))).rejects.toThrow(TypeError);
  });
});

describe("a dishonest registrar's ledger", () => {
  it("counts what was looked at, and each person served once", () => {
    const ledger = openAttemptLedger();
    ledger.record("forged-endorsement", false);
    ledger.record("forged-endorsement", true);
    ledger.record("forged-endorsement", null);
    ledger.serve("wrong-signature", "a@example.com");
    ledger.serve("wrong-signature", "a@example.com");
    const { tried, succeeded, served } = ledger.confession();
    expect(tried).toEqual({ ...noAttempts(), "forged-endorsement": 2 });
    expect(succeeded).toEqual({ ...noAttempts(), "forged-endorsement": 1 });
    expect(served).toEqual([{ kind: "wrong-signature", mailbox: "a@example.com" }]);
  });

  it("waits for what is under way and for what that begins, and tells what failed in it", async () => {
    const ledger = openAttemptLedger();
    const order: string[] = [];
    ledger.beside(async () => {
      await Promise.resolve();
      order.push("first");
      ledger.beside(async () => {
        await Promise.resolve();
        order.push("second");
      });
    });
    await ledger.settled();
    expect(order).toEqual(["first", "second"]);
    ledger.beside(() => Promise.reject(new Error("it was never sent")));
    await expect(ledger.settled()).rejects.toThrow("it was never sent");
    await expect(ledger.settled()).rejects.toThrow("it was never sent");
  });
});

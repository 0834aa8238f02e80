/** Codes and the bounds on guessing them, without a server. */
import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CodeGuard, codeWindow, deriveCode } from "../src/codes.ts";
import { TestClock } from "./test-clock.ts";

const KEY = new Uint8Array(32).fill(5);
const LIMITS = { perRequests: 5, perMailbox: 20, inAll: 300 };
const REQUESTS = "A".repeat(43);

function outcome(act: () => void): string {
  try {
    act();
    return "right";
  } catch (error) {
    return (error as { code: string }).code;
  }
}

describe("a code", () => {
  it("is what the protocol says, computed here a second time", () => {
    const json = `{"mailbox":"jo@example.com","requests":"${REQUESTS}","window":6434000}`;
    const mac = createHmac("sha256", KEY).update(`undersigned/code/v1\n${json}`).digest("hex");
    const number = BigInt(`0x${mac.slice(0, 32)}`) % 100_000_000n;
    expect(deriveCode(KEY, "jo@example.com", REQUESTS, 6_434_000)).toBe(String(number).padStart(8, "0"));
  });

  it("has eight digits, and differs with key, mailbox, requests and window", () => {
    const part = fc.string({ minLength: 1, maxLength: 10, unit: "grapheme-ascii" });
    fc.assert(
      fc.property(part, part, fc.nat(10_000_000), (mailbox, requests, window) => {
        const code = deriveCode(KEY, mailbox, requests, window);
        expect(code).toMatch(/^\d{8}$/);
        const others = [
          deriveCode(new Uint8Array(32).fill(6), mailbox, requests, window),
          deriveCode(KEY, `${mailbox}x`, requests, window),
          deriveCode(KEY, mailbox, `${requests}x`, window),
          deriveCode(KEY, mailbox, requests, window + 1),
        ];
        // Five numbers of 10^8: that two are the same by chance is one in millions; that all are, is a fault.
        expect(new Set([code, ...others]).size).toBeGreaterThan(3);
      }),
    );
  });

  it("is good in its own window and the two after it, and not before", () => {
    const clock = new TestClock();
    clock.time = 300_000 * 6_000_000;
    const code = deriveCode(KEY, "jo@example.com", REQUESTS, codeWindow(clock.now()));
    const guard = new CodeGuard(clock, { ...LIMITS, perRequests: 100 });
    const at = (ms: number) => {
      clock.time = 300_000 * 6_000_000 + ms;
      return outcome(() => guard.require(KEY, "jo@example.com", REQUESTS, code));
    };
    expect([at(0), at(299_999), at(300_000), at(899_999), at(900_000)]).toEqual([
      "right",
      "right",
      "right",
      "right",
      "wrong-code",
    ]);
    expect(at(-1)).toBe("wrong-code");
  });
});

describe("wrong codes", () => {
  const right = (clock: TestClock, mailbox: string, requests = REQUESTS) =>
    deriveCode(KEY, mailbox, requests, codeWindow(clock.now()));
  const requestsOf = (i: number) => String(i).padStart(43, "0");

  it("end the tries for their requests until the last code that could be meant has expired", () => {
    const clock = new TestClock();
    clock.time = 300_000 * 6_000_000;
    const guard = new CodeGuard(clock, LIMITS);
    const enter = (code: string) => outcome(() => guard.require(KEY, "jo@example.com", REQUESTS, code));
    for (let i = 0; i < 5; i++) expect(enter("no number")).toBe("wrong-code");
    for (const minutes of [0, 5, 5]) {
      clock.pass(minutes);
      expect(enter(right(clock, "jo@example.com"))).toBe("too-many-tries");
    }
    clock.pass(5);
    expect(enter(right(clock, "jo@example.com"))).toBe("right");
  });

  it("of a stranger do not end the tries of the owner's requests", () => {
    const clock = new TestClock();
    const guard = new CodeGuard(clock, LIMITS);
    for (let i = 0; i < 5; i++)
      outcome(() => guard.require(KEY, "jo@example.com", requestsOf(1), "no number"));
    expect(
      outcome(() => guard.require(KEY, "jo@example.com", REQUESTS, right(clock, "jo@example.com"))),
    ).toBe("right");
  });

  it("beyond a mailbox's limit make every code wrong there until the window ends, and nowhere else", () => {
    const clock = new TestClock();
    const guard = new CodeGuard(clock, LIMITS);
    for (let i = 0; i < 20; i++) {
      expect(outcome(() => guard.require(KEY, "jo@example.com", requestsOf(i), "no number"))).toBe(
        "wrong-code",
      );
    }
    const enter = (mailbox: string) =>
      outcome(() => guard.require(KEY, mailbox, REQUESTS, right(clock, mailbox)));
    expect(enter("jo@example.com")).toBe("wrong-code");
    expect(enter("kim@example.com")).toBe("right");
    clock.pass(5);
    expect(enter("jo@example.com")).toBe("right");
  });

  it("beyond the limit in all stop everyone for the rest of the window", () => {
    const clock = new TestClock();
    const guard = new CodeGuard(clock, LIMITS);
    for (let i = 0; i < 300; i++) {
      outcome(() => guard.require(KEY, `person${i}@example.com`, requestsOf(i), "no number"));
    }
    const enter = () =>
      outcome(() => guard.require(KEY, "jo@example.com", REQUESTS, right(clock, "jo@example.com")));
    expect(enter()).toBe("too-many-requests");
    clock.pass(5);
    expect(enter()).toBe("right");
  });

  it("are not forgotten when the clock is set back", () => {
    const clock = new TestClock();
    const guard = new CodeGuard(clock, LIMITS);
    for (let i = 0; i < 5; i++) outcome(() => guard.require(KEY, "jo@example.com", REQUESTS, "no number"));
    clock.pass(-60);
    const enter = () =>
      outcome(() => guard.require(KEY, "jo@example.com", REQUESTS, right(clock, "jo@example.com")));
    expect(enter()).toBe("too-many-tries");
  });
});

/** Codes and the bounds on guessing them, without a server. */
import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CodeEntry, CodeGuard } from "../src/code-guard.ts";
import { codeWindow, deriveCode } from "../src/codes.ts";
import { DEFAULT_LIMITS } from "../src/index.ts";
import { KeyedCounts, placeOf } from "../src/keyed-counts.ts";
import { TestClock } from "./test-clock.ts";

const KEY = new Uint8Array(32).fill(5);
const LIMITS = DEFAULT_LIMITS.wrongCodes;
const REQUESTS = "A".repeat(43);

function outcome(act: () => void): string {
  try {
    act();
    return "right";
  } catch (error) {
    return (error as { code: string }).code;
  }
}

const entry = (changes: Partial<CodeEntry>): CodeEntry => ({
  codeKey: KEY,
  mailbox: "jo@example.com",
  allowed: true,
  requests: REQUESTS,
  code: "no number",
  network: "192.0.2.1/32",
  ...changes,
});

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
      return outcome(() => guard.require(entry({ code })));
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
  const setUp = (limits = LIMITS) => {
    const clock = new TestClock();
    clock.time = 300_000 * 6_000_000;
    let signs = 0;
    const guard = new CodeGuard(clock, limits, () => signs++);
    const enter = (changes: Partial<CodeEntry>) => outcome(() => guard.require(entry(changes)));
    const enterRight = (changes: Partial<CodeEntry> = {}) => {
      const { mailbox, requests } = entry(changes);
      return enter({ ...changes, code: deriveCode(KEY, mailbox, requests, codeWindow(clock.now())) });
    };
    return { clock, enter, enterRight, signs: () => signs };
  };
  const requestsOf = (i: number) => String(i).padStart(43, "0");
  const networkOf = (i: number) => `198.51.${i >> 8}.${i & 255}/32`;

  it("end the tries for their requests until the last code that could be meant has expired", () => {
    const { clock, enter, enterRight } = setUp();
    for (let i = 0; i < 5; i++) expect(enter({})).toBe("wrong-code");
    for (const minutes of [0, 5, 5]) {
      clock.pass(minutes);
      expect(enterRight()).toBe("too-many-tries");
    }
    clock.pass(5);
    expect(enterRight()).toBe("right");
  });

  it("of a stranger do not end the tries of the owner's requests", () => {
    const { enter, enterRight } = setUp();
    for (let i = 0; i < 5; i++) enter({ requests: requestsOf(1) });
    expect(enterRight()).toBe("right");
  });

  it("beyond a mailbox's limit make every code wrong there until the window ends, and nowhere else", () => {
    const { clock, enter, enterRight } = setUp();
    for (let i = 0; i < LIMITS.perMailbox; i++) {
      expect(enterRight()).toBe("right");
      expect(enter({ requests: requestsOf(i) })).toBe("wrong-code");
    }
    expect(enterRight()).toBe("wrong-code");
    expect(enterRight({ mailbox: "kim@example.com" })).toBe("right");
    clock.pass(5);
    expect(enterRight()).toBe("right");
  });

  it("beyond a network's limit stop that network until the window ends, and no other", () => {
    const { clock, enter, enterRight } = setUp();
    for (let i = 0; i < LIMITS.perNetwork; i++) {
      expect(enter({ mailbox: `person${i}@example.com` })).toBe("wrong-code");
    }
    expect(enterRight()).toBe("too-many-requests");
    expect(enterRight({ network: networkOf(1) })).toBe("right");
    clock.pass(5);
    expect(enterRight()).toBe("right");
  });

  it("from three networks, and from fifty, that once stopped everyone, stop nobody elsewhere", () => {
    for (const networks of [3, 50]) {
      const { enter, enterRight, signs } = setUp();
      let refused = 0;
      for (let i = 0; i < 60 * networks; i++) {
        const network = networkOf(i % networks);
        const mailbox = `person${i}@example.com`;
        if (enter({ mailbox, requests: requestsOf(i), network }) === "too-many-requests") refused++;
      }
      expect(refused).toBe((60 - LIMITS.perNetwork) * networks);
      expect(enterRight({ network: "203.0.113.7/32" })).toBe("right");
      expect(enterRight({ network: "203.0.113.7/32", mailbox: "person1@example.com" })).toBe("right");
      expect(signs()).toBe(LIMITS.perNetwork * networks - LIMITS.underAttack + 1);
    }
  });

  it("are a sign of an attack from a number in all on, in each window anew", () => {
    const { clock, enter, signs } = setUp();
    const some = (n: number) => {
      for (let i = 0; i < n; i++) enter({ mailbox: `person${i}@example.com`, network: networkOf(i) });
    };
    for (let window = 0; window < 5; window++) {
      clock.pass(5);
      some(LIMITS.underAttack - 1);
      expect(signs()).toBe(0);
    }
    enter({ mailbox: "one@example.com" });
    expect(signs()).toBe(1);
  });

  it("give a guesser with any number of networks, counted over a day, what is stated: 40 guesses a mailbox", () => {
    const { clock, enter, enterRight } = setUp();
    clock.time = 86_400_000 * 22_000;
    const mailboxes = Array.from({ length: 10 }, (_, i) => `person${i}@example.com`);
    let guesses = 0;
    for (let window = 0; window < 288; window++) {
      for (const [i, mailbox] of mailboxes.entries()) {
        // Further ones in a window would only use up the day's.
        for (let n = 0; n < LIMITS.perMailbox; n++) {
          const at = { mailbox, requests: requestsOf(window * 100 + n), network: networkOf(i * 100 + n) };
          // A guess is one that would be taken if it were right.
          if (enterRight(at) === "right") guesses++;
          enter(at);
        }
      }
      clock.pass(5);
    }
    expect(guesses).toBe(40 * mailboxes.length);
    expect(mailboxes.map((mailbox) => enterRight({ mailbox }))).toEqual(mailboxes.map(() => "right"));
    // The numbers in the comment of CodeGuard.
    const chance = 3e-8;
    const ofOne = chance * LIMITS.perMailboxAndDay * 90;
    expect(1_400 * LIMITS.perMailboxAndDay).toBe(56_000);
    expect(56_000 * chance).toBeCloseTo(0.0017, 4);
    expect(56_000 * chance * 90).toBeCloseTo(0.15, 2);
    expect(ofOne).toBeCloseTo(1.1e-4, 5);
    expect(1_400 * 3 * ofOne ** 2).toBeCloseTo(5e-5, 5);
    expect(1_400 * 4 * ofOne ** 3 * 1e9).toBeCloseTo(7, 0);
  });

  it("are all that there are for a mailbox that the rules refuse, and are limited as others are", () => {
    const { enterRight } = setUp();
    const refused = { mailbox: "all@example.com", allowed: false };
    const answers = Array.from({ length: 6 }, () => enterRight(refused));
    expect(answers).toEqual([...Array(5).fill("wrong-code"), "too-many-tries"]);
  });

  it("cannot be given a limit that their counts do not reach", () => {
    for (const name of ["perRequests", "perMailbox", "perMailboxAndDay", "perNetwork"] as const) {
      expect(() => setUp({ ...LIMITS, [name]: 65_535 })).not.toThrow();
      expect(() => setUp({ ...LIMITS, [name]: 65_536 })).toThrow(
        expect.objectContaining({ code: "bad-configuration" }),
      );
    }
  });

  it("are not forgotten when the clock is set back", () => {
    const { clock, enter, enterRight } = setUp();
    for (let i = 0; i < 5; i++) enter({});
    clock.pass(-60);
    expect(enterRight()).toBe("too-many-tries");
  });
});

describe("counts of very many keys", () => {
  it("are never too low, and right for others as long as there are no millions", () => {
    const secret = "00".repeat(32);
    const counts = new KeyedCounts();
    const often = placeOf(secret, "often");
    for (let i = 0; i < 3; i++) counts.add(often);
    for (let i = 0; i < 300_000; i++) counts.add(placeOf(secret, "key", String(i)));
    expect(counts.read(often)).toBe(3);
    const wrong = Array.from({ length: 10_000 }, (_, i) => counts.read(placeOf(secret, "other", String(i))));
    expect(Math.max(...wrong)).toBeLessThan(LIMITS.perRequests - 2);
    const low = Array.from({ length: 10_000 }, (_, i) => counts.read(placeOf(secret, "key", String(i))));
    expect(Math.min(...low)).toBe(1);
    counts.clear();
    expect(counts.read(often)).toBe(0);
  });

  it("stop at their highest number and do not begin anew", () => {
    const counts = new KeyedCounts();
    const place = placeOf("00".repeat(32), "a");
    for (let i = 0; i < 70_000; i++) counts.add(place);
    expect(counts.read(place)).toBe(65_535);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createLimiter, networkKey } from "../src/index.ts";

function limiter(options: { capacity?: number; refillPerSecond?: number; maxKeys?: number } = {}) {
  let ms = 1_000_000;
  const clock = { now: () => ms };
  const limit = createLimiter({ capacity: 3, refillPerSecond: 0.1, maxKeys: 100, ...options, clock });
  const pass = (seconds: number) => {
    ms += seconds * 1000;
  };
  return { limit, pass };
}

describe("a limit", () => {
  it("lets through what its capacity allows and then says how long to wait", () => {
    const { limit, pass } = limiter();
    expect([1, 2, 3].map(() => limit.take("a").ok)).toEqual([true, true, true]);
    expect(limit.take("a")).toEqual({ ok: false, retryAfterSeconds: 10 });
    pass(4);
    expect(limit.take("a")).toEqual({ ok: false, retryAfterSeconds: 6 });
    pass(6);
    expect(limit.take("a")).toEqual({ ok: true });
    expect(limit.take("a").ok).toBe(false);
  });

  it("counts each key by itself", () => {
    const { limit } = limiter({ capacity: 1 });
    expect(limit.take("a").ok).toBe(true);
    expect(limit.take("b").ok).toBe(true);
    expect(limit.take("a").ok).toBe(false);
  });

  it("never fills beyond its capacity, however long nobody came", () => {
    const { limit, pass } = limiter();
    pass(1e9);
    expect([1, 2, 3, 4].map(() => limit.take("a").ok)).toEqual([true, true, true, false]);
  });

  it("neither fills nor drains when the clock is set back", () => {
    const { limit, pass } = limiter({ capacity: 2 });
    limit.take("a");
    pass(-1e6);
    expect(limit.take("a").ok).toBe(true);
    expect(limit.take("a").ok).toBe(false);
    pass(10);
    expect(limit.take("a").ok).toBe(true);
  });

  it("remembers a bounded number of keys and forgets the one that was idle longest", () => {
    const { limit } = limiter({ capacity: 1, maxKeys: 2 });
    limit.take("a");
    limit.take("b");
    limit.take("a");
    limit.take("c");
    expect(limit.size).toBe(2);
    expect(limit.take("a").ok).toBe(false);
    expect(limit.take("b").ok).toBe(true);
    for (let i = 0; i < 1000; i++) limit.take(`flood ${i}`);
    expect(limit.size).toBe(2);
  });

  it("never lets through more than capacity and refill together allow", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 200 }), (pauses) => {
        const { limit, pass } = limiter({ capacity: 5, refillPerSecond: 0.5 });
        let taken = 0;
        let elapsed = 0;
        for (const pause of pauses) {
          pass(pause);
          elapsed += pause;
          if (limit.take("a").ok) taken += 1;
          expect(taken).toBeLessThanOrEqual(5 + elapsed * 0.5);
        }
      }),
    );
  });

  it("is refused when it would limit nothing or everything", () => {
    for (const options of [
      { capacity: 0 },
      { refillPerSecond: 0 },
      { maxKeys: 0 },
      { capacity: Number.NaN },
      { maxKeys: 1.5 },
    ]) {
      expect(() => limiter(options)).toThrow(expect.objectContaining({ code: "bad-configuration" }));
    }
  });
});

describe("the network of a caller", () => {
  it.each([
    ["203.0.113.7", "203.0.113.7/32"],
    ["::ffff:203.0.113.7", "203.0.113.7/32"],
    ["::ffff:cb00:7107", "203.0.113.7/32"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:0DB8:0001:0002:ffff::", "2001:db8:1:2::/64"],
    ["2001:db8::1", "2001:db8:0:0::/64"],
    ["2001:db8::", "2001:db8:0:0::/64"],
    ["fe80::1%eth0", "fe80:0:0:0::/64"],
    ["::1", "0:0:0:0::/64"],
    ["::", "0:0:0:0::/64"],
    ["64:ff9b::192.0.2.33", "64:ff9b:0:0::/64"],
    ["1:2:3:4:5:6:7::", "1:2:3:4::/64"],
    ["not an address", "unknown"],
    ["203.0.113.999", "unknown"],
    ["", "unknown"],
    [undefined, "unknown"],
  ])("at %s is %s", (address, key) => {
    expect(networkKey(address)).toBe(key);
  });

  it("is the same for every spelling of an address, and for its whole /64", () => {
    const group = fc.integer({ min: 0, max: 0xffff });
    fc.assert(
      fc.property(
        fc.array(group, { minLength: 8, maxLength: 8 }),
        fc.array(group, { minLength: 4, maxLength: 4 }),
        (groups, host) => {
          const plain = (all: number[]) => all.map((g) => g.toString(16)).join(":");
          const short = new URL(`http://[${plain(groups)}]/`).hostname.slice(1, -1);
          expect(networkKey(short)).toBe(networkKey(plain(groups)));
          if (groups.slice(0, 4).some((g) => g !== 0)) {
            expect(networkKey(plain([...groups.slice(0, 4), ...host]))).toBe(networkKey(plain(groups)));
          }
        },
      ),
    );
  });
});

/**
 * Limits per caller, in memory only: token buckets whose keys are HMACs under a random key of this process, so that
 * neither a memory dump nor a bug can turn the table into a list of addresses or mailboxes.
 *
 * An attacker chooses keys freely (a /48 holds 65,536 networks). The table is bounded; beyond it the bucket that was
 * idle longest is forgotten, which gives that key a full bucket again. A limit that must hold against such an
 * attacker needs a second limiter with one constant key.
 */
import { createHmac, randomBytes } from "node:crypto";
import { isIPv4, isIPv6 } from "node:net";
import { type Clock, systemClock } from "./clock.ts";
import { ServiceError } from "./errors.ts";

export type Taken = { ok: true } | { ok: false; retryAfterSeconds: number };

export type Limiter = {
  /** Takes one token from the key's bucket. A refusal takes nothing. */
  take(key: string): Taken;
  /** How many keys are remembered. */
  readonly size: number;
};

type Bucket = { tokens: number; at: number };

/** A bucket starts full with `capacity` tokens, and `refillPerSecond` (which may be a fraction) flow in. */
export function createLimiter(options: {
  capacity: number;
  refillPerSecond: number;
  maxKeys: number;
  clock?: Pick<Clock, "now">;
}): Limiter {
  const { capacity, refillPerSecond, maxKeys, clock = systemClock } = options;
  if (!(capacity >= 1) || !(refillPerSecond > 0) || !Number.isSafeInteger(maxKeys) || maxKeys < 1) {
    throw new ServiceError(
      "bad-configuration",
      "Give a limiter a capacity of at least 1, a refill above 0 and room for at least 1 key.",
    );
  }
  const secret = randomBytes(32);
  // A Map enumerates in order of insertion; a bucket that is used is inserted anew, so the first is the idlest.
  const buckets = new Map<string, Bucket>();

  function take(key: string): Taken {
    const name = createHmac("sha256", secret).update(key).digest("base64url");
    const now = clock.now();
    const bucket = buckets.get(name) ?? { tokens: capacity, at: now };
    buckets.delete(name);
    // A clock that was set back must neither refill nor drain.
    const elapsed = Math.max(0, now - bucket.at) / 1000;
    const tokens = Math.min(capacity, bucket.tokens + elapsed * refillPerSecond);
    const ok = tokens >= 1;
    buckets.set(name, { tokens: ok ? tokens - 1 : tokens, at: now });
    if (buckets.size > maxKeys) buckets.delete(buckets.keys().next().value!);
    return ok
      ? { ok: true }
      : { ok: false, retryAfterSeconds: Math.max(1, Math.ceil((1 - tokens) / refillPerSecond)) };
  }

  return {
    take,
    get size() {
      return buckets.size;
    },
  };
}

/**
 * The network that a caller is counted under: an IPv4 address, or the first 64 bits of an IPv6 address (one
 * subscriber commonly has all of a /64). IPv4-mapped IPv6 addresses count as IPv4. What is no address, among it a
 * forged forwarding header, shares the key `unknown`.
 */
export function networkKey(address: string | undefined): string {
  const bare = (address ?? "").replace(/%.*$/, "");
  if (isIPv4(bare)) return `${bare}/32`;
  if (!isIPv6(bare)) return "unknown";
  const groups = expandIpv6(bare);
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff) {
    const [high, low] = [groups[6]!, groups[7]!];
    return `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}/32`;
  }
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(":")}::/64`;
}

/** The eight 16-bit groups of an address that `isIPv6` accepts. */
function expandIpv6(address: string): number[] {
  const dotted = /(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address);
  let text = address;
  if (dotted !== null) {
    const [a, b, c, d] = dotted.slice(1).map(Number) as [number, number, number, number];
    text = `${address.slice(0, dotted.index)}${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
  }
  const [head = "", tail] = text.split("::");
  const parse = (part: string) =>
    part === "" ? [] : part.split(":").map((group) => Number.parseInt(group, 16));
  const left = parse(head);
  if (tail === undefined) return left;
  const right = parse(tail);
  return [...left, ...Array<number>(8 - left.length - right.length).fill(0), ...right];
}

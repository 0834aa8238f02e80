/**
 * Codes of mailbox evidence (PROTOCOL §9): eight digits that are derived and never stored, so that they survive a restart
 * and no disk holds them.
 *
 *     window = floor(milliseconds since 1970 / 300,000)
 *     code   = HMAC-SHA-256(code key, M("code", {mailbox, requests, window})), its first 16 bytes as a number mod 10^8
 *
 * A code is good in its own window and the two after it: at least 10 and at most 15 minutes. What an attacker
 * without the mailbox has is guessing; `CodeGuard` bounds it.
 */
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { bytesToBigInt, domainMessage, encodeCanonical } from "@undersigned/core";
import { type Clock, ServiceError } from "@undersigned/service";
import { RegistrarError } from "./errors.ts";

const WINDOW_MS = 300_000;
/** The present window and those before it whose codes still count. */
const WINDOWS = 3;

/** What is promised to a person; a code may live up to five minutes longer. */
export const CODE_MINUTES = 10;

export function codeWindow(now: number): number {
  return Math.floor(now / WINDOW_MS);
}

/** `mailbox` is canonical, `requests` the hash that the reservation names. The bias of the reduction is below 2^-101. */
export function deriveCode(codeKey: Uint8Array, mailbox: string, requests: string, window: number): string {
  const message = domainMessage("code", encodeCanonical({ mailbox, requests, window }));
  const mac = createHmac("sha256", codeKey).update(message).digest();
  return String(bytesToBigInt(mac.subarray(0, 16)) % 100_000_000n).padStart(8, "0");
}

function matches(
  codeKey: Uint8Array,
  mailbox: string,
  requests: string,
  code: string,
  window: number,
): boolean {
  const given = Buffer.from(code, "latin1");
  let found = false;
  // Every window is compared, so that the time taken does not tell which one matched.
  for (let back = 0; back < WINDOWS; back++) {
    const expected = Buffer.from(deriveCode(codeKey, mailbox, requests, window - back), "latin1");
    const equal = given.length === expected.length && timingSafeEqual(given, expected);
    found = equal || found;
  }
  return found;
}

/**
 * How many wrong codes are borne. The limits in all and per mailbox hold within one window, so a guesser has at most
 * `inAll` times three in 10^8 every five minutes, at one registrar of the k that are needed.
 */
export type CodeLimits = {
  /** For one mailbox and one set of requests, over the life of a code. */
  readonly perRequests: number;
  readonly perMailbox: number;
  readonly inAll: number;
};

type Tally = { all: number; keys: Map<string, number> };

/**
 * Counts wrong codes in memory, under keys that are HMACs with a key of this process. `inAll` bounds the entries of a
 * window, so no attacker can make the table grow or push another's entry out.
 */
export class CodeGuard {
  readonly #clock: Pick<Clock, "now">;
  readonly #limits: CodeLimits;
  readonly #secret = randomBytes(32);
  /** The present window's tally first. */
  #tallies: Tally[] = newTallies();
  #window: number;

  constructor(clock: Pick<Clock, "now">, limits: CodeLimits) {
    this.#clock = clock;
    this.#limits = limits;
    this.#window = codeWindow(clock.now());
  }

  /**
   * Returns if the code was sent to this mailbox for these requests and is still good. Throws `wrong-code`,
   * `too-many-tries` (these requests have used up theirs) or ServiceError `too-many-requests` (all have).
   *
   * A mailbox that is at its limit gets `wrong-code`, even for the right one: any other answer would tell a stranger
   * who tries codes there that its owner, too, is enrolling just now.
   */
  require(codeKey: Uint8Array, mailbox: string, requests: string, code: string): void {
    const window = this.#turn();
    const present = this.#tallies[0]!;
    if (present.all >= this.#limits.inAll) {
      throw new ServiceError(
        "too-many-requests",
        "Too many wrong codes have been sent here. Try again in five minutes.",
        {
          retryAfterSeconds: WINDOW_MS / 1000,
        },
      );
    }
    const ofRequests = this.#key("requests", mailbox, requests);
    const ofMailbox = this.#key("mailbox", mailbox);
    const tries = this.#tallies.reduce((sum, tally) => sum + (tally.keys.get(ofRequests) ?? 0), 0);
    if (tries >= this.#limits.perRequests) {
      throw new RegistrarError(
        "too-many-tries",
        "Too many wrong codes were entered. Wait fifteen minutes, then ask for a new code.",
      );
    }
    const right = matches(codeKey, mailbox, requests, code, window);
    if (right && (present.keys.get(ofMailbox) ?? 0) < this.#limits.perMailbox) return;
    present.all += 1;
    for (const key of [ofRequests, ofMailbox]) present.keys.set(key, (present.keys.get(key) ?? 0) + 1);
    throw new RegistrarError(
      "wrong-code",
      "This code is wrong or has expired. Check it, or wait a few minutes and ask for a new one.",
    );
  }

  /** Moves on to the clock's window. A clock that was set back does not forget what was counted. */
  #turn(): number {
    const window = codeWindow(this.#clock.now());
    for (; this.#window < window; this.#window++) {
      if (window - this.#window > WINDOWS) {
        this.#tallies = newTallies();
        this.#window = window;
        break;
      }
      this.#tallies = [{ all: 0, keys: new Map() }, ...this.#tallies.slice(0, WINDOWS - 1)];
    }
    return window;
  }

  #key(...parts: readonly string[]): string {
    return createHmac("sha256", this.#secret).update(parts.join("\n")).digest("base64url");
  }
}

function newTallies(): Tally[] {
  return Array.from({ length: WINDOWS }, () => ({ all: 0, keys: new Map<string, number>() }));
}

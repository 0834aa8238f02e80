/**
 * Bounds the guessing of codes: counts wrong ones and refuses further ones, of one set of requests, one mailbox and one
 * network, and never of all.
 */
import { randomBytes } from "node:crypto";
import { type Clock, ServiceError } from "@undersigned/service";
import { codeWindow, matchesCode, WINDOW_MS, WINDOWS } from "./codes.ts";
import { RegistrarError } from "./errors.ts";
import { KeyedCounts, MOST, placeOf } from "./keyed-counts.ts";

/** How many wrong codes are borne; the first four 65,535 at most. A *window* is five minutes by the clock, a day is one of UTC. */
export type CodeLimits = {
  /** For one mailbox and one set of requests, over the life of a code. */
  readonly perRequests: number;
  readonly perMailbox: number;
  readonly perMailboxAndDay: number;
  readonly perNetwork: number;
  /** In all in one window: stops nobody, but from then on all have to do a proof of work (`work/`). */
  readonly underAttack: number;
};

/** Who sends which code, for what. */
export type CodeEntry = {
  readonly codeKey: Uint8Array;
  /** Canonical. */
  readonly mailbox: string;
  /** Whether the public rules let the mailbox enrol. If not, every code is wrong, after the same work. */
  readonly allowed: boolean;
  readonly requests: string;
  readonly code: string;
  readonly network: string;
};

type Tally = { all: number; readonly counts: KeyedCounts };

/**
 * What a guesser has, who reads no mail, whatever they spend and from however many networks: `perMailboxAndDay`
 * guesses at each mailbox a day, each right with probability 3 in 10^8 (three windows' codes count). With the default
 * of 40 and 1,400 mailboxes that is 56,000 guesses a day: 0.0017 mailboxes a day, or 0.15 in an epoch of 90 days, at
 * one registrar. A signatory takes k of n registrars, which draw their codes alone: of one mailbox a registrar is
 * won within those 90 days with probability 1.1 * 10^-4, k certain ones with its k-th power. So the signatories that
 * can be expected to be invented in 90 days are fewer than 1,400 * C(n, k) * (1.1 * 10^-4)^k: 5 * 10^-5 for two of
 * three, 7 * 10^-9 for three of four.
 *
 * The price: who spends 40 wrong codes on a mailbox keeps its owner from enrolling here until the day ends. At ten
 * a window that takes a quarter of an hour, work once the registrar is under attack, and to be done at n-k+1 registrars.
 *
 * The counts are in memory, 16 MiB whatever arrives (`keyed-counts.ts`): too much of it makes codes wrong and never
 * right. A restart forgets them, and so gives a guesser one more day's share.
 */
export class CodeGuard {
  readonly #clock: Pick<Clock, "now">;
  readonly #limits: CodeLimits;
  readonly #onAttack: () => void;
  readonly #secret = randomBytes(32).toString("hex");
  /** The present window's tally first. */
  readonly #tallies: Tally[] = Array.from({ length: WINDOWS }, () => ({ all: 0, counts: new KeyedCounts() }));
  readonly #ofDay = new KeyedCounts();
  #window: number;

  /** `onAttack` is called at each wrong code from `underAttack` on. Throws ServiceError `bad-configuration`. */
  constructor(clock: Pick<Clock, "now">, limits: CodeLimits, onAttack: () => void = () => {}) {
    const { perRequests, perMailbox, perMailboxAndDay, perNetwork } = limits;
    if ([perRequests, perMailbox, perMailboxAndDay, perNetwork].some((limit) => !(limit <= MOST))) {
      // Counts go no further, so a higher one would be none.
      throw new ServiceError("bad-configuration", `Give limits of wrong codes of ${MOST} at most.`);
    }
    this.#clock = clock;
    this.#limits = limits;
    this.#onAttack = onAttack;
    this.#window = codeWindow(clock.now());
  }

  /**
   * Returns if the code was sent to this mailbox for these requests and is still good. Throws `wrong-code`,
   * `too-many-tries` (these requests have used up theirs) or ServiceError `too-many-requests` (this network has).
   *
   * A mailbox that is at its limit gets `wrong-code`, even for the right one: any other answer would tell a stranger
   * who tries codes there that its owner, too, is enrolling just now.
   */
  require({ codeKey, mailbox, allowed, requests, code, network }: CodeEntry): void {
    const window = this.#turn();
    const present = this.#tallies[0]!;
    const ofNetwork = placeOf(this.#secret, "network", network);
    const ofRequests = placeOf(this.#secret, "requests", mailbox, requests);
    const ofMailbox = placeOf(this.#secret, "mailbox", mailbox);
    if (present.counts.read(ofNetwork) >= this.#limits.perNetwork) {
      throw new ServiceError(
        "too-many-requests",
        "Too many wrong codes came from this network. Try again in five minutes, or from another network.",
        { retryAfterSeconds: WINDOW_MS / 1000 },
      );
    }
    const tries = this.#tallies.reduce((sum, tally) => sum + tally.counts.read(ofRequests), 0);
    if (tries >= this.#limits.perRequests) {
      throw new RegistrarError(
        "too-many-tries",
        "Too many wrong codes were entered. Wait fifteen minutes, then ask for a new code.",
      );
    }
    const right = matchesCode(codeKey, mailbox, requests, code, window);
    const open =
      present.counts.read(ofMailbox) < this.#limits.perMailbox &&
      this.#ofDay.read(ofMailbox) < this.#limits.perMailboxAndDay;
    if (right && open && allowed) return;
    for (const place of [ofNetwork, ofRequests, ofMailbox]) present.counts.add(place);
    this.#ofDay.add(ofMailbox);
    present.all += 1;
    if (present.all >= this.#limits.underAttack) this.#onAttack();
    throw new RegistrarError(
      "wrong-code",
      "This code is wrong or has expired. Check it, or wait a few minutes and ask for a new one.",
    );
  }

  /** Moves on to the clock's window and day. A clock that was set back does not forget what was counted. */
  #turn(): number {
    const window = codeWindow(this.#clock.now());
    if (dayOfWindow(window) > dayOfWindow(this.#window)) this.#ofDay.clear();
    for (let passed = Math.min(window - this.#window, WINDOWS); passed > 0; passed--) {
      const oldest = this.#tallies.pop()!;
      oldest.all = 0;
      oldest.counts.clear();
      this.#tallies.unshift(oldest);
    }
    this.#window = Math.max(this.#window, window);
    return window;
  }
}

function dayOfWindow(window: number): number {
  return Math.floor(window / (86_400_000 / WINDOW_MS));
}

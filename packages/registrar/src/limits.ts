/**
 * The registrar's limits, all in memory: see @undersigned/service, rate-limit, code-guard.ts for wrong codes, and work/ for what
 * is asked of everyone under attack. Mailboxes that the public rules refuse are limited as others are, so that they
 * are answered alike; of them, too, nothing is held but an HMAC under a key of this process.
 */
import { type Clock, createLimiter, type Limiter, ServiceError, type Taken } from "@undersigned/service";
import type { CodeLimits } from "./code-guard.ts";
import type { WorkLimits } from "./work/work-desk.ts";

/** `capacity` at once, then `refillPerSecond`, which may be a fraction. */
export type Rate = { readonly capacity: number; readonly refillPerSecond: number };

export type RegistrarLimits = {
  /** Code mails that one network may ask for at one mailbox. */
  readonly mailsPerMailboxAndNetwork: Rate;
  /** Code mails to one mailbox, whoever asks. Beyond it no mail is sent, and the answer does not say so. */
  readonly mailsPerMailbox: Rate;
  readonly reservationsPerNetwork: Rate;
  /** Beyond it nobody is refused: the registrar is under attack, and asks for work. */
  readonly reservationsInAll: Rate;
  readonly enrolmentsPerNetwork: Rate;
  readonly wrongCodes: CodeLimits;
  readonly work: WorkLimits;
  /** Mails that wait to be sent. */
  readonly mailQueue: number;
  /** Existing mails that are reserved. */
  readonly mailReservations: number;
  /** Enrolments that wait to be signed. */
  readonly signQueue: number;
};

/** Many people share a network: an office, a mobile carrier, a Tor exit. */
export const DEFAULT_LIMITS: RegistrarLimits = {
  mailsPerMailboxAndNetwork: { capacity: 3, refillPerSecond: 3 / 600 },
  mailsPerMailbox: { capacity: 6, refillPerSecond: 6 / 600 },
  reservationsPerNetwork: { capacity: 120, refillPerSecond: 0.5 },
  reservationsInAll: { capacity: 600, refillPerSecond: 10 },
  enrolmentsPerNetwork: { capacity: 120, refillPerSecond: 1 },
  wrongCodes: { perRequests: 5, perMailbox: 10, perMailboxAndDay: 40, perNetwork: 40, underAttack: 60 },
  work: { rounds: 32, mostRounds: 128, remembered: 100_000 },
  mailQueue: 2_000,
  mailReservations: 50_000,
  signQueue: 512,
};

const MAX_KEYS = 100_000;

export type Limiters = {
  readonly mailsPerMailboxAndNetwork: Limiter;
  readonly mailsPerMailbox: Limiter;
  readonly reservationsPerNetwork: Limiter;
  readonly reservationsInAll: Limiter;
  readonly enrolmentsPerNetwork: Limiter;
};

export function createLimiters(limits: RegistrarLimits, clock: Pick<Clock, "now">): Limiters {
  const of = (rate: Rate, maxKeys = MAX_KEYS) => createLimiter({ ...rate, maxKeys, clock });
  return {
    mailsPerMailboxAndNetwork: of(limits.mailsPerMailboxAndNetwork),
    mailsPerMailbox: of(limits.mailsPerMailbox),
    reservationsPerNetwork: of(limits.reservationsPerNetwork),
    reservationsInAll: of(limits.reservationsInAll, 1),
    enrolmentsPerNetwork: of(limits.enrolmentsPerNetwork),
  };
}

/** Throws ServiceError `too-many-requests` with the sentence given when the limit refused. */
export function requireTaken(taken: Taken, sentence: string): void {
  if (taken.ok) return;
  throw new ServiceError("too-many-requests", sentence, { retryAfterSeconds: taken.retryAfterSeconds });
}

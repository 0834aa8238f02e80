/** What a dishonest registrar tries, by kind, and what it says of it afterwards. */

export const ATTEMPT_KINDS = [
  /** Answers with signatures that are none of the requests: one bit flipped, cut short, of another message. */
  "wrong-signature",
  /** Signs the requests under a key that is not the slot's: a fresh one, another slot's. */
  "other-key",
  /** Signs more than once for one mailbox, and has its owner try the same at the honest registrars. */
  "issued-twice",
  /** Uses the code that a person handed to it at the other registrars. */
  "evidence-replayed",
  /** Fails for one person and not for the next: no answer, errors, a right code that it calls wrong. */
  "failing-for-one",
  /** Has other registrars mail codes to a person for requests of its own, and guesses them. */
  "code-in-anothers-name",
  /** Posts endorsements of people who do not exist, with too few right tokens. */
  "forged-endorsement",
] as const;

export type AttemptKind = (typeof ATTEMPT_KINDS)[number];
export type Attempts = {
  readonly [K in AttemptKind]: { readonly tried: number; readonly succeeded: number };
};

/**
 * An act that only the person's side can judge: whether their client looked at the answer and took the token, whether they
 * could sign, or sign twice.
 */
export type Served = { readonly kind: AttemptKind; readonly mailbox: string };

/**
 * All of one registrar. `tried` are attempts at honest servers, `succeeded` those of them that it saw succeed: an honest
 * registrar signed, or the board gave a receipt. `served` is what it did to people.
 */
export type Confession = {
  readonly tried: Readonly<Record<AttemptKind, number>>;
  readonly succeeded: Readonly<Record<AttemptKind, number>>;
  readonly served: readonly Served[];
};

export type AttemptLedger = {
  /** Null for one that nobody looked at: it is no attempt. */
  readonly record: (kind: AttemptKind, succeeded: boolean | null) => void;
  /** Counts the act once for each person, however often they ask again. */
  readonly serve: (kind: AttemptKind, mailbox: string) => void;
  /** Goes on beside everything else. */
  readonly beside: (work: () => Promise<void>) => void;
  /** When nothing is under way any more. Throws what failed in it: an attempt that was not made must not pass for resisted. */
  readonly settled: () => Promise<void>;
  readonly confession: () => Confession;
};

export function openAttemptLedger(): AttemptLedger {
  const tried = noAttempts();
  const succeeded = noAttempts();
  const served = new Map<string, Served>();
  const underWay = new Set<Promise<void>>();
  const failed: unknown[] = [];
  return {
    record(kind, success) {
      if (success === null) return;
      tried[kind]++;
      if (success) succeeded[kind]++;
    },
    serve(kind, mailbox) {
      served.set(`${kind} ${mailbox}`, { kind, mailbox });
    },
    beside(work) {
      const doing = work()
        .catch((error: unknown) => void failed.push(error))
        .finally(() => underWay.delete(doing));
      underWay.add(doing);
    },
    async settled() {
      while (underWay.size > 0) await Promise.all(underWay);
      if (failed.length > 0) throw failed[0];
    },
    confession: () => ({ tried: { ...tried }, succeeded: { ...succeeded }, served: [...served.values()] }),
  };
}

export function noAttempts(): Record<AttemptKind, number> {
  return Object.fromEntries(ATTEMPT_KINDS.map((kind) => [kind, 0])) as Record<AttemptKind, number>;
}

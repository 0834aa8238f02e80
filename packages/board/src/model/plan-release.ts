/**
 * Decides what of a letter's pool comes out at a tick (PROTOCOL §4, rules 5 and 6). Pure: a function of the day, the
 * letter's rule and numbers. What it decides is what every recount will check.
 */
import { type BatchRule, CLASSES, type Day, daysBetween, type EndorsementClass } from "@undersigned/core";

/** Pending endorsements of one class: all of them, or those that agreed to a batch under the minimum. */
export type PendingCount = {
  endorsements: number;
  /** How many of them count once they and all that follows them is released. */
  counted: number;
  /** How many hold a token of each registrar. */
  tokens: Map<string, number>;
};

export type PendingClass = { all: PendingCount; consenting: PendingCount };

export type LetterSituation = {
  readonly day: Day;
  readonly opens: Day;
  readonly closes: Day;
  readonly batch: BatchRule;
  readonly closed: boolean;
  /** Endorsements that the log holds, of both classes. */
  readonly released: number;
  readonly pending: Readonly<Record<EndorsementClass, PendingClass>>;
  /**
   * How many further endorsements with tokens of the registrar the log can hold before a recount reports more
   * endorsed than issued; may be negative.
   */
  readonly room: (endorsementClass: EndorsementClass, registrar: string) => number;
};

/** `all`: every endorsement of the class; `consenting`: those that agreed, the others are destroyed; `none`: they wait. */
export type ClassDecision = "none" | "all" | "consenting";

export type ReleasePlan = {
  readonly classes: Readonly<Record<EndorsementClass, ClassDecision>>;
  /** With `too-few` nothing is released and the pool is destroyed. */
  readonly closing: null | "closed" | "too-few";
  /** Classes that would have come out but for the number of tokens issued. */
  readonly held: readonly EndorsementClass[];
};

export function emptyPending(): PendingClass {
  const count = () => ({ endorsements: 0, counted: 0, tokens: new Map<string, number>() });
  return { all: count(), consenting: count() };
}

export function planRelease(at: LetterSituation): ReleasePlan {
  if (at.closed) return { classes: { mailbox: "none", vouched: "none" }, closing: null, held: [] };
  return at.day > at.closes ? planClosing(at) : planTick(at);
}

function planTick(at: LetterSituation): ReleasePlan {
  const classes: Record<EndorsementClass, ClassDecision> = { mailbox: "none", vouched: "none" };
  const held: EndorsementClass[] = [];
  for (const name of CLASSES) {
    const { min, every } = at.batch.classes[name];
    const { endorsements, tokens } = at.pending[name].all;
    const days = daysBetween(at.opens, at.day);
    // `min` is 1 at least, so a class without pending endorsements never comes out.
    if (days <= 0 || days % every !== 0 || endorsements < min) continue;
    if ([...tokens].every(([registrar, count]) => count <= at.room(name, registrar))) classes[name] = "all";
    else held.push(name);
  }
  if (at.released > 0 || countedIn(at, classes) >= at.batch.first) return { classes, closing: null, held };
  // The first number is not reached. If only for what is held, the operator must hear of it; else of nothing.
  const unheld = { ...classes, ...Object.fromEntries(held.map((name) => [name, "all" as const])) };
  const nothing = { mailbox: "none", vouched: "none" } as const;
  return { classes: nothing, closing: null, held: countedIn(at, unheld) >= at.batch.first ? held : [] };
}

/** A silent registrar must not stop a letter: at closing the number of tokens issued holds nothing back. */
function planClosing(at: LetterSituation): ReleasePlan {
  const classes = Object.fromEntries(
    CLASSES.map((name) => {
      const { endorsements } = at.pending[name].all;
      if (endorsements === 0) return [name, "none"];
      return [name, endorsements >= at.batch.classes[name].min ? "all" : "consenting"];
    }),
  ) as Record<EndorsementClass, ClassDecision>;
  if (at.released === 0 && countedIn(at, classes) < at.batch.first) {
    return { classes: { mailbox: "none", vouched: "none" }, closing: "too-few", held: [] };
  }
  return { classes, closing: "closed", held: [] };
}

/** Mailbox keys counted after a first batch: nothing was released before it. */
function countedIn(at: LetterSituation, classes: Readonly<Record<EndorsementClass, ClassDecision>>): number {
  const decision = classes.mailbox;
  return decision === "none" ? 0 : at.pending.mailbox[decision].counted;
}

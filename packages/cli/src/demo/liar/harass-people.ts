/** What a dishonest registrar does at the others with what people send it: their mailboxes, their codes, their requests. */
import { randomInt } from "node:crypto";
import type { EnrolmentRequest } from "@undersigned/core";
import { enrolAt, fitted, type Requests, requestsFor, reserveAt } from "./elsewhere.ts";
import type { Known, Plotter } from "./plotter.ts";
import { wentThrough } from "./told.ts";

/**
 * Of so many people in all, evenly spread over those who come, and each by one dishonest registrar. More would be no
 * better attack on the count: honest registrars bound the wrong codes of a mailbox, and want work from everybody when
 * there are many. Whoever uses that bound up keeps a mailbox from enrolling for a while, and needs no registrar for it.
 */
const VICTIMS = 9;
const GUESSES = 2;
/** A code is bound to the requests and to the registrar that mailed it: any other one is wrong. */
const PROPER = ["wrong-code", "too-many-tries"];

export type Harassment = {
  /** In a person's name, once: reserves at the others for requests of its own, and guesses the codes. */
  readonly askInTheirName: (mailbox: string) => Promise<void>;
  /** Once: the code that this person handed over, at the others, for its own requests and for theirs. */
  readonly replayEvidence: (request: EnrolmentRequest) => Promise<void>;
};

export function createHarassment(plotter: Plotter): Harassment {
  const { honest, attempts } = plotter;
  const own = new Map<Known, Requests>(honest.map((one) => [one, requestsFor(one.keys, null)]));
  const isVictim = chooseVictims(plotter);
  const asked = new Set<string>();
  const replayed = new Set<string>();

  /** Whether this is to be done to this person, and now: everything once. */
  function isNow(done: Set<string>, mailbox: string): boolean {
    if (done.has(mailbox) || !isVictim(mailbox)) return false;
    done.add(mailbox);
    return true;
  }

  return {
    async askInTheirName(mailbox) {
      if (!isNow(asked, mailbox)) return;
      await Promise.all(
        honest.map(async (one) => {
          const { registrar, keys } = one;
          const { hash, slots } = own.get(one) as Requests;
          if (wentThrough(await reserveAt(registrar, keys, mailbox, hash), []) === null) return;
          for (let guess = 0; guess < GUESSES; guess++) {
            const code = String(randomInt(100_000_000)).padStart(8, "0");
            const told = await enrolAt(registrar, keys, mailbox, code, slots);
            attempts.record("code-in-anothers-name", wentThrough(told, PROPER));
          }
        }),
      );
    },

    async replayEvidence({ evidence, slots: theirs }) {
      if (evidence.kind !== "mailbox-code") return;
      const { mailbox, code } = evidence;
      if (!isNow(replayed, mailbox)) return;
      await Promise.all(
        honest.map(async (one) => {
          const { registrar, keys } = one;
          for (const slots of [(own.get(one) as Requests).slots, fitted(keys, theirs)]) {
            const told = await enrolAt(registrar, keys, mailbox, code, slots);
            attempts.record("evidence-replayed", wentThrough(told, PROPER));
          }
        }),
      );
    },
  };
}

/** Dishonest registrars share the people out among them; each takes some of its own, in no step with its treatments. */
function chooseVictims({ self, allies, plot }: Plotter): (mailbox: string) => boolean {
  const liars = [self, ...allies].map(({ registrar }) => registrar.identity).sort();
  const own = liars.indexOf(self.registrar.identity);
  const share = Math.ceil(VICTIMS / liars.length);
  const people = Math.max(1, Math.floor(plot.people / liars.length));
  /** In the order in which they came, and whether each is a victim. */
  const met = new Map<string, boolean>();
  let victims = 0;
  return (mailbox) => {
    const known = met.get(mailbox);
    if (known !== undefined) return known;
    if (Buffer.from(mailbox).reduce((sum, byte) => sum + byte, 0) % liars.length !== own) return false;
    const chosen = victims < share && (met.size * share) % people < share;
    met.set(mailbox, chosen);
    if (chosen) victims++;
    return chosen;
  };
}

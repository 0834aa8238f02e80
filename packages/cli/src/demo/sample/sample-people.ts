/**
 * The sample signatories: mailboxes, spellings and appearances, each a function of the person's number. Only the recovery
 * phrases are random, because they are secrets even here.
 */
import type { Appearance } from "@undersigned/core";
import { pick, seeded } from "../random.ts";
import { ALIASES, DOMAIN, mailboxOf, PLACES, ROLES } from "./sample-workforce.ts";

export type Person = {
  /** From 1. */
  readonly number: number;
  /** The canonical mailbox, where codes arrive. */
  readonly inbox: string;
  /** The mailbox as this person types it. */
  readonly typed: string;
  /** As typed at another time: another spelling of the same mailbox. */
  readonly typedOtherwise: string;
  readonly appearance: Appearance;
  /** What the person would change it to. */
  readonly secondThought: Appearance;
};

export function samplePerson(number: number): Person {
  const random = seeded(number * 7919);
  const inbox = mailboxOf(number);
  const local = inbox.slice(0, inbox.indexOf("@"));
  const typed = spelling(local, random);
  let typedOtherwise = spelling(local, random);
  if (typedOtherwise === typed) typedOtherwise = `${local}+again@${DOMAIN}`;
  const appearance = sampleAppearance(number, random);
  return {
    number,
    inbox,
    typed,
    typedOtherwise,
    appearance,
    secondThought: otherAppearance(number, appearance, random),
  };
}

function spelling(local: string, random: () => number): string {
  const chance = random();
  if (chance < 0.6) return `${local}@${DOMAIN}`;
  if (chance < 0.7) return `${local.toUpperCase()}@${DOMAIN}`;
  if (chance < 0.8) return `${local}+letters@${DOMAIN}`;
  if (chance < 0.9) return `${local}@${pick(random, ALIASES)}`;
  return `${local.toUpperCase()}+News@${pick(random, ALIASES).toUpperCase()}`;
}

/** About 55 in 100 anonymous, 30 by role, 15 by name. */
function sampleAppearance(number: number, random: () => number): Appearance {
  const chance = random();
  const role = pick(random, ROLES);
  const place = random() < 0.7 ? pick(random, PLACES) : null;
  if (chance < 0.55) return { kind: "anonymous" };
  if (chance < 0.85) return { kind: "role", role, place };
  return {
    kind: "named",
    name: sampleName(number),
    confirmed: null,
    role: random() < 0.8 ? role : null,
    place,
  };
}

/** Obviously nobody's name. */
function sampleName(number: number): string {
  return `Signatory ${String(number).padStart(4, "0")} Example`;
}

function otherAppearance(number: number, now: Appearance, random: () => number): Appearance {
  const role = pick(random, ROLES);
  const place = pick(random, PLACES);
  switch (now.kind) {
    case "anonymous":
      return { kind: "role", role, place };
    case "role":
      return { kind: "named", name: sampleName(number), confirmed: null, role: now.role, place: now.place };
    case "named":
      return { kind: "anonymous" };
  }
}

/** Words in which the broken cases are told. */
import type { EndorsementLeaf, LetterRef, SignatoryLeaf, Signer } from "@undersigned/core";
import type { Mutable, SetBuilder } from "./set-builder.ts";
import { type BatchStep, type Change, type SmallSet, STEPS } from "./small-set.ts";

/** The person of the first batch whose endorsement is made wrong; nothing follows it. */
export const PERSON = 3;
/** Somebody with no endorsement in the set. */
export const NOBODY = 9;

export function text(entry: Uint8Array): string {
  return new TextDecoder().decode(entry);
}

export function after(step: "late" | "closing", run: (set: SmallSet) => unknown): Change {
  return { after: { [step]: run } };
}

/** Goes on where the log ends. */
export function last(run: (builder: SetBuilder, set: SmallSet) => unknown): Change {
  return after("late", (set) => run(set.builder, set));
}

/** As far as the epoch, with the statements of a quorum: what goes wrong there needs no letter. */
export const EPOCH_ONLY: Change = {
  epochRegistrars: [0, 1],
  skip: STEPS.filter((step) => step !== "workforce" && step !== "epoch"),
};

/** Makes that one endorsement wrong before it is signed. */
export function endorsement(
  edit: (leaf: Mutable<Omit<EndorsementLeaf, "sig">>, set: SmallSet) => unknown,
): Change {
  return { endorsement: (leaf, person, set) => (person === PERSON ? edit(leaf, set) : undefined) };
}

/** Puts more leaves into a batch. */
export function more(step: BatchStep, make: (set: SmallSet) => SignatoryLeaf[]): Change {
  return { leaves: (made, at, set) => (at === step ? [...made, ...make(set)] : made) };
}

export function keyOf(builder: SetBuilder, person: number, at: LetterRef): Signer {
  return builder.keys.people[person]!.secrets.slotSigner(at);
}

/** Index of the person's first leaf under a letter; -1 where there is none. */
export function entryOf(builder: SetBuilder, person: number, at: LetterRef): number {
  const key = `"key":"${keyOf(builder, person, at).publicKey}"`;
  return builder.entries.findIndex((entry) => text(entry).includes(key));
}

/** Paths of the statements, in the order in which they were made: three an epoch. */
export function statementPaths({ documents }: SetBuilder): string[] {
  return [...documents.keys()].filter((path) => path.startsWith("statements/"));
}

/**
 * The small set, valid as it stands, and the places at which a broken copy differs from it. A change is made where an
 * attacker who holds every key would make it, and all that comes after is signed and counted again.
 */
import type {
  Appearance,
  BatchLeaf,
  ClosingLeaf,
  EndorsementLeaf,
  EpochLeaf,
  IssuanceLeaf,
  KeyStatement,
  LetterLeaf,
  LetterManifest,
  LetterRef,
  SignatoryLeaf,
  Signer,
  WorkforceLeaf,
  WorkforceManifest,
} from "@undersigned/core";
import { type Edit, type Files, type Mutable, SetBuilder } from "./set-builder.ts";
import type { TestKeys } from "./test-keys.ts";
import { firstManifest, letterManifest } from "./texts.ts";

export const STEPS = [
  "workforce",
  "epoch",
  "letterA",
  "issuance",
  "batch1",
  "letterB",
  "batch2",
  "batch3",
  "closingBatch",
  "closing",
  "late",
] as const;
export type Step = (typeof STEPS)[number];
export type BatchStep = "batch1" | "batch2" | "batch3" | "closingBatch" | "late";

export const DAYS: Record<BatchStep, string> = {
  batch1: "2027-01-11",
  batch2: "2027-01-18",
  batch3: "2027-01-20",
  closingBatch: "2027-01-25",
  late: "2027-02-01",
};

export interface SmallSet {
  readonly builder: SetBuilder;
  readonly letters: Record<"A" | "B", LetterRef>;
  /** Index of each batch leaf. */
  readonly batches: Partial<Record<BatchStep, number>>;
}

export interface Change {
  readonly manifest?: Edit<WorkforceManifest>;
  readonly workforceSigners?: (all: readonly Signer[]) => readonly Signer[];
  readonly workforceLeaf?: Edit<WorkforceLeaf>;
  readonly epochRegistrars?: readonly number[];
  readonly statement?: (statement: Mutable<Omit<KeyStatement, "sig">>, registrar: number) => unknown;
  readonly signedStatement?: (statement: KeyStatement, registrar: number) => KeyStatement;
  readonly epochLeaf?: Edit<EpochLeaf>;
  readonly letterManifest?: (manifest: Mutable<LetterManifest>, which: "A" | "B") => unknown;
  readonly letterLeaf?: (leaf: Mutable<Omit<LetterLeaf, "sig">>, which: "A" | "B", set: SmallSet) => unknown;
  readonly letterSigner?: (which: "A" | "B", own: Signer, stranger: Signer) => Signer;
  readonly issuance?: Edit<Omit<IssuanceLeaf, "sig">>;
  /** Before it is signed. */
  readonly endorsement?: (
    leaf: Mutable<Omit<EndorsementLeaf, "sig">>,
    person: number,
    set: SmallSet,
  ) => unknown;
  /** What goes into a batch, from what would. */
  readonly leaves?: (leaves: SignatoryLeaf[], step: BatchStep, set: SmallSet) => SignatoryLeaf[];
  readonly batch?: (leaf: Mutable<BatchLeaf>, step: BatchStep, set: SmallSet) => unknown;
  /** What follows a batch leaf that has stated its leaves. */
  readonly order?: (sorted: SignatoryLeaf[], step: BatchStep, set: SmallSet) => SignatoryLeaf[];
  readonly closing?: Edit<ClosingLeaf>;
  readonly before?: Partial<Record<Step, (set: SmallSet) => unknown>>;
  readonly after?: Partial<Record<Step, (set: SmallSet) => unknown>>;
  readonly skip?: readonly Step[];
  /** Of public files, behind the log's back. */
  readonly files?: (files: Files, set: SmallSet) => unknown;
}

const NAMED: Appearance = {
  kind: "named",
  name: "Amara Example",
  confirmed: null,
  role: "Engineer",
  place: null,
};
const ROLE: Appearance = { kind: "role", role: "Nurse", place: "Lagos" };

export function makeSmallSet(keys: TestKeys, change: Change = {}): SmallSet {
  const builder = new SetBuilder(keys, keys.small);
  const letters = {} as Record<"A" | "B", LetterRef>;
  const batches: Partial<Record<BatchStep, number>> = {};
  const set: SmallSet = { builder, letters, batches };

  const addLetter = (which: "A" | "B", opens: string, closes: string) => {
    const rule = { min: 2, every: 7 };
    const manifest = letterManifest(builder.workforce, keys.small, {
      title: `Letter ${which}`,
      opens,
      closes,
      batch: { first: 3, classes: { mailbox: rule, vouched: rule } },
    });
    change.letterManifest?.(manifest, which);
    letters[which] = builder.addLetter(manifest, {
      leaf: (leaf) => change.letterLeaf?.(leaf, which, set),
      signer: change.letterSigner?.(which, keys.small.opener, keys.stranger) ?? keys.small.opener,
    });
  };
  const endorse = (person: number, appearance?: Appearance) =>
    builder.endorse(
      person,
      letters.A,
      appearance,
      change.endorsement === undefined ? undefined : (leaf) => change.endorsement?.(leaf, person, set),
    );
  const batch = (step: BatchStep, make: () => SignatoryLeaf[]) => () => {
    const made = make();
    const leaves = change.leaves?.(made, step, set) ?? made;
    if (leaves.length === 0) return;
    batches[step] = builder.batch(DAYS[step], leaves, {
      edit: (leaf) => change.batch?.(leaf, step, set),
      order: (sorted) => change.order?.(sorted, step, set) ?? sorted,
    });
  };

  const steps: Record<Step, () => unknown> = {
    workforce: () => {
      const manifest = firstManifest(keys, keys.small, "Example Workshop", 12);
      change.manifest?.(manifest);
      const signers = change.workforceSigners?.(keys.registrars) ?? keys.registrars;
      builder.addWorkforce(manifest, { signers, leaf: (leaf) => change.workforceLeaf?.(leaf) });
    },
    epoch: () =>
      builder.addEpoch({
        epoch: 1,
        opens: "2027-01-01",
        closes: "2027-06-30",
        registrars: change.epochRegistrars ?? [0, 1, 2],
        statement: (statement, registrar) => change.statement?.(statement, registrar),
        signed: (statement, registrar) => change.signedStatement?.(statement, registrar) ?? statement,
        leaf: (leaf) => change.epochLeaf?.(leaf),
      }),
    letterA: () => addLetter("A", "2027-01-04", "2027-01-24"),
    issuance: () => {
      for (const registrar of [0, 1, 2])
        builder.addIssuance(registrar, "2027-01-11", { count: 5, batch: 5 }, (leaf) =>
          change.issuance?.(leaf),
        );
    },
    batch1: batch("batch1", () => [endorse(0, NAMED), endorse(1), endorse(2, ROLE), endorse(3)]),
    letterB: () => addLetter("B", "2027-01-12", "2027-03-31"),
    batch2: batch("batch2", () => [
      endorse(4, ROLE),
      endorse(5, NAMED),
      builder.revise(0, letters.A, {
        kind: "named",
        name: "Amara B. Example",
        confirmed: null,
        role: "Nurse",
        place: null,
      }),
      builder.withdraw(1, letters.A),
    ]),
    batch3: batch("batch3", () => [
      builder.revise(1, letters.A, { kind: "anonymous" }),
      builder.withdraw(2, letters.A),
    ]),
    closingBatch: batch("closingBatch", () => [endorse(6)]),
    closing: () => builder.close(letters.A, DAYS.closingBatch, "closed", change.closing),
    late: batch("late", () => [builder.withdraw(4, letters.A)]),
  };
  for (const step of STEPS) {
    change.before?.[step]?.(set);
    if (!change.skip?.includes(step)) steps[step]();
    change.after?.[step]?.(set);
  }
  return set;
}

export async function filesOf(set: SmallSet, change: Change = {}): Promise<Files> {
  const files = await set.builder.files();
  await change.files?.(files, set);
  return files;
}

/** Broken copies: revisions and withdrawals (PROTOCOL §4 rule 8). */
import { type EndorsementLeaf, type LetterRef, leafName } from "@undersigned/core";
import type { BrokenCase } from "./broken-case.ts";
import { entryOf, keyOf, more, NOBODY, PERSON } from "./change-helpers.ts";
import { resign, type SetBuilder } from "./set-builder.ts";
import { madeUp } from "./texts.ts";

export function laterCases(): BrokenCase[] {
  const shown = { kind: "role", role: "Nurse", place: null } as const;
  return [
    {
      name: "revision-signature-wrong",
      why: "A revision is signed by another key than its own.",
      change: more("late", ({ builder, letters }) => [
        resign(builder.revise(PERSON, letters.A, shown), () => {}, keyOf(builder, NOBODY, letters.A)),
      ]),
      expect: ["signature-invalid"],
    },
    {
      name: "withdrawal-signature-wrong",
      why: "Somebody else withdraws a signatory's endorsement.",
      change: more("late", ({ builder, letters }) => [
        resign(builder.withdraw(PERSON, letters.A), () => {}, keyOf(builder, NOBODY, letters.A)),
      ]),
      expect: ["signature-invalid"],
      follows: ["count-inflated"],
    },
    {
      name: "sequence-repeated-in-a-batch",
      why: "A key has two revisions of seq 1 in one batch.",
      change: more("batch2", ({ builder, letters }) => [
        builder.revise(0, letters.A, shown, (leaf) => {
          leaf.seq = 1;
          leaf.previous = firstLeaf(builder, 0, letters.A);
        }),
      ]),
      expect: ["sequence-repeated"],
      follows: ["opening-misplaced"],
    },
    {
      name: "sequence-repeated-later",
      why: "A withdrawal has the seq that the key's revision had before.",
      change: more("late", ({ builder, letters }) => [
        builder.withdraw(0, letters.A, (leaf) => {
          leaf.seq = 1;
          leaf.previous = firstLeaf(builder, 0, letters.A);
        }),
      ]),
      expect: ["sequence-repeated"],
      follows: ["count-inflated"],
    },
    {
      name: "predecessor-skipped",
      why: "A revision has seq 2; its key has no leaf of seq 1.",
      change: more("late", ({ builder, letters }) => [
        builder.revise(PERSON, letters.A, shown, (leaf) => {
          leaf.seq = 2;
        }),
      ]),
      expect: ["predecessor-missing"],
      follows: ["opening-misplaced"],
    },
    {
      name: "predecessor-of-another-hash",
      why: "A withdrawal names another leaf before it than the key's endorsement.",
      change: more("late", ({ builder, letters }) => [
        builder.withdraw(PERSON, letters.A, (leaf) => {
          leaf.previous = madeUp("another leaf");
        }),
      ]),
      expect: ["predecessor-missing"],
      follows: ["count-inflated"],
    },
    {
      name: "predecessor-never-endorsed",
      why: "A key revises that has never endorsed.",
      change: more("late", ({ builder, letters }) => {
        builder.endorse(NOBODY, letters.A);
        return [builder.revise(NOBODY, letters.A, shown)];
      }),
      expect: ["predecessor-missing"],
    },
  ];
}

function firstLeaf(builder: SetBuilder, person: number, at: LetterRef): string {
  const { publicKey } = keyOf(builder, person, at);
  const entry = builder.entries[entryOf(builder, person, at)]!;
  const leaf = JSON.parse(new TextDecoder().decode(entry)) as EndorsementLeaf;
  if (leaf.key !== publicKey || leaf.type !== "endorsement") throw new Error("Not the endorsement.");
  return leafName(entry);
}

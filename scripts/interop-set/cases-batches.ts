/** Broken copies: batches, their order, days and sizes (PROTOCOL §4 rules 4 and 5). */
import type { SignatoryLeaf } from "@undersigned/core";
import type { BrokenCase } from "./broken-case.ts";
import { keyOf, NOBODY, PERSON } from "./change-helpers.ts";
import type { BatchStep, Change, SmallSet } from "./small-set.ts";

/** Changes what follows a batch leaf, or the leaf's statement, of one batch. */
function order(step: BatchStep, edit: (sorted: SignatoryLeaf[], set: SmallSet) => SignatoryLeaf[]): Change {
  return { order: (sorted, at, set) => (at === step ? edit(sorted, set) : sorted) };
}

function statement(
  step: BatchStep,
  edit: (leaf: Parameters<NonNullable<Change["batch"]>>[0]) => unknown,
): Change {
  return { batch: (leaf, at) => (at === step ? edit(leaf) : undefined) };
}

export function batchCases(): BrokenCase[] {
  return [
    {
      name: "batch-position-wrong",
      why: "The batch leaf states one leaf more before it than there are.",
      change: statement("late", (leaf) => leaf.previous++),
      expect: ["batch-position"],
    },
    {
      name: "batch-day-repeated",
      why: "Two batches are of one day.",
      change: statement("batch3", (leaf) => {
        leaf.day = "2027-01-18";
      }),
      expect: ["batch-day-order"],
    },
    {
      name: "batch-day-backwards",
      why: "A batch is of an earlier day than the one before it.",
      change: statement("late", (leaf) => {
        leaf.day = "2027-01-19";
      }),
      expect: ["batch-day-order"],
    },
    {
      name: "batch-states-more",
      why: "The batch states five endorsements; four follow.",
      change: statement("batch1", (leaf) => leaf.letters[0]!.mailbox++),
      expect: ["batch-count-wrong"],
    },
    {
      name: "batch-states-less",
      why: "The batch states three endorsements; four follow, so that the last one stands outside of it.",
      change: statement("batch1", (leaf) => leaf.letters[0]!.mailbox--),
      expect: ["leaf-out-of-place"],
      follows: ["closing-count-wrong", "count-inflated"],
    },
    {
      name: "batch-states-another-class",
      why: "The batch states one of its endorsements as vouched.",
      change: statement("batch1", (leaf) => {
        leaf.letters[0]!.mailbox--;
        leaf.letters[0]!.vouched++;
      }),
      expect: ["batch-count-wrong"],
    },
    {
      name: "batch-with-empty-row",
      why: "The batch names a letter of which it has nothing.",
      change: {
        batch: (leaf, step, { letters }) => {
          if (step !== "late") return;
          const [row] = leaf.letters;
          leaf.letters.push({ ...row!, letter: letters.B.letter, withdrawals: 0 });
          leaf.letters.sort((a, b) => (a.letter < b.letter ? -1 : 1));
        },
      },
      expect: ["batch-count-wrong"],
    },
    {
      name: "endorsement-dropped",
      why: "An endorsement is left out behind its batch leaf; all else is signed anew.",
      change: order("batch1", (sorted, { builder, letters }) => {
        const { publicKey } = keyOf(builder, PERSON, letters.A);
        return sorted.filter(({ key }) => key !== publicKey);
      }),
      expect: ["batch-count-wrong"],
    },
    {
      name: "endorsements-reordered",
      why: "Two endorsements have changed places; all else is signed anew.",
      change: order("batch1", ([one, other, ...rest]) => [other!, one!, ...rest]),
      expect: ["batch-unsorted"],
    },
    {
      name: "revision-before-endorsements",
      why: "A revision stands before the endorsements of its batch.",
      change: order("batch2", (sorted) => [
        ...sorted.filter(({ type }) => type === "revision"),
        ...sorted.filter(({ type }) => type !== "revision"),
      ]),
      expect: ["batch-unsorted"],
    },
    {
      name: "later-seq-first",
      why: "In a batch a leaf of seq 2 stands before one of seq 1.",
      change: order("batch3", (sorted) => sorted.toReversed()),
      expect: ["batch-unsorted"],
    },
    {
      name: "batch-on-no-release-day",
      why: "Endorsements come out eight days after the letter has opened; its batches are weekly.",
      change: statement("batch1", (leaf) => {
        leaf.day = "2027-01-12";
      }),
      expect: ["batch-wrong-day"],
    },
    {
      name: "batch-on-the-opening-day",
      why: "Endorsements come out on the day on which the letter opens.",
      change: statement("batch1", (leaf) => {
        leaf.day = "2027-01-04";
      }),
      expect: ["batch-wrong-day"],
    },
    {
      name: "batch-after-closes-without-closing",
      why: "A release day lies after the letter's last day, and no closing follows.",
      change: {
        skip: ["closing"],
        leaves: (made, step, { builder, letters }) =>
          step === "closingBatch" ? [...made, builder.endorse(NOBODY, letters.A)] : made,
      },
      expect: ["batch-wrong-day"],
    },
    {
      name: "closing-of-another-day",
      why: "The closing leaf is of the day after the batch: that batch was none of closing.",
      change: {
        closing: (leaf) => {
          leaf.day = "2027-01-26";
        },
      },
      expect: ["batch-under-minimum", "batch-wrong-day"],
    },
    {
      name: "closing-after-another-batch",
      why: "Between the closing batch and the closing leaf stands another batch.",
      change: {
        before: {
          closing: ({ builder, letters }) =>
            builder.batch("2027-01-26", [builder.withdraw(PERSON, letters.A)]),
        },
      },
      expect: ["batch-under-minimum", "batch-wrong-day"],
    },
    {
      name: "batch-under-minimum",
      why: "One endorsement comes out alone; two at least must.",
      change: {
        leaves: (made, step) =>
          step === "batch2" ? made.filter(({ type }, i) => type !== "endorsement" || i === 0) : made,
      },
      expect: ["batch-under-minimum"],
    },
    {
      name: "batch-before-first",
      why: "The first batch has two endorsements; three at least must be there.",
      change: {
        leaves: (made, step) => (step === "batch1" ? made.slice(0, 2) : made),
        skip: ["batch2", "batch3", "late"],
      },
      expect: ["batch-before-first"],
    },
    {
      name: "batch-first-with-withdrawn",
      why: "The first batch has four endorsements and takes two of them back: two are counted, and three must be.",
      change: {
        leaves: (made, step, { builder, letters }) => {
          if (step === "batch1")
            return [...made, builder.withdraw(PERSON, letters.A), builder.withdraw(1, letters.A)];
          return made;
        },
        skip: ["late"],
      },
      expect: ["batch-before-first"],
    },
  ];
}

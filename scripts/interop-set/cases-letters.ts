/** Broken copies: letters and their closings (PROTOCOL §4 rules 3 and 6). */
import { encodeLeaf, type LetterRef } from "@undersigned/core";
import { type BrokenCase, flippedText, type World } from "./broken-case.ts";
import { after, last, text } from "./change-helpers.ts";
import type { SetBuilder } from "./set-builder.ts";
import { letterManifest, madeUp } from "./texts.ts";

export function letterCases({ keys }: World): BrokenCase[] {
  const third = (
    options: Parameters<SetBuilder["addLetter"]>[1],
    edit: { opens?: string; closes?: string; delivers?: string } = {},
  ) =>
    last((builder) => {
      const rule = { min: 2, every: 7 };
      const batch = { first: 3, classes: { mailbox: rule, vouched: rule } };
      const terms = { title: "Letter C", opens: "2027-02-02", closes: "2027-05-31", batch, ...edit };
      builder.addLetter(letterManifest(builder.workforce, keys.small, terms), options);
    });
  return [
    {
      name: "letter-of-unknown-epoch",
      why: "The letter names epoch 2, which has not begun.",
      change: third({ epoch: 2 }),
      expect: ["letter-epoch"],
      follows: ["index-wrong"],
    },
    {
      name: "letter-before-its-epoch",
      why: "The letter opens before its epoch.",
      change: third({}, { opens: "2026-12-31" }),
      expect: ["letter-days"],
    },
    {
      name: "letter-beyond-its-epoch",
      why: "The letter closes after its epoch.",
      change: third({}, { closes: "2027-07-01", delivers: "2027-07-01" }),
      expect: ["letter-days"],
    },
    {
      name: "letter-slot-taken",
      why: "The second letter stands on the slot of the first: whoever signs both is linked.",
      change: {
        letterLeaf: (leaf, which) => {
          if (which === "B") leaf.slot = 0;
        },
      },
      expect: ["letter-slot-taken"],
    },
    {
      name: "letter-seventeenth",
      why: "An epoch has 16 slots; a 17th letter is opened on the last of them.",
      change: last((builder) => {
        const rule = { min: 2, every: 7 };
        const batch = { first: 3, classes: { mailbox: rule, vouched: rule } };
        const [opens, closes] = ["2027-02-02", "2027-05-31"];
        for (let nth = 2; nth < 17; nth++) {
          const manifest = letterManifest(builder.workforce, keys.small, {
            title: `Letter ${nth}`,
            opens,
            closes,
            batch,
          });
          builder.addLetter(manifest, {
            leaf: (leaf) => {
              leaf.slot = Math.min(nth, 15);
            },
          });
        }
      }),
      expect: ["letter-slot-taken"],
    },
    {
      name: "letter-slot-skipped",
      why: "The second letter stands on slot 2; slot 1 is next.",
      change: {
        letterLeaf: (leaf, which) => {
          if (which === "B") leaf.slot = 2;
        },
      },
      expect: ["letter-slot-skipped"],
    },
    {
      name: "letter-chain-broken",
      why: "The second letter names no letter leaf before it.",
      change: {
        letterLeaf: (leaf, which) => {
          if (which === "B") leaf.previous = null;
        },
      },
      expect: ["letter-chain-broken"],
    },
    {
      name: "letter-by-a-stranger",
      why: "The second letter was opened by a key that may not open letters.",
      change: { letterSigner: (which, own, stranger) => (which === "B" ? stranger : own) },
      expect: ["letter-opener"],
    },
    {
      name: "letter-signature-wrong",
      why: "The letter leaf names an opener and is signed by somebody else.",
      change: last((builder) => {
        const index = builder.letters[1]!.index;
        const leaf = JSON.parse(text(builder.entries[index]!));
        builder.entries[index] = encodeLeaf({ ...leaf, sig: flippedText(leaf.sig) });
      }),
      expect: ["signature-invalid"],
    },
    {
      name: "letter-repeated",
      why: "The second letter is opened again, on slot 2.",
      change: after("late", ({ builder, letters }) => reopen(builder, letters.B)),
      expect: ["letter-repeated"],
    },
    {
      name: "letter-unknown-batch",
      why: "A batch states a withdrawal of a letter that was never opened, and has it.",
      change: {
        leaves: (made, step, { builder, letters }) => {
          if (step !== "late") return made;
          const letter = madeUp("another letter");
          return [
            ...made,
            builder.withdraw(3, letters.A, (leaf) => {
              leaf.letter = letter;
            }),
          ];
        },
      },
      expect: ["letter-unknown"],
    },
    {
      name: "letter-unknown-closing",
      why: "A letter is closed that was never opened.",
      change: last((builder, { letters }) =>
        builder.close({ ...letters.A, letter: madeUp("another letter") }, "2027-02-02", "too-few"),
      ),
      expect: ["letter-unknown"],
    },
  ];
}

/** The letter's manifest under a second leaf, right in all else. */
function reopen(builder: SetBuilder, { letter }: LetterRef): void {
  const file = builder.documents.get(`manifests/${letter}.json`)!;
  builder.addLetter(JSON.parse(text(file)));
}

export function closingCases(): BrokenCase[] {
  return [
    {
      name: "closing-repeated",
      why: "The letter is closed a second time.",
      change: last((builder, { letters }) => builder.close(letters.A, "2027-02-02", "closed")),
      expect: ["closing-repeated"],
    },
    {
      name: "closing-too-early",
      why: "The letter is closed on the last day on which it may be signed.",
      change: {
        skip: ["closingBatch"],
        closing: (leaf) => {
          leaf.day = "2027-01-24";
        },
      },
      expect: ["closing-too-early"],
    },
    {
      name: "closing-count-inflated",
      why: "The closing states one mailbox more than the log has.",
      change: {
        closing: (leaf) => {
          leaf.counts.mailbox++;
        },
      },
      expect: ["closing-count-wrong"],
    },
    {
      name: "closing-withdrawals-hidden",
      why: "The closing states no withdrawal; there was one.",
      change: {
        closing: (leaf) => {
          leaf.withdrawn.mailbox = 0;
        },
      },
      expect: ["closing-count-wrong"],
    },
    {
      name: "closing-too-few-after-release",
      why: "The closing says that too few had endorsed; seven stand in the log.",
      change: {
        closing: (leaf) => {
          leaf.outcome = "too-few";
          leaf.destroyed = null;
        },
      },
      expect: ["closing-outcome-wrong"],
    },
    {
      name: "closing-silent-on-destroyed",
      why: "The closing does not say how many endorsements were destroyed.",
      change: {
        closing: (leaf) => {
          leaf.destroyed = null;
        },
      },
      expect: ["closing-outcome-wrong"],
    },
    {
      name: "closing-too-few-destroyed-stated",
      why: "A letter that too few endorsed is closed with a number of destroyed endorsements: it tells how many there were.",
      change: last((builder, { letters }) =>
        builder.close(letters.B, "2027-04-01", "too-few", (leaf) => {
          leaf.destroyed = { mailbox: 3, vouched: 0 };
        }),
      ),
      expect: ["closing-outcome-wrong"],
    },
  ];
}

/** Broken copies: endorsements and their Ed25519 signatures (PROTOCOL §1, §4 rule 7). */
import type { EndorsementLeaf, SignatoryLeaf } from "@undersigned/core";
import type { BrokenCase, World } from "./broken-case.ts";
import { endorsement, entryOf, keyOf, more, NOBODY, PERSON } from "./change-helpers.ts";
import { ODD_SIGNATURES, oddEndorsement } from "./odd-ed25519.ts";
import { resign } from "./set-builder.ts";
import { letterManifest, madeUp } from "./texts.ts";

export function endorsementCases({ keys, valid }: World): BrokenCase[] {
  return [
    {
      name: "other-slot-and-epoch",
      why: "Nothing is wrong: the same people endorse a letter on slot 1, and one of epoch 2.",
      change: {
        after: {
          late: ({ builder, letters }) => {
            const people = [0, 1, 2];
            const role = { kind: "role", role: "Engineer", place: "São Paulo" } as const;
            builder.batch(
              "2027-02-02",
              people.map((person) => builder.endorse(person, letters.B, role)),
            );
            builder.addEpoch({ epoch: 2, opens: "2027-07-01", closes: "2027-12-31" });
            const rule = { min: 2, every: 7 };
            const manifest = letterManifest(builder.workforce, keys.small, {
              title: "Letter C",
              opens: "2027-07-05",
              closes: "2027-08-31",
              batch: { first: 3, classes: { mailbox: rule, vouched: rule } },
            });
            const letter = builder.addLetter(manifest, { epoch: 2 });
            builder.batch(
              "2027-07-12",
              people.map((person) => builder.endorse(person, letter)),
            );
          },
        },
      },
      expect: [],
    },
    {
      name: "endorsement-signature-wrong",
      why: "The endorsement is signed by another key than its own.",
      change: {
        leaves: (made, step, { builder, letters }) =>
          step === "batch1"
            ? made.with(
                PERSON,
                resign(made[PERSON]!, () => {}, keyOf(builder, NOBODY, letters.A)),
              )
            : made,
      },
      expect: ["signature-invalid"],
      follows: ["closing-count-wrong", "count-inflated"],
    },
    {
      name: "endorsement-changed-after-signing",
      why: "The endorsement's commitment was exchanged; its signature was not made again.",
      change: {
        leaves: (made, step) =>
          step === "batch1"
            ? made.with(PERSON, { ...made[PERSON]!, commitment: madeUp("another") } as SignatoryLeaf)
            : made,
      },
      expect: ["signature-invalid"],
      follows: ["closing-count-wrong", "count-inflated"],
    },
    {
      name: "endorsement-of-another-letter",
      why: "The endorsement was made for another letter on the same slot, and only its letter was exchanged.",
      change: {
        leaves: (made, step, { letters }) =>
          step === "batch1"
            ? made.with(PERSON, { ...made[PERSON]!, letter: letters.A.letter } as SignatoryLeaf)
            : made,
        ...endorsement((leaf) => {
          leaf.letter = valid.main.letter;
        }),
      },
      expect: ["signature-invalid"],
      follows: ["closing-count-wrong", "count-inflated"],
    },
    {
      name: "endorsement-copied",
      why: "An endorsement of the first batch stands in the second one again.",
      change: {
        ...more("batch2", ({ builder, letters }) => [
          JSON.parse(new TextDecoder().decode(builder.entries[entryOf(builder, PERSON, letters.A)]!)),
        ]),
      },
      expect: ["endorsement-repeated"],
    },
    {
      name: "endorsement-twice-by-one-key",
      why: "A key endorses a second time, with another commitment and the token of the third registrar.",
      change: more("batch2", ({ builder, letters }) => {
        const has = JSON.parse(
          new TextDecoder().decode(builder.entries[entryOf(builder, PERSON, letters.A)]!),
        ) as EndorsementLeaf;
        const used = keys.registrars.map(({ publicKey }) =>
          has.tokens.some((token) => token.registrar === publicKey),
        );
        const others = [0, 1, 2].filter((n) => !used[n] || n === used.indexOf(true));
        const tokens = others.map((n) => builder.token(PERSON, n, letters.A));
        const { sig: _, ...leaf } = has;
        return [
          resign(
            { ...leaf, tokens, sig: "" } as EndorsementLeaf,
            () => {},
            keyOf(builder, PERSON, letters.A),
          ),
        ];
      }),
      expect: ["endorsement-repeated"],
    },
    {
      name: "endorsement-after-closing",
      why: "An endorsement stands behind the letter's closing.",
      change: more("late", ({ builder, letters }) => [builder.endorse(NOBODY, letters.A)]),
      expect: ["endorsement-after-closing"],
      follows: ["batch-under-minimum", "batch-wrong-day", "count-inflated"],
    },
    {
      name: "endorsement-of-another-suite",
      why: "The endorsement names a suite that version 1 does not have.",
      change: endorsement((leaf) => {
        leaf.suite = "RSABSSA-SHA384-PSSZERO-Randomized-2048+Ed25519" as typeof leaf.suite;
      }),
      expect: ["leaf-malformed"],
      follows: ["closing-count-wrong", "count-inflated"],
    },
    {
      name: "class-not-issued",
      why: "The endorsement says that it is of class vouched, for which nobody issues tokens.",
      change: {
        ...endorsement((leaf) => {
          leaf.class = "vouched";
        }),
        letterManifest: (manifest) => {
          manifest.batch.classes.vouched.min = 1;
        },
      },
      expect: ["class-not-issued"],
      follows: ["closing-count-wrong", "count-inflated"],
    },
  ];
}

export function ed25519Cases(): BrokenCase[] {
  const why: Record<keyof typeof ODD_SIGNATURES, string> = {
    "mixed-order":
      "Nothing is wrong: key and commitment have a part of small order, and the equation holds as it stands.",
    "needs-cofactor": "The equation holds only when both sides are multiplied by the cofactor.",
    "key-of-small-order": "The key is a point of order 8; the equation holds.",
    "key-neutral": "The key is the neutral point; the equation holds.",
    "key-not-canonical": "The key is the neutral point with y = p + 1; the equation holds.",
    "key-with-sign-of-zero":
      "The key is the neutral point with the sign bit set where x = 0; the equation holds.",
    "commitment-of-small-order": "R is the neutral point; the equation holds.",
    "commitment-not-canonical": "R is the neutral point with y = p + 1; the equation holds.",
    "s-plus-order": "L was added to S; the equation holds.",
  };
  return Object.entries(ODD_SIGNATURES).map(([name, way]) => ({
    name: `ed25519-${name}`,
    why: why[name as keyof typeof ODD_SIGNATURES],
    change: {
      leaves: (made, step, { builder, letters }) =>
        step === "batch1"
          ? made.with(PERSON, oddEndorsement(builder, letters.A, made[PERSON] as EndorsementLeaf, way))
          : made,
    },
    ...(name === "mixed-order"
      ? { expect: [] }
      : {
          expect: ["signature-invalid" as const],
          follows: ["closing-count-wrong" as const, "count-inflated" as const],
        }),
  }));
}

/** Broken copies: people who were vouched for, and the keys for invitations (PROTOCOL §3.3, §4 rules 2, 5 and 9). */
import type { BrokenCase, World } from "./broken-case.ts";
import { EPOCH_ONLY, more, NOBODY } from "./change-helpers.ts";
import { type Change, STEPS } from "./small-set.ts";
import { withAllEvidence } from "./texts.ts";

/** The small set with three kinds of evidence. */
const vouching: Change = {
  manifest: (manifest) => {
    Object.assign(manifest, withAllEvidence(manifest));
  },
};

export function vouchingCases({ keys }: World): BrokenCase[] {
  return [
    {
      name: "vouched-counted-as-mailbox",
      why: "Four mailboxes and two people who were vouched for come out first; the letter shows no number before five mailboxes.",
      change: {
        ...vouching,
        ...more("batch1", ({ builder, letters: { A } }) =>
          [NOBODY, NOBODY + 1].map((person) =>
            builder.endorse(person, A, { kind: "anonymous" }, undefined, "vouched"),
          ),
        ),
        letterManifest: (manifest) => {
          manifest.batch.first = 5;
        },
        skip: STEPS.slice(STEPS.indexOf("letterB")),
      },
      expect: ["batch-before-first"],
    },
    {
      name: "invitations-too-few",
      why: "A registrar states keys for one invitation; the manifest says two.",
      change: {
        ...EPOCH_ONLY,
        ...vouching,
        epochRegistrars: [0, 1, 2],
        statement: (statement, registrar) => {
          if (registrar === 1) statement.invitations.pop();
        },
      },
      expect: ["statement-mismatch"],
    },
    {
      name: "invitation-modulus-of-another-number",
      why: "A registrar uses one key for invitations of both numbers: tokens for one could be put together with tokens for the other.",
      change: {
        ...EPOCH_ONLY,
        ...vouching,
        statement: (statement, registrar) => {
          if (registrar === 1) statement.invitations[1]!.spki = statement.invitations[0]!.spki;
        },
      },
      expect: ["modulus-repeated"],
    },
    {
      name: "invitation-modulus-of-a-slot",
      why: "A registrar's key for invitations is one of its keys for a slot.",
      change: {
        ...EPOCH_ONLY,
        ...vouching,
        statement: (statement, registrar) => {
          if (registrar === 1) statement.invitations[0]!.spki = keys.slotKey(1, 0, 3).spki;
        },
      },
      expect: ["modulus-repeated"],
    },
  ];
}

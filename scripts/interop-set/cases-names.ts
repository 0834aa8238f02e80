/** Broken copies: names that are shown as confirmed (PROTOCOL §7). Each opening is the one that its leaf commits to. */
import { type Appearance, encodeBase64url, type LetterRef, nameKey } from "@undersigned/core";
import type { BrokenCase, World } from "./broken-case.ts";
import { keyOf, more, NOBODY, PERSON } from "./change-helpers.ts";
import type { Confirmation, SetBuilder } from "./set-builder.ts";
import type { Change, Step } from "./small-set.ts";
import { withAllEvidence } from "./texts.ts";

const NAME = "Amara Example";
/** These copies end where the name is shown: they are many, and nothing else of them matters. */
const SKIPPED: readonly Step[] = ["issuance", "letterB", "batch2", "closingBatch", "closing", "late"];

/** A revision shows the name. */
function shows(make: (builder: SetBuilder, at: LetterRef) => Appearance): Change {
  const leaves = more("batch3", ({ builder, letters }) => [
    builder.revise(PERSON, letters.A, make(builder, letters.A)),
  ]);
  return { ...leaves, skip: SKIPPED };
}

/** The same name, not as honest registrars would have confirmed it. */
function confirmed(of: (builder: SetBuilder, at: LetterRef) => Confirmation): Change {
  return shows((builder, at) => builder.confirmed(PERSON, at, NAME, of(builder, at)));
}

function refused(name: string, why: string, change: Change): BrokenCase {
  return { name: `name-confirmed-${name}`, why, change, expect: ["name-not-confirmed"] };
}

export function confirmedNameCases({ keys }: World): BrokenCase[] {
  const [one, two, three] = keys.registrars;
  return [
    {
      name: "name-confirmed-well",
      why: "Nothing is wrong: two registrars have confirmed the name, by a note, and not the first two.",
      change: confirmed(() => ({ rule: "note", signers: [one!, three!] })),
      expect: [],
    },
    refused(
      "by-too-few",
      "One registrar has confirmed the name; two must.",
      confirmed(() => ({ signers: [two!] })),
    ),
    refused(
      "by-too-many",
      "Three registrars have confirmed the name; exactly two must.",
      confirmed(() => ({ signers: [one!, two!, three!] })),
    ),
    {
      name: "name-confirmed-by-one-twice",
      why: "Both confirmations are one registrar's.",
      change: confirmed(() => ({ signers: [two!, two!] })),
      expect: ["file-malformed"],
    },
    refused(
      "by-a-stranger",
      "One confirmation is of somebody who is no registrar.",
      confirmed(() => ({ signers: [two!, keys.stranger] })),
    ),
    refused(
      "for-another-name",
      "The registrars have confirmed another name.",
      confirmed(() => ({ says: { name: "Zoë Example" } })),
    ),
    refused(
      "for-another-key",
      "The registrars have confirmed the name for somebody else's key.",
      confirmed((builder, at) => {
        const salt = encodeBase64url(builder.keys.people[PERSON]!.secrets.nameSalt(at));
        return { says: { key: nameKey(keyOf(builder, NOBODY, at).publicKey, salt) } };
      }),
    ),
    refused(
      "for-another-slot",
      "The registrars have confirmed the name for the next slot.",
      confirmed(() => ({ says: { slot: 1 } })),
    ),
    refused(
      "for-another-epoch",
      "The registrars have confirmed the name in another epoch.",
      confirmed(() => ({ says: { epoch: 2 } })),
    ),
    refused(
      "by-another-rule",
      "The registrars have confirmed the name by a note; it is shown as confirmed by pattern.",
      confirmed(() => ({ says: { rule: "note" } })),
    ),
    refused("without-a-pattern", "A name is confirmed by pattern, and the workforce's manifest has none.", {
      ...confirmed(() => ({})),
      manifest: (manifest) => {
        manifest.names = null;
      },
    }),
    refused("of-the-vouched", "Registrars have confirmed the name of somebody who was vouched for.", {
      ...more("batch1", ({ builder, letters: { A } }) =>
        [NOBODY, NOBODY + 1].map((person) =>
          builder.endorse(person, A, builder.confirmed(person, A, NAME), undefined, "vouched"),
        ),
      ),
      skip: [...SKIPPED, "batch3"],
      manifest: (manifest) => {
        Object.assign(manifest, withAllEvidence(manifest));
      },
    }),
    {
      name: "name-given-where-it-must-be-confirmed",
      why: "A letter that takes confirmed names only shows one that nobody has confirmed.",
      change: {
        ...shows(() => ({ kind: "named", name: NAME, confirmed: null, role: null, place: null })),
        letterManifest: (manifest) => {
          manifest.names = "confirmed";
        },
      },
      expect: ["opening-not-offered"],
    },
  ];
}

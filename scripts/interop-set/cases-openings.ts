import { type BrokenCase, editFile } from "./broken-case.ts";
import { type SmallSet, STEPS } from "./small-set.ts";
import { madeUp } from "./texts.ts";

const pageOf = (set: SmallSet) => `openings/${set.letters.A.letter}/0.json`;

/** What goes wrong with a page needs no more of the log. */
const AFTER_FIRST_BATCH = STEPS.slice(STEPS.indexOf("batch1") + 1);

export function openingCases(): BrokenCase[] {
  return [
    {
      name: "opening-hidden-of-nobody",
      why: "It is said that something is hidden, for a leaf that is no key's state.",
      change: {
        skip: AFTER_FIRST_BATCH,
        files: (files, set) => {
          editFile(files, pageOf(set), ({ entries }) => {
            entries[0] = { index: set.batches.batch1, hidden: { day: "2027-01-12", reason: "slur" } };
          });
        },
      },
      expect: ["opening-misplaced"],
    },
    {
      name: "opening-hidden-character",
      why: "The shown name, though committed to, holds a character that nobody sees (U+200B).",
      change: {
        leaves: (made, step, { builder, letters }) => {
          if (step !== "batch3") return made;
          const name = "Amara\u200b Example";
          return [
            ...made,
            builder.revise(5, letters.A, { kind: "named", name, confirmed: null, role: null, place: null }),
          ];
        },
      },
      expect: ["file-malformed"],
    },
    {
      name: "opening-name-changed",
      why: "Another name is shown than the signatory committed to.",
      change: {
        skip: AFTER_FIRST_BATCH,
        files: (files, set) => {
          editFile(files, pageOf(set), ({ entries }) => {
            entries[0].opening.appearance = {
              kind: "named",
              name: "Another Example",
              confirmed: null,
              role: null,
              place: null,
            };
          });
        },
      },
      expect: ["opening-mismatch"],
    },
    {
      name: "opening-salt-changed",
      why: "The salt of an opening is another.",
      change: {
        skip: AFTER_FIRST_BATCH,
        files: (files, set) => {
          editFile(files, pageOf(set), ({ entries }) => {
            entries[0].opening.salt = madeUp("another salt");
          });
        },
      },
      expect: ["opening-mismatch"],
    },
    {
      name: "opening-of-another-key",
      why: "Two signatories' openings are exchanged.",
      change: {
        skip: AFTER_FIRST_BATCH,
        files: (files, set) => {
          editFile(files, pageOf(set), ({ entries }) => {
            [entries[0].opening, entries[1].opening] = [entries[1].opening, entries[0].opening];
          });
        },
      },
      expect: ["opening-mismatch"],
    },
    {
      name: "opening-superseded",
      why: "The opening of an endorsement is shown though the signatory has revised it since.",
      change: { files: (files, set) => showOld(files, set, 0) },
      expect: ["opening-misplaced"],
    },
    {
      name: "opening-of-withdrawn",
      why: "The opening of an endorsement is shown though the signatory has withdrawn.",
      change: { files: (files, set) => showOld(files, set, 2) },
      expect: ["opening-misplaced"],
    },
    {
      name: "opening-twice",
      why: "One opening stands on its page twice.",
      change: {
        skip: AFTER_FIRST_BATCH,
        files: (files, set) => {
          editFile(files, pageOf(set), ({ entries }) => entries.push(entries.at(-1)));
        },
      },
      expect: ["opening-misplaced"],
    },
    {
      name: "opening-page-of-another-letter",
      why: "A page of openings lies under the name of another page.",
      change: {
        files: (files, set) => {
          editFile(files, pageOf(set), (page) => {
            page.letter = set.letters.B.letter;
          });
        },
      },
      expect: ["opening-misplaced"],
    },
    {
      name: "opening-role-not-listed",
      why: "A role is shown that the workforce's manifest does not have.",
      change: {
        leaves: (made, step, { builder, letters }) => {
          if (step !== "batch3") return made;
          return [...made, builder.revise(5, letters.A, { kind: "role", role: "Wizard", place: null })];
        },
      },
      expect: ["opening-not-offered"],
    },
    {
      name: "opening-kind-not-offered",
      why: "Names are shown under a letter that offers roles and anonymity only.",
      change: {
        skip: AFTER_FIRST_BATCH,
        letterManifest: (manifest) => {
          manifest.appearances = ["anonymous", "role"];
        },
      },
      expect: ["opening-not-offered"],
    },
  ];
}

/** Puts the first opening of a person back on the page. */
function showOld(files: Map<string, Uint8Array>, { builder, letters }: SmallSet, person: number): void {
  const key = builder.keys.people[person]!.secrets.slotSigner(letters.A).publicKey;
  const opening = [...builder.openings.values()].find((known) => known.key === key && known.seq === 0)!;
  const index = builder.entries.findIndex((entry) => {
    const leaf = JSON.parse(new TextDecoder().decode(entry)) as { type: string; key?: string };
    return leaf.type === "endorsement" && leaf.key === key;
  });
  editFile(files, `openings/${letters.A.letter}/0.json`, ({ entries }) => {
    entries.push({ index, opening });
    entries.sort((one: { index: number }, other: { index: number }) => one.index - other.index);
  });
}

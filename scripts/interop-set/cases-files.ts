/** Broken copies: files that are missing or not in their format, and index.json (PROTOCOL §8, §10). */
import { utf8Encode } from "@undersigned/core";
import { type BrokenCase, editFile } from "./broken-case.ts";
import { statementPaths } from "./change-helpers.ts";
import type { SmallSet } from "./small-set.ts";

const tilePathOf = (set: SmallSet) => `tile/0/000.p/${set.builder.entries.length}`;
const pageOf = (set: SmallSet) => `openings/${set.letters.A.letter}/0.json`;

export function missingCases(): BrokenCase[] {
  const expect = ["file-missing"] as const;
  return [
    {
      name: "file-missing-checkpoint",
      why: "There is no checkpoint.",
      change: { files: (files) => files.delete("checkpoint") },
      expect,
    },
    {
      name: "file-missing-manifest",
      why: "There is no workforce manifest.",
      change: { files: (files, { builder }) => files.delete(`manifests/${builder.workforce}.json`) },
      expect,
    },
    {
      name: "file-missing-statement",
      why: "Epoch 2 names three statements; one is not there.",
      change: {
        after: {
          late: ({ builder }) => builder.addEpoch({ epoch: 2, opens: "2027-07-01", closes: "2027-12-31" }),
        },
        files: (files, { builder }) => files.delete(statementPaths(builder)[4]!),
      },
      expect,
    },
    {
      name: "file-missing-tile",
      why: "The tile with the leaf hashes is not there.",
      change: { files: (files, set) => files.delete(tilePathOf(set)) },
      expect,
    },
    {
      name: "file-missing-entries",
      why: "The bundle with the entries is not there.",
      change: { files: (files, set) => files.delete(tilePathOf(set).replace("/0/", "/entries/")) },
      expect,
      follows: ["index-wrong"],
    },
  ];
}

export function malformedCases(): BrokenCase[] {
  return [
    {
      name: "file-malformed-checkpoint",
      why: "The checkpoint's size has a leading zero; the log has signed it so.",
      change: {
        files: async (files, { builder }) => {
          const text = new TextDecoder().decode(files.get("checkpoint")).split("\n\n")[0]!;
          files.set("checkpoint", await builder.sign(`${text.replace(/\n(\d+)\n/, "\n0$1\n")}\n`));
        },
      },
      expect: ["file-malformed"],
    },
    {
      name: "file-malformed-tile",
      why: "The tile lacks its last byte.",
      change: { files: (files, set) => files.set(tilePathOf(set), files.get(tilePathOf(set))!.slice(0, -1)) },
      expect: ["file-malformed"],
    },
    {
      name: "file-malformed-index",
      why: "index.json ends with a line feed: it is not canonical JSON.",
      change: {
        files: (files) => {
          const text = new TextDecoder().decode(files.get("index.json"));
          files.set("index.json", utf8Encode(`${text}\n`));
        },
      },
      expect: ["file-malformed"],
    },
    {
      name: "file-malformed-openings",
      why: "A page of openings has a field that the protocol does not know.",
      change: {
        files: (files, set) => {
          editFile(files, pageOf(set), (page) => {
            page.note = 1;
          });
        },
      },
      expect: ["file-malformed"],
    },
    {
      name: "file-too-large",
      why: "A letter's manifest, right in all else, has more than 256 KiB.",
      change: {
        letterManifest: (manifest, which) => {
          if (which === "B") manifest.body = "\u{1d518}".repeat(70_000);
        },
      },
      expect: ["file-too-large"],
    },
    {
      name: "count-inflated",
      why: "index.json counts one mailbox more than the log.",
      change: {
        files: (files) => {
          editFile(files, "index.json", ({ letters }) => {
            letters[0].counted.mailbox++;
            letters[0].endorsements++;
          });
        },
      },
      expect: ["count-inflated"],
    },
    {
      name: "index-letter-left-out",
      why: "index.json leaves a letter out.",
      change: {
        files: (files) => {
          editFile(files, "index.json", ({ letters }) => letters.pop());
        },
      },
      expect: ["index-wrong"],
    },
    {
      name: "index-closing-moved",
      why: "index.json names another leaf as the closing.",
      change: {
        files: (files) => {
          editFile(files, "index.json", ({ letters }) => {
            letters[0].closing = 0;
          });
        },
      },
      expect: ["index-wrong"],
    },
  ];
}

/** Broken copies: leaves in general (PROTOCOL §1, §4). */
import { utf8Encode } from "@undersigned/core";
import type { BrokenCase, World } from "./broken-case.ts";
import { last, text } from "./change-helpers.ts";
import type { Change } from "./small-set.ts";

export function leafCases({ valid }: World): BrokenCase[] {
  /** A right issuance leaf, spelt or shaped otherwise. */
  const respelt = (spell: (json: string) => string): Change =>
    last((builder) => {
      const index = builder.append(builder.issuance(0, "2027-02-02", { count: 10, batch: 5 }));
      builder.entries[index] = utf8Encode(spell(text(builder.entries[index]!)));
    });
  const malformed = (name: string, why: string, spell: (json: string) => string): BrokenCase => ({
    name: `leaf-malformed-${name}`,
    why,
    change: respelt(spell),
    expect: ["leaf-malformed"],
  });
  return [
    malformed("type", "The last leaf is of a type that is reserved.", (json) =>
      json.replace('"issuance"', '"response"'),
    ),
    malformed("version", "The last leaf is of version 2.", (json) => json.replace('"v":1', '"v":2')),
    malformed("unknown-field", "The last leaf has a field that the protocol does not know.", (json) =>
      json.replace('"v":1', '"v":1,"w":1'),
    ),
    malformed("missing-field", "The last leaf has no day.", (json) => json.replace(/"day":"[^"]*",/, "")),
    malformed("white-space", "The last leaf has a space that canonical JSON has not.", (json) =>
      json.replace(":", ": "),
    ),
    malformed("order", "The fields of the last leaf are not in canonical order.", (json) =>
      json.replace(/^\{("batch":5),("day":"[^"]*")/, "{$2,$1"),
    ),
    malformed("duplicate-key", "The last leaf has a field twice.", (json) =>
      json.replace('"v":1', '"v":1,"v":1'),
    ),
    malformed("number", "A number of the last leaf is spelt 5.0.", (json) =>
      json.replace('"batch":5', '"batch":5.0'),
    ),
    malformed("day", "The last leaf's day is 30 February.", (json) =>
      json.replace("2027-02-02", "2027-02-30"),
    ),
    malformed("base64url", "Unused bits of a signature's last character are not zero.", (json) =>
      json.replace(
        /([AQgw])"(,"type")/,
        (_, c: string, rest: string) => `${String.fromCharCode(c.charCodeAt(0) + 1)}"${rest}`,
      ),
    ),
    malformed("long", "The last leaf has more than 8,192 bytes.", (json) => json + " ".repeat(8192)),
    {
      name: "leaf-out-of-place-withdrawal",
      why: "A withdrawal stands behind the last batch, which does not state it.",
      change: last((builder, { letters }) => builder.appendSignatory(builder.withdraw(3, letters.A))),
      expect: ["leaf-out-of-place"],
      follows: ["count-inflated"],
    },
    {
      name: "leaf-out-of-place-workforce",
      why: "The workforce leaf of version 1 stands in the log a second time.",
      change: last((builder) => builder.appendRaw(builder.entries[0]!)),
      expect: ["leaf-out-of-place"],
    },
    {
      name: "workforce-mismatch-batch",
      why: "A batch leaf names another workforce.",
      change: {
        batch: (leaf, step) => {
          if (step === "late") leaf.workforce = valid.builder.workforce;
        },
      },
      expect: ["workforce-mismatch"],
    },
    {
      name: "workforce-mismatch-issuance",
      why: "A registrar's issuance is of another workforce.",
      change: {
        issuance: (leaf) => {
          leaf.workforce = valid.builder.workforce;
        },
      },
      expect: ["workforce-mismatch"],
      follows: ["index-wrong"],
    },
    {
      name: "workforce-mismatch-letter",
      why: "The letter leaf names another workforce; its manifest does not.",
      change: {
        letterLeaf: (leaf, which) => {
          if (which === "B") leaf.workforce = valid.builder.workforce;
        },
      },
      expect: ["workforce-mismatch"],
      follows: ["manifest-mismatch"],
    },
    {
      name: "another-workforce",
      why: "The log is whole, but not of the workforce that the reader asks for: it lies under that one's manifest.",
      change: {
        files: (files, { builder }) => {
          const other = valid.builder.documents.get(`manifests/${valid.builder.workforce}.json`)!;
          files.set(`manifests/${builder.workforce}.json`, other);
        },
      },
      expect: ["manifest-mismatch"],
    },
  ];
}

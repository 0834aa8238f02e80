/** Broken copies: registrars that state to have destroyed their keys (PROTOCOL §4, rule 11), and what index.json lists. */
import { encodeCanonical, type JsonValue, signObject } from "@undersigned/core";
import type { BrokenCase, World } from "./broken-case.ts";
import { last } from "./change-helpers.ts";
import type { Files } from "./set-builder.ts";
import type { Change } from "./small-set.ts";

/** The epoch of the small set closes on 30 June. */
const AFTER = "2027-07-01";

/** Changes one list of index.json behind the log's back. */
function listed(name: "issuance" | "destructions", change: (list: number[]) => number[]): Change {
  return {
    ...last((builder) => builder.addDestruction(0, AFTER)),
    files: (files: Files) => {
      const index = JSON.parse(new TextDecoder().decode(files.get("index.json"))) as Record<
        string,
        JsonValue
      >;
      index[name] = change(index[name] as number[]);
      files.set("index.json", encodeCanonical(index));
    },
  };
}

export function destructionCases({ keys, valid }: World): BrokenCase[] {
  const follows = ["index-wrong"] as const;
  return [
    {
      name: "destruction-by-a-stranger",
      why: "Somebody states to have destroyed keys who has none in the epoch.",
      change: last((builder) =>
        builder.append(
          signObject(
            {
              type: "destruction" as const,
              v: 1 as const,
              workforce: builder.workforce,
              epoch: 1,
              registrar: keys.stranger.publicKey,
              day: AFTER,
            },
            keys.stranger,
          ),
        ),
      ),
      expect: ["destruction-unknown"],
    },
    {
      name: "destruction-of-unknown-epoch",
      why: "The keys of an epoch are stated to be destroyed that has not begun.",
      change: last((builder) =>
        builder.addDestruction(0, AFTER, (leaf) => {
          leaf.epoch = 2;
        }),
      ),
      expect: ["destruction-unknown"],
      follows,
    },
    {
      name: "destruction-signature-wrong",
      why: "A destruction names a registrar that has not signed it.",
      change: last((builder) => builder.addDestruction(0, AFTER, undefined, keys.registrars[1]!)),
      expect: ["signature-invalid"],
      follows,
    },
    {
      name: "destruction-of-another-workforce",
      why: "A destruction is of another workforce.",
      change: last((builder) =>
        builder.addDestruction(0, AFTER, (leaf) => {
          leaf.workforce = valid.builder.workforce;
        }),
      ),
      expect: ["workforce-mismatch"],
      follows,
    },
    {
      name: "destruction-on-the-last-day",
      why: "Keys are stated to be destroyed on the last day on which they are needed.",
      change: last((builder) => builder.addDestruction(0, "2027-06-30")),
      expect: ["destruction-too-early"],
      follows,
    },
    {
      name: "destruction-twice",
      why: "A registrar states the same twice, on two days.",
      change: last((builder) => {
        builder.addDestruction(0, AFTER);
        builder.addDestruction(0, "2027-07-02");
      }),
      expect: ["destruction-repeated"],
      follows,
    },
    {
      name: "destruction-inside-a-batch",
      why: "A destruction stands between a batch leaf and the last leaf that belongs to it.",
      change: last((builder) => {
        const withdrawal = builder.entries.pop()!;
        builder.addDestruction(0, AFTER);
        builder.appendRaw(withdrawal);
      }),
      expect: ["batch-count-wrong"],
      follows: ["leaf-out-of-place", "count-inflated"],
    },
    {
      name: "index-wrong-issuance",
      why: "index.json leaves out what a registrar has issued.",
      change: listed("issuance", (list) => list.slice(1)),
      expect: ["index-wrong"],
    },
    {
      name: "index-wrong-destructions",
      why: "index.json leaves out that a registrar states to have destroyed its keys.",
      change: listed("destructions", () => []),
      expect: ["index-wrong"],
    },
  ];
}

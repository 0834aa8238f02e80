/** Broken copies: entries and tiles behind the log's back (PROTOCOL §8, §10). */
import { utf8Encode } from "@undersigned/core";
import { EMPTY_ROOT, formatCheckpoint } from "@undersigned/log";
import { type BrokenCase, editEntries, flipped } from "./broken-case.ts";
import { makeSmallSet, type SmallSet } from "./small-set.ts";
import { madeUp } from "./texts.ts";

export function entryCases(): BrokenCase[] {
  const follows = null;
  return [
    {
      name: "leaf-changed",
      why: "An endorsement's commitment is another; tile and checkpoint are as they were.",
      change: {
        files: (files, set) =>
          editEntries(files, set, (entries) => {
            const at = placeOf(set);
            const leaf = JSON.parse(new TextDecoder().decode(entries[at])) as { commitment: string };
            const text = new TextDecoder().decode(entries[at]).replace(leaf.commitment, madeUp("another"));
            return entries.with(at, utf8Encode(text));
          }),
      },
      expect: ["leaf-changed"],
      follows,
    },
    {
      name: "leaf-dropped",
      why: "The bundle lacks an endorsement; tile and checkpoint are as they were.",
      change: {
        files: (files, set) => shortBundle(files, set, (entries) => entries.toSpliced(placeOf(set), 1)),
      },
      expect: ["leaf-changed"],
      follows,
    },
    {
      name: "leaf-duplicated",
      why: "The bundle has an endorsement twice; tile and checkpoint are as they were.",
      change: {
        files: (files, set) =>
          shortBundle(files, set, (entries) => entries.toSpliced(placeOf(set), 0, entries[placeOf(set)]!)),
      },
      expect: ["leaf-changed"],
      follows,
    },
    {
      name: "leaves-reordered",
      why: "Two endorsements have changed places in the bundle; tile and checkpoint are as they were.",
      change: {
        files: (files, set) =>
          editEntries(files, set, (entries) => entries.with(7, entries[8]!).with(8, entries[7]!)),
      },
      expect: ["leaf-changed"],
      follows,
    },
    {
      name: "bundle-with-surplus-bytes",
      why: "Behind the last entry of the bundle there are more bytes.",
      change: {
        files: (files, set) => {
          const path = `tile/entries/000.p/${set.builder.entries.length}`;
          files.set(path, Uint8Array.of(...files.get(path)!, 0));
        },
      },
      expect: ["leaf-changed"],
      follows,
    },
  ];
}

/** Where an endorsement stands that nothing follows. */
function placeOf({ builder, letters }: SmallSet): number {
  const { publicKey } = builder.keys.people[3]!.secrets.slotSigner(letters.A);
  return builder.entries.findIndex((entry) => new TextDecoder().decode(entry).includes(publicKey));
}

/** A bundle with more or fewer entries under its old name. */
function shortBundle(
  files: Map<string, Uint8Array>,
  set: SmallSet,
  edit: (entries: Uint8Array[]) => Uint8Array[],
): void {
  const path = `tile/entries/000.p/${set.builder.entries.length}`;
  const parts = edit(set.builder.entries).map((entry) =>
    Uint8Array.of(entry.length >> 8, entry.length & 255, ...entry),
  );
  files.set(path, Uint8Array.from(parts.flatMap((part) => [...part])));
}

export function tileCases(): BrokenCase[] {
  const manyLeaves = {
    after: {
      late: ({ builder }: SmallSet) => {
        for (let i = builder.entries.length; i < 260; i++)
          builder.addIssuance(0, "2027-02-02", { count: 10, batch: 5 });
      },
    },
  };
  return [
    {
      name: "tile-and-leaf-changed",
      why: "An issuance and its hash in the tile fit each other and the registrar's signature, but not the root.",
      change: {
        files: async (files, set) => {
          const other = makeSmallSet(set.builder.keys, {
            issuance: (leaf) => {
              leaf.day = "2027-01-10";
            },
          });
          for (const [path, file] of await other.builder.files())
            if (path.startsWith("tile/")) files.set(path, file);
        },
      },
      expect: ["tiles-inconsistent"],
    },
    {
      name: "root-wrong",
      why: "The log has signed a root that is not that of its tiles.",
      change: {
        files: async (files, set) => {
          const { builder } = set;
          const root = flipped(EMPTY_ROOT);
          files.set(
            "checkpoint",
            await builder.sign(
              formatCheckpoint({ origin: set.builder.origin, size: builder.entries.length, root }),
            ),
          );
        },
      },
      expect: ["tiles-inconsistent"],
    },
    {
      name: "tile-above-changed",
      why: "In a log of 260 leaves the tile of level 1 does not hold the hash of the tile below it.",
      change: {
        ...manyLeaves,
        files: (files) => files.set("tile/1/000.p/1", flipped(files.get("tile/1/000.p/1")!)),
      },
      expect: ["tiles-inconsistent"],
    },
    {
      name: "two-bundles",
      why: "Nothing is wrong: a log of 260 leaves, for tiles of two levels.",
      change: manyLeaves,
      expect: [],
    },
  ];
}

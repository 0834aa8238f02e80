/** The counts that the board's index states: a convenience for the demo's lines; the recount does not use it. */
import { parseCanonical } from "@undersigned/core";
import type { World } from "./world/world.ts";

type IndexEntry = { letter: string; endorsements: number; counted: { mailbox: number } };

export async function readCounts(world: World): Promise<{ counted: number; endorsements: number }> {
  const response = await fetch(`${world.files}index.json`, { cache: "no-store" });
  const index = parseCanonical(new Uint8Array(await response.arrayBuffer()), 1_000_000) as unknown as {
    letters: IndexEntry[];
  };
  const entry = index.letters.find(({ letter }) => letter === world.letter);
  return { counted: entry?.counted.mailbox ?? 0, endorsements: entry?.endorsements ?? 0 };
}

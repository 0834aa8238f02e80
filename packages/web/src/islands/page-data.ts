/**
 * What a page tells its island: where it is, and no more. It comes from the server and is trusted for nothing: which workforce
 * is meant stands in the link's fragment, and all else is read from the log and checked.
 */
import type { IslandData } from "../shared/island-data.ts";

const PART = "data-part-";

export function readPageData(): IslandData {
  const island = document.getElementById("island") ?? document.body;
  const { dataset } = island;
  const parts: Record<string, string> = {};
  for (const name of island.getAttributeNames()) {
    if (name.startsWith(PART)) parts[name.slice(PART.length)] = island.getAttribute(name) ?? "";
  }
  return {
    workforce: dataset.workforce ?? "",
    letter: dataset.letter ?? "",
    client: dataset.client ?? "",
    parts,
  };
}

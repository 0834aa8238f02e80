/**
 * What a page tells its island: where it is, and no more. It comes from the server and is trusted for nothing: which workforce
 * is meant stands in the link's fragment, and all else is read from the log and checked.
 */
import type { IslandData } from "../shared/island-data.ts";
import { PARTS } from "../shared/parts.ts";

export function readPageData(): IslandData {
  const island = document.getElementById("island") ?? document.body;
  const { dataset } = island;
  const parts: Record<string, string> = {};
  for (const part of PARTS) {
    const files = island.getAttribute(`data-part-${part}`);
    if (files !== null) parts[part] = files;
  }
  return {
    workforce: dataset.workforce ?? "",
    letter: dataset.letter ?? "",
    client: dataset.client ?? "",
    parts,
  };
}

/**
 * What a page tells its island: where it is, and no more. It comes from the server and is trusted for nothing: which workforce
 * is meant stands in the link's fragment, and all else is read from the log and checked.
 */
import type { IslandData } from "../shared/island-data.ts";

export function readPageData(): IslandData {
  const { dataset } = document.getElementById("island") ?? document.body;
  return {
    workforce: dataset.workforce ?? "",
    letter: dataset.letter ?? "",
    client: dataset.client ?? "",
  };
}

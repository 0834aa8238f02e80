/** Opens the workforce's log on this very board, and from it alone takes keys, letters and slots. */
import {
  type FileSource,
  httpSource,
  INDEX_PATH,
  indexFile,
  openWorkforce,
  parsePublicFile,
} from "@undersigned/verify";
import type { PageLink } from "../machine/link.ts";
import type { OpenLog } from "../machine/state.ts";

/**
 * Throws VerifyError. With `before`, a log that does not extend the one that was seen before is refused: a page that stays
 * open cannot be led to another history.
 */
export async function openLog(
  origin: string,
  fetch: typeof globalThis.fetch,
  { workforce, letter }: PageLink,
  before: OpenLog | null,
): Promise<OpenLog> {
  const source = httpSource(`${origin}/w/${workforce}`, { fetch });
  let index: Uint8Array | null = null;
  const remembering: FileSource = {
    read: async (path, maxBytes) => {
      const file = await source.read(path, maxBytes);
      if (path === INDEX_PATH) index = file?.slice() ?? null;
      return file;
    },
  };
  const known = before === null ? {} : { known: before.view.checkpoint.note };
  const view = await openWorkforce(remembering, workforce, known);
  return { source, view, lastBatch: lastBatchIn(index, letter) };
}

/** It only helps a sentence: an index that cannot be read has been refused before. */
function lastBatchIn(index: Uint8Array | null, letter: string): string | null {
  if (index === null) return null;
  const { letters } = parsePublicFile(index, indexFile);
  return letters.find((row) => row.letter === letter)?.days?.last ?? null;
}

/** Opens the workforce's log on this very board, and from it alone takes keys, letters and slots. */
import { CoreError, parseLinkKey } from "@undersigned/core";
import {
  type FileSource,
  httpSource,
  INDEX_PATH,
  indexFile,
  type LinkKeys,
  manifestPath,
  openUnlisted,
  openWorkforce,
  parsePublicFile,
} from "@undersigned/verify";
import type { PageLink } from "../../page-link.ts";
import type { OpenLog } from "../machine/state.ts";

/**
 * Throws VerifyError, and CoreError `wrong-link` where the link's key does not open the letter. With `before`, a log that does not extend the one that was seen before is refused: a page that stays
 * open cannot be led to another history.
 */
export async function openLog(
  origin: string,
  fetch: typeof globalThis.fetch,
  { workforce, letter, linkKey }: PageLink,
  before: OpenLog | null,
): Promise<OpenLog> {
  const key = keyIn(linkKey);
  const source = httpSource(`${origin}/w/${workforce}`, { fetch });
  let index: Uint8Array | null = null;
  let unlisted = false;
  const remembering: FileSource = {
    read: async (path, maxBytes) => {
      const file = await source.read(path, maxBytes);
      if (path === INDEX_PATH) index = file?.slice() ?? null;
      if (path === manifestPath(letter)) unlisted = file === null;
      return file;
    },
  };
  const known = before === null ? {} : { known: before.view.checkpoint.note };
  const linkKeys: LinkKeys = new Map(key === null ? [] : [[letter, key]]);
  const view = await openWorkforce(remembering, workforce, { ...known, linkKeys });
  // Why it is not among the letters, if the key does not open it.
  if (key !== null && unlisted && !view.letters.has(letter))
    await openUnlisted(source, { workforce, letter }, key);
  return { source, view, lastBatch: lastBatchIn(index, letter), unlisted };
}

/** Throws CoreError `wrong-link` for one that was cut short. */
function keyIn(text: string | null): Uint8Array | null {
  const key = text === null ? null : parseLinkKey(text);
  if (key === null && text !== null) throw new CoreError("wrong-link", "The link's key is not whole.");
  return key;
}

/** It only helps a sentence: an index that cannot be read has been refused before. */
function lastBatchIn(index: Uint8Array | null, letter: string): string | null {
  if (index === null) return null;
  const { letters } = parsePublicFile(index, indexFile);
  return letters.find((row) => row.letter === letter)?.days?.last ?? null;
}

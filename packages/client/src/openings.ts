/**
 * What signatories show, from the public lists (PROTOCOL §8). All pages are read, never one alone, so the board does not learn
 * whom a reader looks for.
 */
import {
  encodeBase64url,
  type HiddenEntry,
  isShown,
  type KeyHead,
  type LetterRef,
  type Opening,
  type Secrets,
} from "@undersigned/core";
import {
  INDEX_PATH,
  indexFile,
  LIMITS,
  OPENINGS_PER_PAGE,
  openingsPage,
  openingsPath,
  parsePublicFile,
  VerifyError,
} from "@undersigned/verify";
import type { Files } from "./key-state.ts";
import type { ClientView } from "./view.ts";

export interface ShownOpenings {
  /** How many signatures count, of both classes. */
  readonly counted: number;
  readonly openings: readonly Opening[];
  /** Why nothing is shown any more for a leaf, by its index in the log. */
  readonly hidden: ReadonlyMap<number, HiddenEntry["hidden"]>;
}

interface Log {
  readonly view: Pick<ClientView, "size">;
  readonly source: Files;
}

/** Not checked against the log. Throws VerifyError where a file is missing or too large, CoreError where one is malformed. */
export async function readOpenings(log: Log, letter: string): Promise<ShownOpenings> {
  const index = parsePublicFile(await required(log, INDEX_PATH, LIMITS.index), indexFile);
  const row = index.letters.find((candidate) => candidate.letter === letter);
  const openings: Opening[] = [];
  const hidden = new Map<number, HiddenEntry["hidden"]>();
  if (row === undefined) return { counted: 0, openings, hidden };
  // The index is not trusted: it cannot have more pages read than the log has leaves for.
  const pages = Math.ceil(Math.min(row.endorsements, log.view.size) / OPENINGS_PER_PAGE);
  for (let page = 0; page < pages; page++) {
    const file = await required(log, openingsPath(letter, page), LIMITS.openings);
    const { entries } = parsePublicFile(file, openingsPage, LIMITS.openings);
    for (const entry of entries) {
      if (!isShown(entry)) hidden.set(entry.index, entry.hidden);
      else if (entry.opening.letter === letter) openings.push(entry.opening);
    }
  }
  return { counted: row.counted.mailbox + row.counted.vouched, openings, hidden };
}

async function required({ source }: Log, path: string, maxBytes: number): Promise<Uint8Array> {
  const file = await source.read(path, maxBytes);
  if (file === null) throw new VerifyError("file-missing", `The file ${path} is missing.`);
  return file;
}

/** The opening of the person's own key at `head`; null where nothing is shown. */
export function ownOpening(
  openings: readonly Opening[],
  { secrets, at }: { readonly secrets: Secrets; readonly at: LetterRef },
  head: KeyHead,
): Opening | null {
  const key = secrets.slotSigner(at).publicKey;
  const salt = encodeBase64url(secrets.commitmentSalt(at, at.letter, head.seq));
  return openings.find((one) => one.key === key && one.seq === head.seq && one.salt === salt) ?? null;
}

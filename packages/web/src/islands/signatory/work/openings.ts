/**
 * What signatories show, from the public lists. All pages are read, never one alone, so the board does not learn whom a reader
 * looks for.
 */
import { encodeBase64url, type KeyHead, type Opening, type Secrets } from "@undersigned/core";
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
import { lookOf } from "../machine/appearance.ts";
import type { Looks, OpenLog } from "../machine/state.ts";

/** Throws VerifyError where a file is missing or too large, CoreError where one is malformed. */
export async function readOpenings(
  log: OpenLog,
  letter: string,
): Promise<{ counted: number; openings: Opening[] }> {
  const index = parsePublicFile(await required(log, INDEX_PATH, LIMITS.index), indexFile);
  const row = index.letters.find((candidate) => candidate.letter === letter);
  if (row === undefined) return { counted: 0, openings: [] };
  // The index is not trusted: it cannot have more pages read than the log has leaves for.
  const pages = Math.min(
    Math.ceil(row.endorsements / OPENINGS_PER_PAGE),
    Math.ceil(log.view.size / OPENINGS_PER_PAGE),
  );
  const openings: Opening[] = [];
  for (let page = 0; page < pages; page++) {
    const file = await required(log, openingsPath(letter, page), LIMITS.openings);
    const { entries } = parsePublicFile(file, openingsPage, LIMITS.openings);
    for (const { opening } of entries) if (opening.letter === letter) openings.push(opening);
  }
  return { counted: row.counted.mailbox + row.counted.vouched, openings };
}

async function required(log: OpenLog, path: string, maxBytes: number): Promise<Uint8Array> {
  const file = await log.source.read(path, maxBytes);
  if (file === null) throw new VerifyError("file-missing", `The file ${path} is missing.`);
  return file;
}

/** How many look like what. */
export function looksOf({ counted, openings }: { counted: number; openings: readonly Opening[] }): Looks {
  const same = new Map<string, number>();
  for (const { appearance } of openings) {
    const look = lookOf(appearance);
    same.set(look, (same.get(look) ?? 0) + 1);
  }
  return { counted, shown: openings.length, same };
}

/** The opening of the person's own key at `head`; null where nothing is shown. */
export function ownOpening(
  openings: readonly Opening[],
  of: {
    readonly secrets: Secrets;
    readonly at: { workforce: string; epoch: number; slot: number; letter: string };
  },
  head: KeyHead,
): Opening | null {
  const { secrets, at } = of;
  const key = secrets.slotSigner(at).publicKey;
  const salt = encodeBase64url(secrets.commitmentSalt(at, at.letter, head.seq));
  return openings.find((one) => one.key === key && one.seq === head.seq && one.salt === salt) ?? null;
}

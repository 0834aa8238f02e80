/** The captured copies that a letter or a record names, handed to the board once anybody may read it. */
import type { Base64url, LetterManifest, Source } from "@undersigned/core";
import type { Desk } from "../desk.ts";
import { findCopy } from "./copies.ts";

/** Hashes, each once. */
export function copiesNamed({ supplement }: LetterManifest): Base64url[] {
  return copiesOf(supplement?.claims.flatMap(({ sources }) => sources) ?? []);
}

export function copiesOf(sources: readonly (Source | null)[]): Base64url[] {
  const all = sources.map((source) => source?.copy ?? null);
  return [...new Set(all)].filter((hash) => hash !== null);
}

export async function publishCopies(desk: Desk, letter: Base64url, manifest: LetterManifest): Promise<void> {
  await publishCopiesOf(desk, { workforce: manifest.workforce, letter }, copiesNamed(manifest));
}

/** One at a time, since each may have some megabytes. A copy that is not at this desk is left out: its hash is public all the same. */
export async function publishCopiesOf(
  desk: Desk,
  of: { readonly workforce: Base64url; readonly letter: Base64url },
  hashes: readonly Base64url[],
): Promise<void> {
  for (const hash of hashes) {
    const copy = await findCopy(desk, desk.database.db, hash);
    if (copy !== null) await desk.board.publishCopies({ ...of, copies: [copy.bytes] });
  }
}

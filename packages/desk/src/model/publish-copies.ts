/** The captured copies that a letter names, handed to the board once anybody may read the letter. */
import type { Base64url, LetterManifest } from "@undersigned/core";
import type { Desk } from "../desk.ts";
import { findCopy } from "./copies.ts";

/** Hashes, each once. */
export function copiesNamed({ supplement }: LetterManifest): Base64url[] {
  const all = supplement?.claims.flatMap(({ sources }) => sources.map(({ copy }) => copy)) ?? [];
  return [...new Set(all)].filter((hash) => hash !== null);
}

/** One at a time, since each may have some megabytes. A copy that is not at this desk is left out: its hash stands in the letter. */
export async function publishCopies(desk: Desk, letter: Base64url, manifest: LetterManifest): Promise<void> {
  const { workforce } = manifest;
  for (const hash of copiesNamed(manifest)) {
    const copy = await findCopy(desk, desk.database.db, hash);
    if (copy !== null) await desk.board.publishCopies({ workforce, letter, copies: [copy.bytes] });
  }
}

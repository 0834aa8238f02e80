/**
 * Of which workforce a bundle says that it is: that of leaf 0, whose manifest must be in the bundle. Whoever made the file
 * chose it, so a page may offer it and must say so; a recount that begins with it shows only that the file agrees with itself.
 */
import { parseLeaf, parseWorkforceManifest, workforceManifestHash } from "@undersigned/core";
import { decodeEntries, entriesPath, parseCheckpoint, parseNote, TILE_WIDTH } from "@undersigned/log";
import { CHECKPOINT_PATH, type FileSource, LIMITS, manifestPath } from "@undersigned/verify";
import type { NamedByFile } from "./messages.ts";

/** Null where the bundle names none. */
export async function workforceOfBundle(source: FileSource): Promise<NamedByFile | null> {
  try {
    return await read(source);
  } catch {
    // Whatever is wrong with the file, the recount says it; here it only does not name anything.
    return null;
  }
}

async function read(source: FileSource): Promise<NamedByFile | null> {
  const note = await source.read(CHECKPOINT_PATH, LIMITS.checkpoint);
  if (note === null) return null;
  const width = Math.min(parseCheckpoint(parseNote(note).text).size, TILE_WIDTH);
  const entries = await source.read(entriesPath(0, width), LIMITS.entries);
  const first = entries === null ? undefined : decodeEntries(entries, width)[0];
  const leaf = first === undefined ? null : parseLeaf(first);
  if (leaf?.type !== "workforce") return null;
  const file = await source.read(manifestPath(leaf.workforce), LIMITS.document);
  if (file === null || workforceManifestHash(file) !== leaf.workforce) return null;
  return { workforce: leaf.workforce, employer: parseWorkforceManifest(file).employer };
}

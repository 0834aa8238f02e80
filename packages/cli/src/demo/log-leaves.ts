/**
 * What the log says of one letter, leaf by leaf: whose key is counted. Read from the public files as anyone can; that they
 * are right is the recount's business, which says how many there are and not which.
 */
import type { Files } from "@undersigned/client";
import { type EndorsementLeaf, parseLeaf, type SignatoryLeaf } from "@undersigned/core";
import { decodeEntries, entriesPath, parseCheckpoint, parseNote, TILE_WIDTH } from "@undersigned/log";
import { CHECKPOINT_PATH, LIMITS } from "@undersigned/verify";
import { DemoError } from "./demo-error.ts";

/** The letter's leaves in the log's order. Throws DemoError `not-as-planned` for a file that is not there. */
async function* readLeaves(files: Files, letter: string): AsyncGenerator<SignatoryLeaf> {
  const { text } = parseNote(await readFile(files, CHECKPOINT_PATH, LIMITS.checkpoint));
  const { size } = parseCheckpoint(text);
  for (let first = 0; first < size; first += TILE_WIDTH) {
    const width = Math.min(TILE_WIDTH, size - first);
    const bundle = await readFile(files, entriesPath(first / TILE_WIDTH, width), LIMITS.entries);
    for (const entry of decodeEntries(bundle, width)) {
      const leaf = parseLeaf(entry);
      const isSignatorys =
        leaf.type === "endorsement" || leaf.type === "revision" || leaf.type === "withdrawal";
      if (isSignatorys && leaf.letter === letter) yield leaf;
    }
  }
}

export async function readEndorsements(files: Files, letter: string): Promise<EndorsementLeaf[]> {
  const endorsements: EndorsementLeaf[] = [];
  for await (const leaf of readLeaves(files, letter))
    if (leaf.type === "endorsement") endorsements.push(leaf);
  return endorsements;
}

/** Keys that endorsed the letter and have not withdrawn. */
export async function readCountedKeys(files: Files, letter: string): Promise<Set<string>> {
  const keys = new Set<string>();
  for await (const leaf of readLeaves(files, letter)) {
    if (leaf.type === "endorsement") keys.add(leaf.key);
    if (leaf.type === "withdrawal") keys.delete(leaf.key);
  }
  return keys;
}

async function readFile(files: Files, path: string, maxBytes: number): Promise<Uint8Array> {
  const file = await files.read(path, maxBytes);
  if (file === null) throw new DemoError("not-as-planned", `The board does not serve its file ${path}.`);
  return file;
}

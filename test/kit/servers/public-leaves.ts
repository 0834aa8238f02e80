/** What a board publishes, read as any reader does. */
import { type Leaf, leafName, parseLeaf } from "@undersigned/core";
import { decodeEntries, entriesPath, TILE_WIDTH } from "@undersigned/log";

export type PublicLeaf = { readonly index: number; readonly name: string; readonly leaf: Leaf };

/** The note's text as it is served. */
export async function readCheckpoint(files: string): Promise<string> {
  return await (await fetch(`${files}checkpoint`)).text();
}

export function sizeOf(checkpoint: string): number {
  return Number(checkpoint.split("\n")[1]);
}

/** All leaves of the log. */
export async function readLeaves(files: string): Promise<PublicLeaf[]> {
  const size = sizeOf(await readCheckpoint(files));
  const leaves: PublicLeaf[] = [];
  for (let bundle = 0; bundle * TILE_WIDTH < size; bundle++) {
    const width = Math.min(TILE_WIDTH, size - bundle * TILE_WIDTH);
    const response = await fetch(`${files}${entriesPath(bundle, width)}`);
    const entries = decodeEntries(new Uint8Array(await response.arrayBuffer()), width);
    for (const entry of entries) {
      leaves.push({ index: leaves.length, name: leafName(entry), leaf: parseLeaf(entry) });
    }
  }
  return leaves;
}

/** Every public address of the board and the workforce that has something at it. */
export async function publicAddresses(board: string, files: string): Promise<string[]> {
  const index = (await (await fetch(`${files}index.json`)).json()) as {
    size: number;
    letters: { letter: string; bits: number; pages: number }[];
  };
  const addresses = [`${board}/`, `${board}/board.json`, `${board}/openapi.json`];
  const add = (path: string) => addresses.push(`${files}${path}`);
  add("checkpoint");
  add("index.json");
  for (let bundle = 0; bundle * TILE_WIDTH < index.size; bundle++) {
    const width = Math.min(TILE_WIDTH, index.size - bundle * TILE_WIDTH);
    const entries = entriesPath(bundle, width);
    add(entries);
    add(entries.replace("tile/entries", "tile/0"));
  }
  for (const { letter, bits, pages } of index.letters) {
    add(`manifests/${letter}.json`);
    for (let page = 0; page < pages; page++) add(`openings/${letter}/${page}.json`);
    for (let bucket = 0; bucket < 2 ** bits; bucket++) add(`signatories/${letter}/${bits}/${bucket}.json`);
  }
  for (const { leaf } of await readLeaves(files)) {
    if (leaf.type === "workforce") add(`manifests/${leaf.manifest}.json`);
    if (leaf.type === "epoch")
      for (const { statement } of leaf.statements) add(`statements/${statement}.json`);
  }
  return addresses;
}

/** `client` leaves (PROTOCOL §3.5, §4 rule 10): the board states which files it gives to browsers to run. */
import { type ClientLeaf, clientBuildHash, parseClientBuild, verifyObject } from "@undersigned/core";
import type { Found } from "./errors.ts";
import type { Client, Ledger } from "./ledger.ts";
import { clientPath } from "./public-files.ts";
import { parseFile, readFile } from "./read-files.ts";
import { type FileSource, LIMITS } from "./source.ts";

/** Takes the build in where all is right with it. */
export async function checkClientLeaf(
  ledger: Ledger,
  source: FileSource,
  leaf: ClientLeaf,
  index: number,
  found: Found,
): Promise<void> {
  const board = ledger.inForce?.manifest.board.key;
  if (leaf.workforce !== ledger.workforce) {
    found("workforce-mismatch", index, "The client build is of another workforce.");
    return;
  }
  if (board === undefined || !(await verifyObject(leaf, board))) {
    found(
      "signature-invalid",
      index,
      "The client build is not signed by the board of the manifest in force.",
    );
    return;
  }
  const build = await readBuild(source, leaf, index, found);
  if (build !== null) ledger.clients.push({ leaf, index, build });
}

async function readBuild(
  source: FileSource,
  { client }: ClientLeaf,
  index: number,
  found: Found,
): Promise<Client["build"] | null> {
  const path = clientPath(client);
  const place = { leaf: index };
  const file = await readFile(source, path, LIMITS.document, found, place);
  if (file === null) return null;
  if (clientBuildHash(file) !== client) {
    found("client-mismatch", index, `The file ${path} is not the one that its name is the hash of.`);
    return null;
  }
  return parseFile(() => parseClientBuild(file), path, "client-mismatch", found, place);
}

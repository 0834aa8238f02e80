/** The public files of a whole log in a folder, as a mirror or a board serves them: made once from kept endorsements. */
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type EndorsementLeaf, parseLeaf } from "@undersigned/core";
import type { Endorsements } from "../world/endorsements.ts";
import { newWorld, releaseDay } from "../world/world.ts";

/** Endorsements that come out on one day. */
const BATCH = 1000;

export interface LogFolder {
  readonly path: string;
  readonly workforce: string;
  readonly letter: string;
}

/** Of what is kept: to be raised where the public files change their form. */
const FORMAT = 6;

/** Makes the folder if it is not there. */
export async function logFolder(cacheDir: string, endorsements: Endorsements): Promise<LogFolder> {
  const { builder, letter } = newWorld();
  const { count } = endorsements;
  const path = join(cacheDir, `log${FORMAT}-${letter.letter.slice(0, 12)}-${count}`);
  const folder = { path, workforce: builder.workforce, letter: letter.letter };
  if (existsSync(path)) return folder;
  builder.addIssuance(0, releaseDay(1), 20 * Math.ceil(count / 20));
  for (let at = 0, day = 1; at < count; at += BATCH, day++) {
    // The last batch takes what is left over, since none may be under the letter's minimum.
    const to = count - at < 2 * BATCH ? count : at + BATCH;
    const leaves = Array.from(
      { length: to - at },
      (_, i) => parseLeaf(endorsements.get(at + i).leaf) as EndorsementLeaf,
    );
    builder.addBatch(releaseDay(day), leaves);
    if (to === count) break;
  }
  const unfinished = `${path}.part`;
  rmSync(unfinished, { recursive: true, force: true });
  for (const [name, bytes] of await builder.files()) {
    const file = join(unfinished, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }
  renameSync(unfinished, path);
  return folder;
}

/**
 * What pages are made of: the same public files that everyone reads, read here without a network. Pages get nothing else of
 * the board, so that whatever they show can be shown by a mirror too.
 */
import { type Day, type Following, utf8Encode } from "@undersigned/core";
import type { HttpServer } from "@undersigned/service";
import type { FileSource } from "@undersigned/verify";
import type { Board } from "../board.ts";
import { BoardError } from "../errors.ts";
import { readFollowing } from "../model/followed.ts";
import { manifestsInForce } from "../model/manifest-in-force.ts";
import { countWithheld } from "../model/withheld.ts";
import { readPublicFile } from "./public-files.ts";

export interface ServedWorkforce {
  /** Workforce id. */
  readonly workforce: string;
  readonly employer: string;
  readonly origin: string;
}

export interface PublicSite {
  /** The present UTC day. */
  day(): Day;
  /** In the order in which they were added. */
  workforces(): Promise<readonly ServedWorkforce[]>;
  /** The public files of a workforce (PROTOCOL §8); of one that is not served, every file is missing. */
  files(workforce: string): FileSource;
  /** Letters of other boards that this one has recounted: `/following.json`. What does not change is the same object again. */
  following(): Promise<Following>;
  /**
   * How many records have been withheld so far, of all workforces. Of letters' texts and of what is told of them, everything that is
   * public follows from this, from the checkpoints, from which texts are public, and from the day; what signatories show does not.
   */
  withheld(): Promise<number>;
  /** Whether it is a rehearsal's: files that are in no log. */
  isRehearsal(workforce: string): boolean;
}

/** Registers addresses for people. Those of routes.ts are taken. */
export type Pages = (server: HttpServer, site: PublicSite) => void;

export function publicSite(board: Board): PublicSite {
  return {
    day: () => board.clock.day(),
    workforces: () => servedWorkforces(board),
    files: (workforce) =>
      board.besides(workforce) ?? { read: (path, maxBytes) => read(board, workforce, path, maxBytes) },
    following: () => readFollowing(board),
    withheld: () => countWithheld(board.database.db),
    isRehearsal: (workforce) => board.besides(workforce) !== null,
  };
}

export async function servedWorkforces(board: Board): Promise<ServedWorkforce[]> {
  const all = await manifestsInForce(board.database.db);
  return all.map(({ workforce, manifest: { employer, log } }) => ({
    workforce,
    employer,
    origin: log.origin,
  }));
}

async function read(
  board: Board,
  workforce: string,
  path: string,
  maxBytes: number,
): Promise<Uint8Array | null> {
  try {
    const file = await readPublicFile(board.database.db, workforce, path, { acceptsGzip: false });
    const bytes = typeof file?.body === "string" ? utf8Encode(file.body) : (file?.body ?? null);
    return bytes !== null && bytes.length <= maxBytes ? bytes : null;
  } catch (error) {
    if (error instanceof BoardError && error.code === "workforce-unknown") return null;
    throw error;
  }
}

/**
 * The verified view of a workforce that pages are made of. It is opened anew when the checkpoint has changed: until then the
 * log, and all that follows from it, is the same. Openings do not follow from the log and are not kept here; nor does whether the
 * text of an unlisted letter has become public, which is looked up each time.
 */
import type { PublicSite } from "@undersigned/board";
import { type Day, equalBytes } from "@undersigned/core";
import { ServiceError } from "@undersigned/service";
import {
  CHECKPOINT_PATH,
  type FileSource,
  furtherOf,
  INDEX_PATH,
  type IndexFile,
  indexFile,
  LIMITS,
  manifestPath,
  openWorkforce,
  parsePublicFile,
  type WorkforceView,
} from "@undersigned/verify";

export interface OpenedWorkforce {
  readonly source: FileSource;
  readonly view: WorkforceView;
  /** Of the same size as the view. */
  readonly index: IndexFile;
}

export interface Views {
  /** Null for a workforce that is not served. Throws ServiceError `unavailable` when its log does not check out. */
  open(workforce: string): Promise<OpenedWorkforce | null>;
}

const ID = /^[A-Za-z0-9_-]{43}$/;
const TRIES = 3;

export function createViews(site: PublicSite): Views {
  /** Only workforces with a checkpoint come in here, so callers cannot make it grow. */
  const kept = new Map<
    string,
    { readonly checkpoint: Uint8Array; readonly opened: Promise<OpenedWorkforce> }
  >();
  return {
    async open(workforce) {
      if (!ID.test(workforce)) return null;
      const source = site.files(workforce);
      const checkpoint = await source.read(CHECKPOINT_PATH, LIMITS.checkpoint);
      if (checkpoint === null) return null;
      // There are as many of them as organisers care to play, and each is looked at for a while only.
      if (site.isRehearsal(workforce)) return load(source, workforce);
      const known = kept.get(workforce);
      const same = known !== undefined && equalBytes(known.checkpoint, checkpoint);
      if (same && !(await hasBecomePublic(source, known.opened))) return known.opened;
      const opened = load(source, workforce);
      const entry = { checkpoint, opened };
      kept.set(workforce, entry);
      opened.catch(() => {
        if (kept.get(workforce) === entry) kept.delete(workforce);
      });
      return opened;
    },
  };
}

/** Whether there is a text now of a letter that had none. */
async function hasBecomePublic(source: FileSource, opened: Promise<OpenedWorkforce>): Promise<boolean> {
  const { view } = await opened;
  for (const [letter, { manifest }] of view.letters) {
    if (manifest !== null) continue;
    if ((await source.read(manifestPath(letter), LIMITS.document)) !== null) return true;
  }
  return false;
}

/** A tick may come between two reads: then both are read again. */
async function load(source: FileSource, workforce: string): Promise<OpenedWorkforce> {
  for (let i = 0; i < TRIES; i++) {
    const view = await openWorkforce(source, workforce, { further: furtherOf("all") }).catch(() => null);
    const file = await source.read(INDEX_PATH, LIMITS.index);
    if (view === null || file === null) continue;
    const index = parsePublicFile(file, indexFile);
    if (index.size === view.size) return { source, view, index };
  }
  throw new ServiceError(
    "unavailable",
    "The log of this workforce does not check out here: recount it from a mirror or a bundle.",
  );
}

/** Where the log states the client build that these pages load, or null. The latest, if it does so more than once. */
export function loggedAt(
  view: WorkforceView,
  hash: string,
): { readonly index: number; readonly day: Day } | null {
  const stated = view.clients.findLast(({ leaf }) => leaf.client === hash);
  return stated === undefined ? null : { index: stated.index, day: stated.leaf.day };
}

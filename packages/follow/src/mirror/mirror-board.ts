/**
 * `undersigned mirror`: everything that a board publishes, in a folder that any static web server serves (decision 33). Logs come first and
 * are recounted; nothing that lies in the folder is replaced before all of them are right, and before all pages are there.
 */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import {
  type Day,
  dayOf,
  encodeCanonical,
  hash32,
  type Infer,
  type JsonValue,
  publicKey,
  shape,
  version1,
} from "@undersigned/core";
import { entriesPath, TILE_WIDTH, tilePath, tilesOf } from "@undersigned/log";
import { CHECKPOINT_PATH } from "@undersigned/verify";
import { copyBesides } from "../copy-log/besides.ts";
import { type CopiedLog, copyLog } from "../copy-log/copy-log.ts";
import { FollowError } from "../errors.ts";
import { type Limits, MIRROR_LIMITS } from "../limits.ts";
import { isLoopbackName, openVisit, type Visit } from "../outside/visit.ts";
import { crawl } from "../pages/crawl.ts";
import { rewritePages } from "../pages/rewrite.ts";
import { type MirrorFolder, type Move, openMirrorFolder } from "./mirror-folder.ts";
import { mirrorReadme } from "./readme.ts";

export interface MirrorOptions {
  /** Of the board or another mirror. */
  readonly url: string;
  readonly folder: string;
  /** Workforce ids from elsewhere; those that the board says it serves if left out. */
  readonly workforces?: readonly string[];
  readonly limits?: Limits;
  /** The present UTC day. */
  readonly day?: Day;
  /** Through a proxy that a person has chosen; directly, to addresses that are checked, if left out. */
  readonly fetch?: typeof globalThis.fetch;
  readonly onProgress?: (progress: { readonly leaves: number; readonly size: number }) => void;
}

export interface Mirrored {
  readonly url: string;
  readonly day: Day;
  readonly workforces: readonly {
    readonly workforce: string;
    readonly employer: string;
    readonly size: number;
    readonly letters: number;
  }[];
  /** All files of the folder, and how many of them are new or changed. */
  readonly files: number;
  readonly changed: number;
  readonly removed: number;
}

const { list, literal, object, text } = shape;
const boardFile = object({
  type: literal("board"),
  v: version1,
  board: publicKey,
  workforces: list(object({ workforce: hash32, employer: text(1, 200), origin: text(1, 300) }), 0, 1000),
});
type BoardFile = Infer<typeof boardFile>;

const BOARD_FILE = "board.json";
const MOST_BOARD_BYTES = 1_000_000;

/** Throws FollowError; the folder is as it was then. `move`: for tests of crashes. */
export async function mirrorBoard(options: MirrorOptions, move?: Move): Promise<Mirrored> {
  const { limits = MIRROR_LIMITS, day = dayOf(Date.now()) } = options;
  // Whoever types an address of this machine, or of a network of their own, means it.
  const loopback = isLoopbackName(URL.parse(options.url)?.hostname ?? "");
  const visit = openVisit({
    url: options.url,
    reach: { loopback, anywhere: true },
    limits,
    purpose: "mirrors",
    ...(options.fetch && { fetch: options.fetch }),
  });
  try {
    const folder = await openMirrorFolder(options.folder, visit.url, move);
    try {
      return await mirrorInto(folder, visit, { ...options, limits, day });
    } finally {
      await folder.close();
    }
  } finally {
    visit.close();
  }
}

type Told = MirrorOptions & { readonly limits: Limits; readonly day: Day };

async function mirrorInto(folder: MirrorFolder, visit: Visit, options: Told): Promise<Mirrored> {
  const { limits, day } = options;
  const board = await readBoard(visit);
  const ids = [...new Set(options.workforces ?? board.workforces.map(({ workforce }) => workforce))];
  const logFiles = new Set<string>();
  const workforces: (Mirrored["workforces"][number] & { readonly origin: string })[] = [];
  for (const workforce of ids) {
    const { report, files } = await copyOne(folder, visit, workforce, options);
    for (const file of files) logFiles.add(`w/${workforce}/${file}`);
    const { employer, size, origin, letters } = report;
    workforces.push({
      workforce,
      employer: employer!,
      size: size!,
      origin: origin!,
      letters: letters.length,
    });
  }
  const found = await crawl({ visit, raw: folder.raw, workforces: ids, limits });
  const pages = await rewritePages({ url: visit.url, day, found, logFiles, into: folder.fresh });
  const own: BoardFile = {
    ...board,
    workforces: workforces.map(({ workforce, employer, origin }) => ({ workforce, employer, origin })),
  };
  const besides = {
    [BOARD_FILE]: encodeCanonical(own as unknown as JsonValue),
    "README.txt": new TextEncoder().encode(mirrorReadme({ url: visit.url, day, workforces })),
    ".nojekyll": new Uint8Array(),
  };
  for (const [name, bytes] of Object.entries(besides)) await put(join(folder.fresh, name), bytes);
  const files = [...new Set([...logFiles, ...stillRead(folder), ...pages, ...Object.keys(besides)])];
  const sizes = workforces.map(({ workforce, size }) => ({ workforce, size }));
  const done = await folder.take({ url: visit.url, day, files, workforces: sizes });
  const shown = workforces.map(({ origin: _, ...workforce }) => workforce);
  return { url: visit.url, day, workforces: shown, files: files.length, ...done };
}

async function readBoard(visit: Visit): Promise<BoardFile> {
  const got = await visit.get(BOARD_FILE, MOST_BOARD_BYTES);
  try {
    if (got !== null)
      return boardFile.check(JSON.parse(new TextDecoder().decode(got.bytes)) as JsonValue, "");
  } catch {
    // Said below.
  }
  throw new FollowError(
    "not-a-board",
    "There is no board or mirror at this address: its board.json is missing, or is none.",
  );
}

async function copyOne(
  folder: MirrorFolder,
  visit: Visit,
  workforce: string,
  options: Told,
): Promise<CopiedLog> {
  const prefix = `w/${workforce}/`;
  const earlier = join(folder.root, "w", workforce);
  const before = folder.state?.workforces.some((one) => one.workforce === workforce) === true;
  const { onProgress } = options;
  return await copyLog({
    ...{ visit, prefix, workforce },
    earlier: before ? earlier : null,
    fresh: join(folder.fresh, "w", workforce),
    keeps: () => true,
    known: before ? new Uint8Array(await readFile(join(earlier, CHECKPOINT_PATH))) : null,
    besides: copyBesides,
    ...(onProgress && { onProgress }),
  });
}

/** Partial tiles of the copy before, for those who have just read its checkpoint. They go with the next run. */
function* stillRead({ state }: MirrorFolder): Generator<string> {
  const there = new Set(state?.files);
  for (const { workforce, size } of state?.workforces ?? []) {
    for (const { level, index, width } of tilesOf(size)) {
      if (width === TILE_WIDTH) continue;
      const paths = [tilePath(level, index, width), ...(level === 0 ? [entriesPath(index, width)] : [])];
      yield* paths.map((path) => `w/${workforce}/${path}`).filter((path) => there.has(path));
    }
  }
}

async function put(file: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, bytes);
}

/**
 * A mirror's folder. What is served lies open in it; what belongs to the mirror itself lies in `.undersigned-mirror`, which no link leads to.
 * A run puts everything aside first. Only when all of it is there and right, it writes down what is to move and then moves it, the
 * checkpoints last: so a crash before leaves the old copy whole, and after it the next run ends what was begun. Files that are not the
 * mirror's own are never touched.
 */
import { mkdir, open, readdir, readFile, rename, rm, rmdir, unlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { encodeCanonical, type Infer, type JsonValue, parseCanonical, shape } from "@undersigned/core";
import { lastingOf } from "../copy-log/files-of-log.ts";
import { FollowError } from "../errors.ts";

export const OWN = ".undersigned-mirror";

const { day, integer, list, literal, object, text, bytes } = shape;
const path = text(1, 500);

const stateShape = object({
  type: literal("mirror-state"),
  v: literal(1),
  /** With a slash at its end. */
  url: text(1, 500),
  day,
  /** From the folder's root. */
  files: list(path, 0, 5_000_000),
  workforces: list(object({ workforce: bytes(32), size: integer() }), 0, 1000),
});
export type MirrorState = Infer<typeof stateShape>;

const planShape = object({
  type: literal("mirror-plan"),
  v: literal(1),
  moves: list(path, 0, 5_000_000),
  removals: list(path, 0, 5_000_000),
  state: stateShape,
});
type Plan = Infer<typeof planShape>;

const MOST_BYTES = 500_000_000;

export interface MirrorFolder {
  readonly root: string;
  /** Of the run before; null for a new folder. */
  readonly state: MirrorState | null;
  /** What is new is put here, under the paths that it will have. */
  readonly fresh: string;
  readonly raw: string;
  /** Takes over what was put aside. `files` are all files of the mirror; those that are neither aside nor there already are an error. */
  take(of: Omit<MirrorState, "type" | "v">): Promise<{ readonly changed: number; readonly removed: number }>;
  close(): Promise<void>;
}

/** For tests of crashes. */
export type Move = (from: string, to: string) => Promise<void>;

/**
 * Throws FollowError `folder-not-a-mirror` for a folder with other things in it, `folder-of-another` for a mirror of another address,
 * `folder-in-use` while another run is at it.
 */
export async function openMirrorFolder(
  root: string,
  url: string,
  move: Move = rename,
): Promise<MirrorFolder> {
  const own = join(root, OWN);
  const there = await readdir(root).catch((): string[] => []);
  if (there.length > 0 && !there.includes(OWN)) {
    throw new FollowError(
      "folder-not-a-mirror",
      "The folder has other things in it: name an empty one, or a mirror's.",
    );
  }
  await mkdir(own, { recursive: true });
  const unlock = await lock(join(own, "lock"));
  try {
    const [fresh, raw] = [join(own, "fresh"), join(own, "raw")];
    await finish(root, own, move);
    await rm(fresh, { recursive: true, force: true });
    await rm(raw, { recursive: true, force: true });
    const state = await readObject(join(own, "state.json"), stateShape);
    if (state !== null && state.url !== url) {
      throw new FollowError(
        "folder-of-another",
        "The folder is a mirror of another address: name another folder.",
      );
    }
    return {
      ...{ root, state, fresh, raw },
      async take(of) {
        const next: MirrorState = { type: "mirror-state", v: 1, ...of, files: [...of.files].sort() };
        const plan = await planOf(root, fresh, state, next);
        await writeObject(join(own, "plan.json"), plan);
        await finish(root, own, move);
        await rm(raw, { recursive: true, force: true });
        return { changed: plan.moves.length, removed: plan.removals.length };
      },
      async close() {
        await unlock();
      },
    };
  } catch (error) {
    await unlock();
    throw error;
  }
}

async function planOf(
  root: string,
  fresh: string,
  before: MirrorState | null,
  state: MirrorState,
): Promise<Plan> {
  const moves: string[] = [];
  for (const file of state.files) {
    const bytes = await readIfThere(join(fresh, file));
    if (bytes === null) continue;
    const old = await readIfThere(join(root, file));
    if (old === null || !bytes.equals(old)) moves.push(file);
  }
  const files = new Set(state.files);
  const removals = (before?.files ?? []).filter((file) => !files.has(file));
  return { type: "mirror-plan", v: 1, moves: moves.sort((a, b) => rankOf(a) - rankOf(b)), removals, state };
}

/** What nothing refers to yet comes first; what says how large the log is comes last. */
function rankOf(file: string): number {
  const inside = /^w\/[^/]+\/(.*)$/.exec(file)?.[1];
  if (inside === "checkpoint") return 3;
  if (inside === "index.json" || /^(?:openings|signatories)\//.test(inside ?? "")) return 2;
  return inside !== undefined && lastingOf(inside) === "for-good" ? 0 : 1;
}

/** Ends what a plan that is written down has begun, however far it came. */
async function finish(root: string, own: string, move: Move): Promise<void> {
  const plan = await readObject(join(own, "plan.json"), planShape);
  if (plan === null) return;
  const { moves, removals, state } = plan;
  // A file where there will be a folder, or the other way round, is in the way.
  const folders = new Set(moves.flatMap(foldersOf));
  const coming = new Set(moves);
  const inTheWay = removals.filter(
    (file) => folders.has(file) || foldersOf(file).some((one) => coming.has(one)),
  );
  for (const file of inTheWay) await remove(root, file);
  for (const file of moves) {
    await mkdir(dirname(join(root, file)), { recursive: true });
    await move(join(own, "fresh", file), join(root, file)).catch((error: NodeJS.ErrnoException) => {
      // It was moved before a crash.
      if (error.code !== "ENOENT") throw error;
    });
  }
  for (const file of removals) await remove(root, file);
  await writeObject(join(own, "state.json"), state);
  await unlink(join(own, "plan.json"));
  await rm(join(own, "fresh"), { recursive: true, force: true });
}

function foldersOf(file: string): string[] {
  const parts = file.split("/");
  return parts.slice(0, -1).map((_, i) => parts.slice(0, i + 1).join("/"));
}

/** With the folders that are empty then. */
async function remove(root: string, file: string): Promise<void> {
  await unlink(join(root, file)).catch(() => undefined);
  for (const folder of foldersOf(file).reverse()) {
    const gone = await rmdir(join(root, folder)).then(
      () => true,
      () => false,
    );
    if (!gone) return;
  }
}

async function readIfThere(file: string): Promise<Buffer | null> {
  return await readFile(file).catch(() => null);
}

async function readObject<T>(
  file: string,
  of: { check(value: JsonValue, path: string): T },
): Promise<T | null> {
  const bytes = await readIfThere(file);
  return bytes === null ? null : of.check(parseCanonical(new Uint8Array(bytes), MOST_BYTES), "");
}

/** Whole and durable, or not at all. */
async function writeObject(file: string, value: MirrorState | Plan): Promise<void> {
  const handle = await open(`${file}.new`, "w");
  try {
    await handle.writeFile(encodeCanonical(value as unknown as JsonValue));
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(`${file}.new`, file);
}

/** Of this machine's processes. One that a process left behind which is no more does not count. */
async function lock(file: string): Promise<() => Promise<void>> {
  const holder = Number(await readFile(file, "utf8").catch(() => ""));
  if (holder > 0 && holder !== process.pid && isRunning(holder)) throw inUse();
  if (held.has(file)) throw inUse();
  held.add(file);
  await writeFile(file, String(process.pid));
  return async () => {
    held.delete(file);
    await unlink(file).catch(() => undefined);
  };
}

const held = new Set<string>();

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function inUse(): FollowError {
  return new FollowError("folder-in-use", "Another run is at work in this folder: wait for it to end.");
}

/**
 * An empty PostgreSQL cluster, made once below node_modules/.cache and copied for each server that a test starts: making one
 * takes longer than most tests that use it. Several processes may make it at the same time: the first to be ready counts.
 */
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmod, cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const CLUSTER = "data";
const PASSWORD = "password";

export type EmptyCluster = {
  /** node_modules of this repository. */
  readonly modules: string;
  /** Of the binaries: another release's clusters are of no use to it. */
  readonly version: string;
  /** Makes a cluster in a folder that is not there yet. */
  initialise(folder: string, password: string): Promise<void>;
};

/** Puts a copy where nothing is yet, with the owner that the first has, and gives its superuser's password. */
export async function copyEmptyCluster(from: EmptyCluster, to: string): Promise<string> {
  const ready = await made(from);
  const data = join(ready, CLUSTER);
  if (process.platform === "win32") await cp(data, to, { recursive: true });
  else await promisify(execFile)("cp", ["-a", data, to]);
  return await readFile(join(ready, PASSWORD), "utf8");
}

async function made({ modules, version, initialise }: EmptyCluster): Promise<string> {
  const cache = join(modules, ".cache");
  const ready = join(cache, `undersigned-postgres-${version}-${process.arch}-${process.getuid?.() ?? ""}`);
  if (await readFile(join(ready, PASSWORD)).catch(() => null)) return ready;
  await mkdir(cache, { recursive: true });
  const staging = await mkdtemp(join(cache, "postgres-"));
  try {
    // The server may be another user than we are, and must be able to enter the folder above its own.
    await chmod(staging, 0o711);
    const password = randomBytes(16).toString("hex");
    await initialise(join(staging, CLUSTER), password);
    await writeFile(join(staging, PASSWORD), password, { mode: 0o600 });
    await rename(staging, ready).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOTEMPTY" && error.code !== "EEXIST") throw error;
    });
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
  return ready;
}

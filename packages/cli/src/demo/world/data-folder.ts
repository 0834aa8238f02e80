/** Where the demo keeps its databases and keys: a temporary folder that is removed, or one that was asked for and stays. */
import { mkdtempSync, rmSync } from "node:fs";
import { mkdir, readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { DemoError } from "../demo-error.ts";

export type DataFolder = {
  readonly path: string;
  readonly temporary: boolean;
  /** Removes a temporary folder with all that is in it. Also happens when the process ends, however it ends but by kill -9. */
  readonly remove: () => void;
};

/** Throws DemoError `data-not-empty` for a folder that has something in it: nothing of anyone's is ever overwritten. */
export async function openDataFolder(wanted: string | null): Promise<DataFolder> {
  if (wanted !== null) {
    const path = resolve(wanted);
    await mkdir(path, { recursive: true, mode: 0o700 });
    if ((await readdir(path)).length > 0) {
      throw new DemoError(
        "data-not-empty",
        "The folder given with --data is not empty. Give a new one for each run.",
      );
    }
    return { path, temporary: false, remove: () => {} };
  }
  const path = mkdtempSync(join(tmpdir(), "undersigned-demo-"));
  const remove = (): void => {
    process.off("exit", remove);
    rmSync(path, { recursive: true, force: true, maxRetries: 3 });
  };
  process.on("exit", remove);
  return { path, temporary: true, remove };
}

/** Public files in a folder: `#directory` on Node. Whoever filled the folder is not trusted: no link may lead out of it. */
import { constants } from "node:fs";
import { open, realpath, stat } from "node:fs/promises";
import { join, sep } from "node:path";
import { VerifyError } from "./errors.ts";
import { type FileSource, requirePlainPath, tooLarge } from "./source.ts";

/** `dir` is the log's prefix: the folder in which `checkpoint` lies. */
export function directorySource(dir: string): FileSource {
  let root: Promise<string> | undefined;
  return {
    read: async (path, maxBytes) => {
      requirePlainPath(path);
      root ??= realpath(dir);
      try {
        const base = await root;
        const file = await realpath(join(base, path));
        if (!file.startsWith(base.endsWith(sep) ? base : base + sep)) {
          throw new VerifyError("path-refused", `The file ${path} is a link that leads out of the folder.`);
        }
        return await readWhole(file, path, maxBytes);
      } catch (error) {
        if (error instanceof VerifyError) throw error;
        if (isMissing(error)) return null;
        throw new VerifyError(
          "source-unavailable",
          `The file ${path} could not be read: look at the folder's rights.`,
        );
      }
    },
  };
}

/** Never waits for a pipe or device that somebody put in the place of a file. */
async function readWhole(file: string, path: string, maxBytes: number): Promise<Uint8Array | null> {
  const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const { size } = await handle.stat().then((found) => (found.isFile() ? found : { size: -1 }));
    if (size < 0) return null;
    if (size > maxBytes) throw tooLarge(path, maxBytes);
    const bytes = new Uint8Array(size);
    let at = 0;
    while (at < size) {
      const { bytesRead } = await handle.read(bytes, at, size - at, at);
      if (bytesRead === 0) break;
      at += bytesRead;
    }
    return at === size ? bytes : bytes.slice(0, at);
  } finally {
    await handle.close();
  }
}

function isMissing(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return code === "ENOENT" || code === "ENOTDIR";
}

/** What a path of this machine is: a folder, or the bytes of a file of at most `maxBytes`; null when there is nothing. */
export async function openPath(
  path: string,
  maxBytes: number,
): Promise<{ readonly kind: "directory" } | { readonly kind: "file"; readonly bytes: Uint8Array } | null> {
  try {
    if ((await stat(path)).isDirectory()) return { kind: "directory" };
    const bytes = await readWhole(path, path, maxBytes);
    return bytes === null ? null : { kind: "file", bytes };
  } catch (error) {
    if (error instanceof VerifyError) throw error;
    return null;
  }
}

export function joinPath(...parts: readonly string[]): string {
  return join(...parts);
}

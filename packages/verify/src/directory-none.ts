/** `#directory` where there are no folders: browsers read from URLs and bundles. */
import { VerifyError } from "./errors.ts";
import type { FileSource } from "./source.ts";

function refused(): VerifyError {
  return new VerifyError(
    "source-refused",
    "Folders cannot be read here: give a URL, or the bytes of a bundle.",
  );
}

export function directorySource(_dir: string): FileSource {
  throw refused();
}

export async function openPath(
  _path: string,
  _maxBytes: number,
): Promise<{ readonly kind: "directory" } | { readonly kind: "file"; readonly bytes: Uint8Array } | null> {
  throw refused();
}

export function joinPath(...parts: readonly string[]): string {
  return parts.join("/");
}

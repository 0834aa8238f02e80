/** A source from what a person types: an address, a folder or a bundle file. */
import { directorySource, joinPath, openPath } from "#directory";
import { bundleSource } from "./bundle-source.ts";
import { VerifyError } from "./errors.ts";
import { type HttpOptions, httpSource } from "./http-source.ts";
import { CHECKPOINT_PATH } from "./public-files.ts";
import { type FileSource, LIMITS } from "./source.ts";

const MAX_BUNDLE_BYTES = 2_000_000_000;

/**
 * URL of the board, of a mirror or of the log's own prefix (with `/w/<workforce id>/` at its end or without); or a folder, the
 * same two ways; or a bundle. Throws VerifyError `source-refused` for anything else, and what the sources throw.
 */
export async function openSource(
  text: string,
  workforceId: string,
  options: HttpOptions = {},
): Promise<FileSource> {
  const below = `w/${workforceId}`;
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(text)) {
    const url = text.replace(/\/+$/, "");
    return httpSource(url.endsWith(`/${below}`) ? url : `${url}/${below}`, options);
  }
  const there = await openPath(text, MAX_BUNDLE_BYTES);
  if (there === null) {
    throw new VerifyError(
      "source-refused",
      "Give the address of a board or mirror, a folder of its files, or a bundle.",
    );
  }
  if (there.kind === "file") return bundleSource(there.bytes);
  const source = directorySource(text);
  const here = await source.read(CHECKPOINT_PATH, LIMITS.checkpoint);
  return here === null ? directorySource(joinPath(text, below)) : source;
}

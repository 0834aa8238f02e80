/**
 * Reading single files, with one answer for all that can go wrong: null, and a failure that names the file. What a hash
 * names is compared with it here, so callers never see other bytes.
 */
import { CoreError } from "@undersigned/core";
import { LogError } from "@undersigned/log";
import type { FailureCode, Found } from "./errors.ts";
import { VerifyError } from "./errors.ts";
import type { FileSource } from "./source.ts";

/** Where a failure about a file is to be shown. */
export interface Place {
  readonly leaf: number | null;
  readonly letter?: string;
}

/** The bytes, or null: with a failure where the source refused, without one where there is no such file. */
export async function readIfThere(
  source: FileSource,
  path: string,
  maxBytes: number,
  found: Found,
  { leaf, letter }: Place,
): Promise<Uint8Array | null> {
  try {
    return await source.read(path, maxBytes);
  } catch (error) {
    const code: FailureCode =
      error instanceof VerifyError && error.code === "file-too-large" ? "file-too-large" : "file-missing";
    found(code, leaf, `The file ${path} could not be read. ${messageOf(error)}`, letter);
    return null;
  }
}

/** As readIfThere(); a file that is not there is a failure. */
export async function readFile(
  source: FileSource,
  path: string,
  maxBytes: number,
  found: Found,
  place: Place,
): Promise<Uint8Array | null> {
  let refused = false;
  const note: Found = (...failure) => {
    refused = true;
    found(...failure);
  };
  const file = await readIfThere(source, path, maxBytes, note, place);
  if (file === null && !refused) {
    found(
      "file-missing",
      place.leaf,
      `The file ${path} is missing: get it from the board or a mirror.`,
      place.letter,
    );
  }
  return file;
}

/** The parsed file, or null with failure `code` naming what is wrong with it. */
export function parseFile<T>(
  parse: () => T,
  path: string,
  code: FailureCode,
  found: Found,
  { leaf, letter }: Place,
): T | null {
  try {
    return parse();
  } catch (error) {
    found(code, leaf, `The file ${path} is not in its format. ${messageOf(error)}`, letter);
    return null;
  }
}

/** Only messages of our own: those of others may quote what they failed on. */
export function messageOf(error: unknown): string {
  const ours = error instanceof VerifyError || error instanceof CoreError || error instanceof LogError;
  return ours ? error.message : "The source did not answer.";
}

/**
 * Files named on the command line. Reading is bounded; writing is whole or not at all, for the owner alone, and never
 * replaces a file unless the caller has made sure that it is the same thing in an older state.
 */
import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { access, type FileHandle, link, open, rename, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { CoreError, encodeCanonical, type JsonValue, parseCanonical, type Shape } from "@undersigned/core";
import { CliError } from "../errors.ts";

/** Larger than every manifest, statement, receipt and enrolment file. */
export const MAX_INPUT_BYTES = 1024 * 1024;

/** The bytes of a file, or null where there is none. Throws `file-too-large`, `file-unusable`. */
export async function readIfThere(path: string, maxBytes = MAX_INPUT_BYTES): Promise<Uint8Array | null> {
  let file: FileHandle;
  try {
    file = await open(path, constants.O_RDONLY);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    throw unusable();
  }
  try {
    const info = await file.stat();
    if (info.isDirectory()) throw unusable();
    if (info.size > maxBytes) {
      throw new CliError("file-too-large", "A file that was named is larger than what it should be can get.");
    }
    return new Uint8Array(await file.readFile());
  } finally {
    await file.close();
  }
}

/** As `readIfThere`, and throws `file-missing`. `what` names the file by its purpose. */
export async function readInput(path: string, what: string, maxBytes = MAX_INPUT_BYTES): Promise<Uint8Array> {
  const bytes = await readIfThere(path, maxBytes);
  if (bytes === null) throw new CliError("file-missing", `There is no file at the place given for ${what}.`);
  return bytes;
}

/** A file of canonical JSON in a shape. Throws `file-malformed` naming the field. */
export async function readObject<T>(path: string, what: string, shape: Shape<T>): Promise<T> {
  const bytes = await readInput(path, what);
  try {
    return shape.check(parseCanonical(bytes, MAX_INPUT_BYTES), "");
  } catch (error) {
    if (!(error instanceof CoreError)) throw error;
    throw new CliError("file-malformed", `The file given for ${what} is not one. ${error.message}`);
  }
}

/** A JSON file as people write it, with any spacing. Throws `file-malformed`. */
export async function readJson(path: string, what: string): Promise<JsonValue> {
  const bytes = await readInput(path, what);
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) as JsonValue;
  } catch {
    throw new CliError("file-malformed", `The file given for ${what} is not JSON in UTF-8.`);
  }
}

/**
 * Writes a whole file of mode 0600: after a crash it is there whole or not at all. Throws `file-exists` unless
 * `replace`, and `file-unusable` where the folder takes no file.
 */
export async function writeOutput(
  path: string,
  contents: Uint8Array,
  options: { readonly replace?: boolean } = {},
): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(8).toString("hex")}.tmp`);
  try {
    const file = await open(temporary, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY, 0o600);
    try {
      await file.writeFile(contents);
      await file.sync();
    } finally {
      await file.close();
    }
    if (options.replace === true) await rename(temporary, path);
    else {
      // link refuses a taken name in one step; a test followed by rename would not.
      await link(temporary, path);
      await unlink(temporary);
    }
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    if (codeOf(error) === "EEXIST") {
      throw fileExists();
    }
    throw new CliError(
      "file-unusable",
      "A file cannot be written at the place given: check that its folder is there and yours.",
    );
  }
}

/** Refuses a taken place before work is done for it. Throws `file-exists`. */
export async function requireFree(path: string | undefined): Promise<void> {
  if (path === undefined) return;
  const taken = await access(path).then(
    () => true,
    () => false,
  );
  if (taken) throw fileExists();
}

export async function writeObject(path: string, value: object): Promise<void> {
  await writeOutput(path, encodeCanonical(value as JsonValue));
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
}

function fileExists(): CliError {
  return new CliError(
    "file-exists",
    "There is a file at the place to write to. Name another, or move it away.",
  );
}

function unusable(): CliError {
  return new CliError(
    "file-unusable",
    "A file that was named cannot be read: check that it is a file and yours.",
  );
}

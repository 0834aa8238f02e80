/**
 * Unlisted letters (PROTOCOL §8): the text read with the key of the letter's link. What opens is the letter's text or
 * nothing, since its hash must be the letter's id.
 */
import {
  CoreError,
  type LetterManifest,
  openSealedLetter,
  parseLetterManifest,
  parseSealedLetter,
} from "@undersigned/core";
import { VerifyError } from "./errors.ts";
import { manifestPath, unlistedPath } from "./public-files.ts";
import { type FileSource, LIMITS } from "./source.ts";

/** Keys of links, 32 bytes each, by letter id. */
export type LinkKeys = ReadonlyMap<string, Uint8Array>;

/**
 * The text of an unlisted letter. Throws VerifyError `file-missing` if there is no sealed letter of this id, `file-malformed` for
 * one that is none, CoreError `wrong-link` if it does not open with this key, and what the source throws.
 */
export async function openUnlisted(
  source: FileSource,
  of: { readonly workforce: string; readonly letter: string },
  linkKey: Uint8Array,
): Promise<LetterManifest> {
  const file = await openFile(source, of, linkKey);
  if (file === null) {
    const message = `The file ${unlistedPath(of.letter)} is missing: the letter was never unlisted, or the mirror is not whole.`;
    throw new VerifyError("file-missing", message);
  }
  return parseLetterManifest(file);
}

/**
 * The same files, and the texts of the letters whose link is known among them, as if they were public. `opened` fills as texts
 * are read that are not.
 */
export function withLinkKeys(
  source: FileSource,
  workforce: string,
  linkKeys: LinkKeys,
): { readonly source: FileSource; readonly opened: ReadonlySet<string> } {
  const opened = new Set<string>();
  const letters = new Map([...linkKeys.keys()].map((letter) => [manifestPath(letter), letter]));
  const read: FileSource["read"] = async (path, maxBytes) => {
    const file = await source.read(path, maxBytes);
    const letter = letters.get(path);
    if (file !== null || letter === undefined) return file;
    const inside = await openFile(source, { workforce, letter }, linkKeys.get(letter)!);
    if (inside !== null) opened.add(letter);
    return inside;
  };
  return { source: { read }, opened };
}

async function openFile(
  source: FileSource,
  of: { readonly workforce: string; readonly letter: string },
  linkKey: Uint8Array,
): Promise<Uint8Array | null> {
  const path = unlistedPath(of.letter);
  const file = await source.read(path, LIMITS.sealedLetter);
  return file === null ? null : await openSealedLetter(parse(file, path), linkKey, of);
}

function parse(file: Uint8Array, path: string) {
  try {
    return parseSealedLetter(file);
  } catch (error) {
    const why = error instanceof CoreError ? error.message : "";
    throw new VerifyError("file-malformed", `The file ${path} is not in its format. ${why}`);
  }
}

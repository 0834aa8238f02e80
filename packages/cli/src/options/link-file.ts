/**
 * Links of unlisted letters. A link holds the key that reads the letter, so it never stands in a command: it is kept in a file of
 * its own, one line, as it is passed on.
 *
 *     <board>/w/<workforce>/letters/<letter>#<workforce>.u<key>
 */
import { hash32, linkKeyText, parseLinkKey, utf8Encode } from "@undersigned/core";
import { CliError } from "../errors.ts";
import { readInput, writeOutput } from "../io/files.ts";

export interface LetterLink {
  readonly workforce: string;
  readonly letter: string;
  readonly linkKey: Uint8Array;
}

const LINK = /\/letters\/([A-Za-z0-9_-]{43})#([A-Za-z0-9_-]{43})\.(u[A-Za-z0-9_-]{43})$/;
const MAX_LINK_BYTES = 2_000;

/** `prefix`: the board's address with the workforce's prefix. */
export function linkOf(prefix: string, { workforce, letter, linkKey }: LetterLink): string {
  return `${prefix}letters/${letter}#${workforce}.${linkKeyText(linkKey)}`;
}

/** Mode 600, whole or not at all. Throws `file-exists`. */
export function writeLink(path: string, link: string): Promise<void> {
  return writeOutput(path, utf8Encode(`${link}\n`));
}

/** Throws `file-missing`, and `file-malformed` for anything but one whole link of an unlisted letter of this workforce. */
export async function readLink(path: string, workforce: string): Promise<LetterLink> {
  const text = new TextDecoder().decode(await readInput(path, "the link", MAX_LINK_BYTES)).trim();
  const [, letter = "", of = "", key = ""] = LINK.exec(text) ?? [];
  const linkKey = parseLinkKey(key);
  if (linkKey === null || of !== workforce) {
    throw new CliError(
      "file-malformed",
      "The file does not hold the whole link of an unlisted letter of this workforce, on one line.",
    );
  }
  hash32.check(letter, "");
  return { workforce, letter, linkKey };
}

/** Letter leaves (PROTOCOL §4 rule 3, §3.4): one letter a slot, in one chain, opened by those who may. */
import {
  canonicalize,
  type LetterLeaf,
  type LetterManifest,
  letterId,
  parseLetterManifest,
  verifyObject,
} from "@undersigned/core";
import type { Found } from "./errors.ts";
import type { Ledger, Letter } from "./ledger.ts";
import { manifestPath } from "./public-files.ts";
import { parseFile, readIfThere } from "./read-files.ts";
import { type FileSource, LIMITS } from "./source.ts";

/**
 * Checks a letter leaf; `name` is its leaf hash, base64url. Returns the letter if its epoch is known and its id is new,
 * so that a recount can go on with it, and whether everything about it is right; null otherwise. It is not yet admitted.
 */
export async function checkLetterLeaf(
  ledger: Ledger,
  source: FileSource,
  leaf: LetterLeaf,
  index: number,
  name: string,
  found: Found,
): Promise<{ letter: Letter; right: boolean } | null> {
  let right = true;
  const note: Found = (code, at, message) => {
    right = false;
    found(code, at, message, leaf.letter);
  };
  const version = ledger.inForce;
  const epoch = ledger.epochs.get(leaf.epoch);
  const nth = ledger.letterLeaves.get(leaf.epoch) ?? 0;
  ledger.letterLeaves.set(leaf.epoch, nth + 1);
  const previous = ledger.lastLetter;
  ledger.lastLetter = name;

  if (leaf.workforce !== ledger.workforce)
    note("workforce-mismatch", index, "The letter is of another workforce.");
  if (leaf.slot < nth) {
    note(
      "letter-slot-taken",
      index,
      `Slot ${leaf.slot} of epoch ${leaf.epoch} belongs to an earlier letter.`,
    );
  } else if (leaf.slot > nth) {
    note(
      "letter-slot-skipped",
      index,
      `The letter has slot ${leaf.slot} of epoch ${leaf.epoch}; slot ${nth} is next.`,
    );
  }
  if (leaf.previous !== previous) {
    note(
      "letter-chain-broken",
      index,
      "The leaf does not name the letter leaf that stands before it in the log.",
    );
  }
  if (version === undefined || epoch === undefined) {
    note("letter-epoch", index, `Epoch ${leaf.epoch} has not begun.`);
    return null;
  }
  checkDays(leaf, epoch.leaf, index, note);
  if (!version.manifest.openers.includes(leaf.by)) {
    note("letter-opener", index, "The letter was opened by a key that may not open letters.");
  }
  if (!(await verifyObject(leaf, leaf.by)))
    note("signature-invalid", index, "The letter leaf is not signed by its opener.");
  const manifest = await readLetterManifest(source, leaf, index, note);
  if (ledger.letters.has(leaf.letter)) {
    note("letter-repeated", index, "This letter has been opened before.");
    return null;
  }
  return { letter: { leaf, index, epoch, version, manifest }, right };
}

function checkDays(
  leaf: LetterLeaf,
  epoch: { opens: string; closes: string },
  index: number,
  found: Found,
): void {
  if (leaf.opens > leaf.closes) found("letter-days", index, "The letter closes before it opens.");
  if (leaf.opens < epoch.opens || leaf.closes > epoch.closes) {
    found(
      "letter-days",
      index,
      `The letter's days do not lie within its epoch (${epoch.opens} to ${epoch.closes}).`,
    );
  }
}

/** Null when the manifest is not public, or is none of this letter, which is a failure. */
async function readLetterManifest(
  source: FileSource,
  leaf: LetterLeaf,
  index: number,
  found: Found,
): Promise<LetterManifest | null> {
  const path = manifestPath(leaf.letter);
  const place = { leaf: index, letter: leaf.letter };
  const file = await readIfThere(source, path, LIMITS.document, found, place);
  if (file === null) return null;
  if (letterId(file) !== leaf.letter) {
    found("manifest-mismatch", index, `The file ${path} is another text than the one that was opened.`);
    return null;
  }
  const manifest = parseFile(() => parseLetterManifest(file), path, "manifest-mismatch", found, place);
  if (manifest === null) return null;
  const agrees =
    manifest.workforce === leaf.workforce &&
    manifest.opens === leaf.opens &&
    manifest.closes === leaf.closes &&
    canonicalize(manifest.batch) === canonicalize(leaf.batch);
  if (!agrees) found("manifest-mismatch", index, "Letter and leaf differ in workforce, days or batch rule.");
  return manifest;
}

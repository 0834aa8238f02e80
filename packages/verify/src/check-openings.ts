/**
 * Openings (PROTOCOL §7, §8): every shown name, role and place is the one that its leaf commits to, stands on its page and
 * is of a kind that the letter offers. An opening that is not there proves nothing: it may have been erased.
 */
import {
  appearanceAllowed,
  CLASSES,
  commitmentOf,
  type EndorsementClass,
  type Opening,
} from "@undersigned/core";
import type { Found } from "./errors.ts";
import type { Ledger } from "./ledger.ts";
import type { LetterRecord } from "./letter-record.ts";
import { OPENINGS_PER_PAGE, openingsPage, openingsPath, parsePublicFile } from "./public-files.ts";
import { parseFile, readIfThere } from "./read-files.ts";
import type { KeyState } from "./signatory-state.ts";
import { type FileSource, LIMITS } from "./source.ts";

export interface ShownAs {
  named: number;
  role: number;
  /** No name, role or place is shown: the person chose so, or took it back. */
  anonymousOrErased: number;
}

export interface OpeningsCheck {
  readonly appearances: Readonly<Record<EndorsementClass, Readonly<ShownAs>>>;
  /** Pages that are not among the files. */
  readonly missingPages: number;
}

/** Reads every page of a letter. */
export async function checkOpenings(
  source: FileSource,
  ledger: Ledger,
  record: LetterRecord,
  found: Found,
): Promise<OpeningsCheck> {
  const { states, letter } = record;
  const shown = { mailbox: { named: 0, role: 0 }, vouched: { named: 0, role: 0 } };
  const rules = rulesOf(ledger, record);
  let missingPages = 0;
  let page = new Map<number, readonly [string, KeyState]>();
  let number = 0;
  const judge = async () => {
    const there = await checkPage(source, letter.leaf.letter, number, page, rules, shown, found);
    if (!there) missingPages++;
    page = new Map();
    number++;
  };
  for (const entry of states.keys) {
    page.set(entry[1].index, entry);
    if (page.size === OPENINGS_PER_PAGE) await judge();
  }
  if (page.size > 0) await judge();
  const { counted } = states;
  const appearances = Object.fromEntries(
    CLASSES.map((cls) => {
      const { named, role } = shown[cls];
      return [cls, { named, role, anonymousOrErased: counted[cls] - named - role }];
    }),
  ) as Record<EndorsementClass, ShownAs>;
  return { appearances, missingPages };
}

interface AppearanceRules {
  readonly roles: readonly string[];
  readonly places: readonly string[];
  readonly offered: readonly string[];
}

/** What was on the lists at any time of the epoch may stay shown. */
function rulesOf(ledger: Ledger, { letter }: LetterRecord): AppearanceRules {
  const versions = ledger.versionsSince(letter.epoch).map(({ manifest }) => manifest);
  return {
    roles: versions.flatMap((manifest) => manifest.roles),
    places: versions.flatMap((manifest) => manifest.places),
    offered: letter.manifest?.appearances ?? ["anonymous", "named", "role"],
  };
}

/** `keys`: the page's keys by the index of the leaf that is their state. Whether the file is there. */
async function checkPage(
  source: FileSource,
  letter: string,
  page: number,
  keys: ReadonlyMap<number, readonly [string, KeyState]>,
  rules: AppearanceRules,
  shown: Record<EndorsementClass, { named: number; role: number }>,
  found: Found,
): Promise<boolean> {
  const path = openingsPath(letter, page);
  const file = await readIfThere(source, path, LIMITS.openings, found, { leaf: null, letter });
  if (file === null) return false;
  const parse = () => parsePublicFile(file, openingsPage, LIMITS.openings);
  const parsed = parseFile(parse, path, "file-malformed", found, { leaf: null, letter });
  if (parsed === null) return true;
  if (parsed.letter !== letter || parsed.page !== page) {
    found("opening-misplaced", null, `The file ${path} is another page than its name says.`, letter);
  }
  let before = -1;
  for (const { index, opening } of parsed.entries) {
    const key = keys.get(index);
    if (index <= before || key === undefined || key[1].commitment === null) {
      const message = `${path} shows an opening for a leaf that is not on this page, is no key's state, or comes twice.`;
      found("opening-misplaced", index, message, letter);
    } else if (checkOpening(opening, key, letter, index, rules, found)) {
      const { kind } = opening.appearance;
      if (kind !== "anonymous") shown[key[1].class][kind]++;
    }
    before = index;
  }
  return true;
}

function checkOpening(
  opening: Opening,
  [key, state]: readonly [string, KeyState],
  letter: string,
  index: number,
  rules: AppearanceRules,
  found: Found,
): boolean {
  const names = opening.letter === letter && opening.key === key && opening.seq === state.seq;
  if (!names || commitmentOf(opening) !== state.commitment) {
    found("opening-mismatch", index, "What is shown is not what the signatory committed to.", letter);
    return false;
  }
  if (!appearanceAllowed(opening.appearance, rules, rules.offered)) {
    const message =
      "What is shown is of a kind that the letter does not offer, or not on the workforce's lists.";
    found("opening-not-offered", index, message, letter);
    return false;
  }
  return true;
}

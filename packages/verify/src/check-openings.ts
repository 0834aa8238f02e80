/**
 * Openings (PROTOCOL §7, §8): every shown name, role and place is the one that its leaf commits to, stands on its page and
 * is of a kind that the letter offers; a name that is shown as confirmed was confirmed. An opening that is not there proves nothing: it may
 * have been erased. Nor does one that is hidden: what it would show cannot be checked, and only that its key shows nothing is said.
 */
import {
  type Appearance,
  appearanceAllowed,
  CLASSES,
  commitmentOf,
  type EndorsementClass,
  type HiddenEntry,
  isNameConfirmed,
  isShown,
  type LetterManifest,
  type Opening,
  type SlotRef,
} from "@undersigned/core";
import type { Found } from "./errors.ts";
import type { Ledger } from "./ledger.ts";
import type { LetterRecord } from "./letter-record.ts";
import { OPENINGS_PER_PAGE, openingsPage, openingsPath, parsePublicFile } from "./public-files.ts";
import { parseFile, readIfThere } from "./read-files.ts";
import type { KeyState } from "./signatory-state.ts";
import { type FileSource, LIMITS } from "./source.ts";

export interface ShownAs {
  /** By name, whoever says that it is theirs. */
  named: number;
  /** How many of those names as many registrars have confirmed as a signature needs; the others gave theirs themselves. */
  confirmed: number;
  role: number;
  /** What the person chose to show is hidden, by the rules for shown text or because they asked (decision 19). */
  hidden: number;
  /** No name, role or place is shown: the person chose so, or took it back. */
  anonymousOrErased: number;
}

/** Openings that check out, in the order of the log. */
export interface CollectedOpenings {
  readonly shown: { readonly class: EndorsementClass; readonly appearance: Appearance }[];
  readonly hidden: (HiddenEntry["hidden"] & { readonly class: EndorsementClass })[];
}

export interface OpeningsCheck {
  readonly appearances: Readonly<Record<EndorsementClass, Readonly<ShownAs>>>;
  /** Pages that are not among the files. */
  readonly missingPages: number;
}

/** Reads every page of a letter. `collected` fills with what is shown. */
export async function checkOpenings(
  source: FileSource,
  ledger: Ledger,
  record: LetterRecord,
  found: Found,
  collected: CollectedOpenings | null = null,
): Promise<OpeningsCheck> {
  const { states, letter } = record;
  const shown = { mailbox: nothingShown(), vouched: nothingShown() };
  const rules = rulesOf(ledger, record);
  let missingPages = 0;
  let page = new Map<number, readonly [string, KeyState]>();
  let number = 0;
  const judge = async () => {
    const there = await checkPage(
      source,
      letter.leaf.letter,
      number,
      page,
      rules,
      { shown, collected },
      found,
    );
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
      const { named, confirmed, role, hidden } = shown[cls];
      const anonymousOrErased = counted[cls] - named - role - hidden;
      return [cls, { named, confirmed, role, hidden, anonymousOrErased }];
    }),
  ) as Record<EndorsementClass, ShownAs>;
  return { appearances, missingPages };
}

type Shown = Omit<ShownAs, "anonymousOrErased">;

function nothingShown(): Shown {
  return { named: 0, confirmed: 0, role: 0, hidden: 0 };
}

interface AppearanceRules {
  readonly roles: readonly string[];
  readonly places: readonly string[];
  readonly letter: Pick<LetterManifest, "appearances" | "names">;
  readonly at: SlotRef;
  readonly confirmations: {
    readonly pattern: boolean;
    readonly quorum: number;
    readonly registrars: ReadonlySet<string>;
  };
}

/** What was on the lists at any time of the epoch may stay shown. Names are confirmed by the terms that it began with. */
function rulesOf(ledger: Ledger, { letter }: LetterRecord): AppearanceRules {
  const versions = ledger.versionsSince(letter.epoch).map(({ manifest }) => manifest);
  const { names, quorum } = letter.epoch.version.manifest;
  return {
    roles: versions.flatMap((manifest) => manifest.roles),
    places: versions.flatMap((manifest) => manifest.places),
    letter: letter.manifest ?? { appearances: ["anonymous", "named", "role"], names: "any" },
    at: { workforce: ledger.workforce, epoch: letter.leaf.epoch, slot: letter.leaf.slot },
    confirmations: {
      pattern: names !== null,
      quorum,
      registrars: new Set(letter.epoch.statements.keys()),
    },
  };
}

interface Into {
  readonly shown: Record<EndorsementClass, Shown>;
  readonly collected: CollectedOpenings | null;
}

/** `keys`: the page's keys by the index of the leaf that is their state. Whether the file is there. */
async function checkPage(
  source: FileSource,
  letter: string,
  page: number,
  keys: ReadonlyMap<number, readonly [string, KeyState]>,
  rules: AppearanceRules,
  { shown, collected }: Into,
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
  for (const entry of parsed.entries) {
    const { index } = entry;
    const key = keys.get(index);
    if (index <= before || key === undefined || key[1].commitment === null) {
      const message = `${path} shows an opening for a leaf that is not on this page, is no key's state, or comes twice.`;
      found("opening-misplaced", index, message, letter);
    } else if (!isShown(entry)) {
      shown[key[1].class].hidden++;
      collected?.hidden.push({ ...entry.hidden, class: key[1].class });
    } else if (await checkOpening(entry.opening, key, letter, index, rules, found)) {
      const { appearance } = entry.opening;
      collected?.shown.push({ class: key[1].class, appearance });
      const counts = shown[key[1].class];
      if (appearance.kind !== "anonymous") counts[appearance.kind]++;
      if (appearance.kind === "named" && appearance.confirmed !== null) counts.confirmed++;
    }
    before = index;
  }
  return true;
}

async function checkOpening(
  opening: Opening,
  [key, state]: readonly [string, KeyState],
  letter: string,
  index: number,
  rules: AppearanceRules,
  found: Found,
): Promise<boolean> {
  const names = opening.letter === letter && opening.key === key && opening.seq === state.seq;
  if (!names || commitmentOf(opening) !== state.commitment) {
    found("opening-mismatch", index, "What is shown is not what the signatory committed to.", letter);
    return false;
  }
  if (!appearanceAllowed(opening.appearance, rules, rules.letter)) {
    const message =
      "What is shown is of a kind that the letter does not offer, a name that it does not take, or not on the workforce's lists.";
    found("opening-not-offered", index, message, letter);
    return false;
  }
  const terms = { class: state.class, ...rules.confirmations };
  if (!(await isNameConfirmed(opening, rules.at, terms))) {
    const message = "A name is shown as confirmed, and the registrars that must have confirmed it have not.";
    found("name-not-confirmed", index, message, letter);
    return false;
  }
  return true;
}

/**
 * What makes a name under a letter wait for a look. It decides nothing: people have names of every kind, and a person says
 * in the end. Compared with lists that the organisers keep.
 */
import { findInvisible } from "../text/invisible.ts";
import { findLookalikes } from "../text/lookalike.ts";
import { readsAs } from "./impersonation.ts";
import { holdsSlur } from "./slurs.ts";

export interface ShownNameRules {
  /** Names of the addressee: a person's, and a company's. */
  readonly addressees: readonly string[];
  /** Names of people whom others would pretend to be. */
  readonly figures: readonly string[];
  /** Words in any language, in addition to the English ones. */
  readonly slurs: readonly string[];
}

export type ShownTextKind = "impersonation" | "slur" | "link" | "invisible" | "length" | "not-a-name";

export interface ShownTextHit {
  readonly kind: ShownTextKind;
  /** One plain sentence for the organiser who looks. Does not repeat the name. */
  readonly words: string;
}

/** In code points. */
export const SHOWN_NAME_MOST = 60;
/** So many words, and it is a sentence. */
const WORDS_MOST = 9;
/** No more is looked at, however long it is: length is a hit by itself. */
const LOOK_AT = 200;

const WORDS: Readonly<Record<ShownTextKind, string>> = {
  impersonation: "This reads as the name of the addressee or of somebody on your list.",
  slur: "This may hold an insult. Some people's real names do.",
  link: "This holds a web address, a mail address or the name of an account.",
  invisible: "This holds characters that nobody sees, or letters that pose as others.",
  length: `This is longer than ${SHOWN_NAME_MOST} characters.`,
  "not-a-name": "This does not read as a name.",
};

const ENDINGS =
  "com|org|net|edu|gov|io|co|me|info|biz|app|dev|xyz|link|site|online|ly|gl|ai|gg|tv|to|uk|us|eu|de|fr|es|it|nl|pl|ru|cn|jp|in|br|ca|au|ch|at|se|no|dk|be";
const LINK = new RegExp(
  `:\\/\\/|\\bwww\\.|[\\p{L}\\p{N}]@[\\p{L}\\p{N}]|(?:^|\\s)@[\\p{L}\\p{N}_]{2,}|[\\p{L}\\p{N}-]{3,}\\.(?:${ENDINGS})(?![\\p{L}\\p{N}])`,
  "iu",
);

/** In the order of the kinds; empty for what can be shown at once. */
export function judgeShownName(name: string, rules: ShownNameRules): ShownTextHit[] {
  const head = name.slice(0, LOOK_AT);
  const kinds: ShownTextKind[] = [];
  if ([...rules.addressees, ...rules.figures].some((person) => readsAs(head, person)))
    kinds.push("impersonation");
  if (holdsSlur(head, rules.slurs)) kinds.push("slur");
  if (LINK.test(head)) kinds.push("link");
  if (hides(head)) kinds.push("invisible");
  if ([...name].length > SHOWN_NAME_MOST) kinds.push("length");
  if (!isName(head)) kinds.push("not-a-name");
  return kinds.map((kind) => ({ kind, words: WORDS[kind] }));
}

/** Marks in a pile cover the lines above and below. */
const hides = (name: string) =>
  findInvisible(name).length > 0 || findLookalikes(name).length > 0 || /\p{M}{5,}/u.test(name);

function isName(name: string): boolean {
  if (/[\r\n\t]/.test(name) || !/\p{L}/u.test(name)) return false;
  return name.trim().split(/\s+/u).length <= WORDS_MOST;
}

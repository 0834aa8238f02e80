/**
 * What a name looks like, so that two that look alike are one: Unicode's skeleton (UTS 39, clause 4) for letters, folded
 * further by what people do to get past a list: another case, accents, figures for letters, other spaces.
 */
import { latinOf } from "../lookalikes.ts";

const FIGURES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    "0": "o",
    "1": "l",
    "3": "e",
    "4": "a",
    "5": "s",
    "7": "t",
    $: "s",
    "@": "a",
    "|": "l",
    "!": "l",
    i: "l",
    ı: "l",
    ł: "l",
    ø: "o",
    đ: "d",
    ß: "ss",
    æ: "ae",
    œ: "oe",
    ɑ: "a",
    ɡ: "g",
  }),
);

/** Words around a name that say nothing of whose it is. */
const TITLES = new Set(
  [
    "dr",
    "prof",
    "professor",
    "mr",
    "mrs",
    "ms",
    "mx",
    "sir",
    "dame",
    "lord",
    "lady",
    "hon",
    "rev",
    "herr",
    "frau",
    "jr",
    "sr",
    "ii",
    "iii",
    "phd",
    "md",
    "esq",
    "the",
    "real",
    "official",
  ].map(folded),
);

/** The words of a name in that form, without titles; hyphens and points part words, apostrophes do not. */
export function skeletonOf(name: string): string[] {
  const words = name
    .normalize("NFKC")
    .replace(/[\p{Default_Ignorable_Code_Point}\p{Cf}'’`´ʼ]/gu, "")
    .split(/[^\p{L}\p{M}\p{N}$@|!]+/u)
    .map(folded)
    .filter((word) => word !== "");
  const kept = words.filter((word) => !TITLES.has(word));
  return kept.length === 0 ? words : kept;
}

function folded(word: string): string {
  const letters = [...word.normalize("NFKD").replace(/\p{M}/gu, "")].map(latinOf).join("").toLowerCase();
  const plain = [...letters.normalize("NFKD").replace(/\p{M}/gu, "")]
    .map((one) => FIGURES.get(one) ?? one)
    .join("");
  return plain.replaceAll("rn", "m").replaceAll("vv", "w");
}

/** Whether one letter put in, left out, changed or swapped with its neighbour makes one of the other. */
export function isOneEdit(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.length - short.length > 1) return false;
  let i = 0;
  while (i < short.length && short[i] === long[i]) i++;
  if (short.length < long.length) return short.slice(i) === long.slice(i + 1);
  if (short.slice(i + 1) === long.slice(i + 1)) return true;
  return short[i] === long[i + 1] && short[i + 1] === long[i] && short.slice(i + 2) === long.slice(i + 2);
}

/**
 * Text of a file made text of a row: what core's rules for text refuse is taken out or replaced, so that a row never fails for
 * a line break in a description. The attacker controls every character.
 */

const BREAKS_AND_CONTROLS = /[\p{Cc}\s]+/gu;
/** Signs of direction, and what is drawn as nothing: a name with one would be another name that looks the same. */
const UNSEEN = /[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu;
/** What is clean as it stands, as most texts are: printable ASCII with single spaces between words. */
const CLEAN = /^(?:[!-~]+(?: [!-~]+)*)?$/;
const ASCII = /^[ -~]*$/;
/** A text this many times longer than allowed is cut before it is looked at. */
const MARGIN = 8;

/** What shows that a text was cut. */
export const CUT = "…";

/** One line in NFC of at most `max` code points, cut visibly; "" where nothing is left. */
export function cleanLine(raw: string, max: number): string {
  if (raw.length <= max && CLEAN.test(raw)) return raw;
  const cut = raw.length > max * MARGIN;
  const line = (cut ? raw.slice(0, max * MARGIN) : raw)
    .toWellFormed()
    .replace(UNSEEN, "")
    .replace(BREAKS_AND_CONTROLS, " ")
    .trim()
    .normalize("NFC");
  if (!cut && line.length <= max) return line;
  const points = Array.from(line);
  if (!cut && points.length <= max) return line;
  return `${points
    .slice(0, max - 1)
    .join("")
    .trimEnd()}${CUT}`;
}

/**
 * The same text in memory of its own. What is sliced from a text keeps the whole of it alive (in V8), which for a few words of
 * each of many pieces of a file would be the file.
 */
export function ownCopy(text: string): string {
  return ` ${text}`.slice(1);
}

/** How names are compared: without case, width and number of spaces. */
export function foldName(name: string): string {
  return (ASCII.test(name) ? name : name.normalize("NFKC"))
    .toLowerCase()
    .replace(/[\p{Cc}\s]+/gu, " ")
    .trim();
}

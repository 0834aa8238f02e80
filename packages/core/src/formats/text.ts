/**
 * What text may be. Two degrees: text of manifests (long, an organiser's own), and *shown text* (a name, role or place
 * that a stranger supplies and every reader sees), which is held to more (PROTOCOL §7).
 */

/** Characters of a name that is shown. */
export const MAX_NAME = 100;

const PLAIN = /^[\x20-\x7e]*$/;
const CONTROL = /[\p{Cc}\p{Cs}]/u;
const CONTROL_BUT_LINE_FEED = /[\p{Cs}]|(?!\n)\p{Cc}/u;
const BIDI_OVERRIDE = /[\u202a-\u202e\u2066-\u2069]/;
const NOT_SHOWN = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/u;
/** What is drawn as nothing and is yet no format character: a name of these would be blank, or look like another. */
const BLANK = /[\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0]/;
/** Picks a form of a Han or Mongolian letter; behind others it shows nothing. */
const STRAY_SELECTOR = /(?<![\p{Script=Han}\p{Script=Mongolian}])\p{Variation_Selector}/u;
const JOINER_AWAY_FROM_LETTERS = /(?<![\p{L}\p{M}])[\u200c\u200d]|[\u200c\u200d](?![\p{L}\p{M}])/u;
const STACKED_MARKS = /\p{M}{5}/u;
const ODD_SPACE = /(?! )\p{Zs}| {2}|^ | $/u;

function codePoints(value: string): number {
  let count = 0;
  for (const _ of value) count++;
  return count;
}

/** What a text of a manifest must be and is not, as the end of a sentence, or null if all is well. */
export function checkText(value: string, min: number, max: number, lines: boolean): string | null {
  const range = `text of ${min} to ${max} characters`;
  if (value.length > max * 2) return range;
  if (PLAIN.test(value)) return value.length < min || value.length > max ? range : null;
  const length = codePoints(value);
  if (length < min || length > max) return range;
  if ((lines ? CONTROL_BUT_LINE_FEED : CONTROL).test(value)) return "text without control characters";
  if (BIDI_OVERRIDE.test(value)) return "text without direction overrides";
  if (value.normalize("NFC") !== value) return "text in Unicode normalisation form C";
  return null;
}

/** What a shown text must be and is not, as the end of a sentence, or null if all is well. */
export function checkShownText(value: string, max: number): string | null {
  const problem = checkText(value, 1, max, false);
  if (problem !== null) return problem;
  if (
    NOT_SHOWN.test(value) ||
    BLANK.test(value) ||
    STRAY_SELECTOR.test(value) ||
    JOINER_AWAY_FROM_LETTERS.test(value)
  )
    return "text without invisible characters";
  if (STACKED_MARKS.test(value)) return "text with at most four combining marks on a letter";
  if (ODD_SPACE.test(value)) return "text with single plain spaces between words only";
  return null;
}

/**
 * @undersigned/clean/words: every sentence in which this package says what it found, so that others can say it in other
 * languages. One that is not here is a type error where it is said.
 */
import { WORDS as NAME } from "./files/clean-file.ts";
import { WORDS as ADVICE } from "./files/format.ts";
import { WORDS as PAGE, LEFT_WORDS as PAGE_LEFT } from "./files/html-rules.ts";
import { WORDS as PDF } from "./files/pdf-rules.ts";
import { WORDS as PICTURE } from "./files/report.ts";
import { WORDS as INVISIBLE } from "./text/invisible.ts";
import { WORDS as LOOKALIKE } from "./text/lookalike.ts";
import { WORDS as MARKUP } from "./text/markup.ts";
import { WORDS as PERSONAL } from "./text/personal.ts";
import { WORDS as LINK } from "./text/tracked-link.ts";

export const FOUND_WORDS = [
  LINK,
  MARKUP,
  INVISIBLE,
  LOOKALIKE,
  PERSONAL,
  ADVICE,
  PAGE,
  PAGE_LEFT,
  PICTURE,
  PDF,
  NAME,
].flatMap((words) => Object.values(words));

export type FoundWords = (typeof FOUND_WORDS)[number];

/**
 * Names that a registrar's operator has checked in some other way (decision 15): any script, but one. An operator sees a
 * name and not its code points, so what looks like another name is refused here.
 */
import { checkShownText, MAX_NAME } from "../formats/text.ts";

/** The scripts that Unicode recommends for identifiers (UAX #31, table 5) and those in wide use for names beside them. */
const SCRIPTS =
  "Latn Grek Cyrl Armn Geor Hebr Ethi Thai Laoo Tibt Khmr Mymr Cher Cans Tfng Adlm Nkoo Yiii Olck " +
  "Hani+Hira+Kana Hang+Hani Hani+Bopo";
/** Those in which an invisible joiner between letters changes how a name is written. */
const JOINING_SCRIPTS = "Arab Syrc Thaa Mong Deva Beng Guru Gujr Orya Taml Telu Knda Mlym Sinh";

/** Letters with their marks, and what stands between them in names; ʻ and ʼ are letters to Unicode, of many scripts. */
const NAME = /^(?:\p{L}[\p{Mn}\p{Mc}]*|[ .'’·・-])+$/u;
const BETWEEN = /[ .'’ʻʼ·・-]/g;
const JOINERS = /[\u200c\u200d]/g;
/** Not seen, and not refused in a shown text: fillers, selectors of variants. Joiners are looked at by script. */
const UNSEEN = /(?![\u200c\u200d])\p{Default_Ignorable_Code_Point}/u;
/** Vowels of Thai and Lao that compatibility takes apart although they are written as one. */
const SIGNS_AM = /[\u0e33\u0eb3]/g;

/** Whether all letters are of one of these. Marks of no script of their own (Zinh) go with any. */
function areOfOne(letters: string, scripts: string): boolean {
  return scripts.split(" ").some((script) => {
    const own = script.replaceAll("+", " ").replace(/ ?(\w+)/g, "\\p{Script_Extensions=$1}");
    return new RegExp(`^[${own}\\p{Script_Extensions=Zinh}]+$`, "u").test(letters);
  });
}

/**
 * What a name that a registrar notes must be and is not, as the end of a sentence, or null if all is well: shown text of
 * at most 100 characters in letters of one script (Script_Extensions), Japanese, Korean and Chinese with Bopomofo being
 * one each; no digits, symbols, ligatures or letters of another width.
 */
export function checkNotedName(name: string): string | null {
  const problem = checkShownText(name, MAX_NAME);
  if (problem !== null) return problem;
  if (UNSEEN.test(name)) return "text without invisible characters";
  if (/\p{N}/u.test(name)) return "text without digits";
  const plain = name.replace(SIGNS_AM, "");
  if (plain.normalize("NFKC") !== plain)
    return "text without ligatures and letters of special widths or styles";
  const joined = name.replace(JOINERS, "");
  if (!NAME.test(joined)) {
    return "text of letters with nothing but spaces, full stops, apostrophes and hyphens between";
  }
  const letters = joined.replace(BETWEEN, "");
  if (letters === "") return "text with a letter in it";
  const scripts = joined === name ? `${SCRIPTS} ${JOINING_SCRIPTS}` : JOINING_SCRIPTS;
  return areOfOne(letters, scripts) ? null : "text in letters of one script";
}

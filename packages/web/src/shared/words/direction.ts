/** Which way a language is written, from its BCP 47 tag. */

const RIGHT_TO_LEFT = new Set([
  "ar",
  "arc",
  "azb",
  "bal",
  "ckb",
  "dv",
  "fa",
  "glk",
  "he",
  "iw",
  "khw",
  "ks",
  "lrc",
  "mzn",
  "nqo",
  "pnb",
  "ps",
  "rhg",
  "sd",
  "syr",
  "ug",
  "ur",
  "yi",
]);
const SCRIPTS = new Set(["Adlm", "Arab", "Aran", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"]);

interface WithTextInfo {
  getTextInfo?(): { direction?: string };
}

/** `ltr` for tags that nobody knows. */
export function directionOf(language: string): "ltr" | "rtl" {
  try {
    const locale = new Intl.Locale(language);
    const known = (locale as WithTextInfo).getTextInfo?.().direction;
    if (known === "rtl" || known === "ltr") return known;
    return rightToLeft(locale.language, locale.script) ? "rtl" : "ltr";
  } catch {
    const [first = "", second = ""] = language.split("-");
    return rightToLeft(first.toLowerCase(), second) ? "rtl" : "ltr";
  }
}

function rightToLeft(language: string, script: string | undefined): boolean {
  if (script?.length === 4) return SCRIPTS.has(script);
  return RIGHT_TO_LEFT.has(language);
}

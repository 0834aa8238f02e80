/** The languages of the interface. The first is the one in which everything is written. */
export const LANGUAGES = ["en", "es", "fr", "de", "ar", "zh"] as const;
export type Language = (typeof LANGUAGES)[number];

interface Manner {
  /** The language's own name for itself. */
  readonly name: string;
  readonly direction: "ltr" | "rtl";
  /** For numbers, days and lists. Digits are Latin in all: whoever compares a number with a badge or a file sees the same ones. */
  readonly locale: string;
  /** Whether "between 3 and 20 November" may leave out of the first day what both share. */
  readonly sharesDays: boolean;
}

export const MANNERS: Readonly<Record<Language, Manner>> = {
  en: { name: "English", direction: "ltr", locale: "en-GB", sharesDays: true },
  es: { name: "Español", direction: "ltr", locale: "es", sharesDays: true },
  fr: { name: "Français", direction: "ltr", locale: "fr", sharesDays: true },
  de: { name: "Deutsch", direction: "ltr", locale: "de", sharesDays: true },
  ar: { name: "العربية", direction: "rtl", locale: "ar-u-nu-latn", sharesDays: true },
  zh: { name: "中文", direction: "ltr", locale: "zh-Hans-CN", sharesDays: false },
};

export function isLanguage(text: string): text is Language {
  return (LANGUAGES as readonly string[]).includes(text);
}

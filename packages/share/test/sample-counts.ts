/** The same count in each language of the interface, for pictures. Words of the real catalogues may differ. */
import type { EmbeddedCount } from "../src/index.ts";

const LETTER = "https://letters.example.com/w/AAAA/letters/BBBB";

type Said = Pick<EmbeddedCount, "title" | "count" | "unit" | "note">;

export const SAID: Readonly<Record<string, Said>> = {
  en: {
    title: "Cancel the contract with the agency",
    count: "1,234",
    unit: "signatories",
    note: "Recounted from public files on 3 December 2026",
  },
  es: {
    title: "Cancelad el contrato con la agencia",
    count: "1.234",
    unit: "firmantes",
    note: "Recontado a partir de los archivos públicos el 3 de diciembre de 2026",
  },
  fr: {
    title: "Annulez le contrat avec l’agence",
    count: "1 234",
    unit: "signataires",
    note: "Recompté à partir des fichiers publics le 3 décembre 2026",
  },
  de: {
    title: "Kündigt den Vertrag mit der Behörde",
    count: "1.234",
    unit: "Unterzeichnende",
    note: "Aus öffentlichen Dateien nachgezählt am 3. Dezember 2026",
  },
  ar: {
    title: "ألغوا العقد مع الوكالة",
    count: "1,234",
    unit: "موقّعًا",
    note: "أُعيد العدّ من الملفات العامة في 3 ديسمبر 2026",
  },
  zh: {
    title: "取消与该机构的合同",
    count: "1,234",
    unit: "位签署人",
    note: "2026年12月3日根据公开文件重新计数",
  },
};

export function sampleCount(language: string, more: Partial<EmbeddedCount> = {}): EmbeddedCount {
  const direction = language === "ar" ? "rtl" : "ltr";
  return {
    ...SAID[language]!,
    titleLanguage: language,
    titleDirection: direction,
    language,
    direction,
    letter: LETTER,
    ...more,
  };
}

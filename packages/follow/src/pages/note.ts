/** What a mirror's page says of itself, first of all: whose copy it is, of which day, and where what is done is done. */
import type { Day } from "@undersigned/core";

type Words = (board: string, day: string) => string;

const WORDS: Readonly<Record<string, Words>> = {
  ar: (board, day) => `هذه نسخة من ${board} كما كانت في ${day}. كل ما يُفعل، كالتوقيع، يؤدي إلى هناك.`,
  de: (board, day) =>
    `Dies ist eine Kopie von ${board} mit dem Stand vom ${day}. Was zu tun ist, etwa unterschreiben, geschieht dort.`,
  en: (board, day) =>
    `This is a copy of ${board} as of ${day}. What is done, such as signing, is done there.`,
  es: (board, day) =>
    `Esta es una copia de ${board} a fecha de ${day}. Lo que se hace, como firmar, se hace allí.`,
  fr: (board, day) =>
    `Ceci est une copie de ${board}, à la date du ${day}. Ce qui se fait, comme signer, se fait là-bas.`,
  zh: (board, day) => `这是 ${board} 在 ${day} 的副本。签名等操作请在原站进行。`,
};

/** As HTML. `language` is the page's; English where there are no words in it. */
export function mirrorNote(url: string, day: Day, language: string): string {
  const primary = language.toLowerCase().split("-")[0] ?? "en";
  const lang = Object.hasOwn(WORDS, primary) ? primary : "en";
  const words = WORDS[lang] as Words;
  const locale = lang === "ar" ? "ar-u-nu-latn" : lang === "en" ? "en-GB" : lang;
  const format = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" });
  const said = format.format(new Date(`${day}T00:00:00Z`));
  const link = `<a href="${escaped(url)}" rel="noreferrer noopener"><bdi dir="ltr">${escaped(url)}</bdi></a>`;
  const dir = lang === "ar" ? "rtl" : "ltr";
  return `<p class="notice mirror-note" role="note" lang="${lang}" dir="${dir}">${words(link, `<time datetime="${day}">${said}</time>`)}</p>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

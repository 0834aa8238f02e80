/** Hands that know a page in another language: what a control is called in English is looked up in the catalogues. */
import type { Language } from "@undersigned/messages";
import { listAreas, readCatalogue } from "@undersigned/messages/node";
import type { Hands } from "./hands.ts";

/** Of the signing page: other pages say the same in other words. */
const AREAS = ["sign", "sign-signing", "sign-evidence", "sign-existing-mail", "sign-names", "sign-invite"];

/** A sentence of the signing page without values in it, in this language; what is none stays as it is. */
export function inWordsOf(language: Language, english: string): string {
  for (const area of AREAS) {
    const key = Object.entries(readCatalogue(area, "en")).find(([, text]) => text === english)?.[0];
    const text = key === undefined ? undefined : readCatalogue(area, language)[key];
    if (text !== undefined) return text;
  }
  return english;
}

/** What the organisers' desk says. */
export const DESK_AREAS = listAreas().filter((area) => /^desk|^(drafts|ui|shared|words)$/.test(area));

export function handsIn(language: Language, hands: Hands): Hands {
  const word = (english: string) => inWordsOf(language, english);
  return {
    press: (button) => hands.press(word(button)),
    follow: (link) => hands.follow(word(link)),
    type: (label, text) => hands.type(word(label), text),
    choose: (label) => hands.choose(word(label)),
    select: (label, entry) => hands.select(word(label), entry),
  };
}

/** The address of the same page in another language. */
export function addressIn(language: Language, address: string): string {
  return address.replace(/(?:\/(?:ar|de|es|fr|zh))?\/w\//, `/${language}/w/`);
}

/** Sentences of the English catalogues that stand in a text of this language, in which they are said otherwise. */
export function englishIn(language: Language, text: string, areas: readonly string[]): string[] {
  const plain = areas.flatMap((area) => {
    const own = new Set(Object.values(readCatalogue(area, language)));
    return Object.values(readCatalogue(area, "en")).filter((sentence) => !own.has(sentence));
  });
  return plain.filter((sentence) => /^[^{<]{12,}$/.test(sentence) && text.includes(sentence));
}

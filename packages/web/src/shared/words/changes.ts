/** How much a new version differs, in one sentence. */
import { type ChangedText, countChanges, type PartOfLetter } from "../letter-changes.ts";
import { number } from "./numbers.ts";
import { enumerate, plain } from "./words.ts";

const ONE: Readonly<Record<PartOfLetter, string>> = {
  title: "its title",
  addressee: "its addressee",
  body: "its text",
  demand: "1 demand",
  supplement: "the title of the supplementary document",
  claim: "1 claim",
  order: "the order of its parts",
  dates: "its dates",
  delivery: "how it is delivered",
  appearing: "how signatories may appear",
  batches: "when signatures come out",
  organisers: "the organisers' keys",
  language: "its language",
};
const MANY: Readonly<Partial<Record<PartOfLetter, string>>> = { demand: "demands", claim: "claims" };

export function changesWords(changes: readonly ChangedText[]): string {
  if (changes.length === 0) return "Nothing of it reads differently.";
  const items = [...countChanges(changes)].map(([of, count]) => {
    const many = MANY[of];
    return [count > 1 && many !== undefined ? `${number(count)} ${many}` : ONE[of]];
  });
  return `What differs: ${plain(enumerate(items))}.`;
}

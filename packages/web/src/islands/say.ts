/**
 * The messages of the page's language. They come as scripts of their own, before the island's and before each part's
 * (decision 35): a page has those of one language only. In tests, English is there from the beginning (test/english.ts).
 */
import { type Catalogue, createSay, type Language, type Say } from "@undersigned/messages";

const catalogues: Catalogue[] = [];

/** Says messages in the page's language. Threads have none: what they say is data, and the page says it. */
export let say: Say;

export function addMessages(language: Language, catalogue: Catalogue): void {
  catalogues.push(catalogue);
  if (say?.language !== language) say = createSay(language, catalogues);
}

/** The part `letters`: the list of letters, and a published one's own page. */
import { LettersPage } from "../letters/list/letters-page.tsx";
import { LetterPage } from "../letters/own/letter-page.tsx";
import { sentences } from "../letters/sentences.ts";

export const pages = { letters: LettersPage, letter: LetterPage };
export { sentences };

/** The part `letters`: the list of letters, and a published one's own page. */
import { LettersPage } from "../letters/list/letters-page.tsx";
import { LetterPage } from "../letters/own/letter-page.tsx";

export const pages = { letters: LettersPage, letter: LetterPage };

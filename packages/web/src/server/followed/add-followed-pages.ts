/** Registers the pages of what happened, for each letter and for the board, and of letters' translations. */
import { closed, type PublicFile, Type } from "@undersigned/service";
import { TIMELINE } from "../../shared/addresses.ts";
import { createKept } from "../kept.ts";
import { type LettersOf, loadLetter } from "../load-letter.ts";
import type { OpenedWorkforce } from "../load-view.ts";
import type { PageRoutes } from "../page-routes.ts";
import { boardTimelinePage, timelinePage } from "../pages/letter/timeline-page.tsx";
import { translationPage } from "../pages/letter/translation-page.tsx";
import { missingPage } from "../pages/missing-page.tsx";
import type { PublicLetters } from "../ways/public-letter.ts";
import { type FollowedLetterData, loadFollowed } from "./load-followed.ts";

const LETTER = "/w/:workforce/letters/:letter";
const letterParams = closed({ workforce: Type.String(), letter: Type.String() });
const languageParams = closed({ workforce: Type.String(), letter: Type.String(), language: Type.String() });

export function addFollowedPages(pages: PageRoutes, of: LettersOf, letters: PublicLetters): void {
  const keep = createKept<PublicFile>();
  pages.get(
    `${LETTER}/timeline`,
    { summary: "What happened to a letter.", params: letterParams },
    async (frame, { params }) => {
      const found = await loadLetter(of, params);
      return found === null ? missingPage(frame) : timelinePage(frame, found.data, await found.followed());
    },
  );
  pages.get(
    `${LETTER}/translations/:language`,
    { summary: "A letter in a language that it was not signed in.", params: languageParams },
    async (frame, { params }) => {
      const found = await loadLetter(of, params);
      const page =
        found === null ? null : translationPage(frame, found.data, await found.followed(), params.language);
      return page ?? missingPage(frame);
    },
  );
  pages.get(TIMELINE, { summary: "What happened to the board's letters." }, async (frame) => {
    const { from, opened } = await letters.state();
    return keep(from, async () => boardTimelinePage(frame, await loadAllFollowed(of, opened)));
  });
}

/** Of all letters of these workforces. */
async function loadAllFollowed(
  { site, histories }: Pick<LettersOf, "site" | "histories">,
  workforces: readonly OpenedWorkforce[],
): Promise<FollowedLetterData[]> {
  const letters: FollowedLetterData[] = [];
  for (const opened of workforces)
    for (const letter of opened.view.letters.keys()) {
      const found = await loadFollowed(opened, letter, { histories, today: site.day() });
      if (found !== null) letters.push(found);
    }
  return letters;
}

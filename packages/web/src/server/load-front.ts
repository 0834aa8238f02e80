/** The letters of all workforces that the board serves. */
import type { PublicSite } from "@undersigned/board";
import { tallyOf } from "./load-letter.ts";
import type { Views } from "./load-view.ts";
import type { Tally } from "./words/tally.ts";

export interface FrontLetter {
  readonly letter: string;
  /** Null when its text is not public. */
  readonly title: string | null;
  readonly language: string;
  readonly tally: Tally;
}

export interface FrontWorkforce {
  readonly workforce: string;
  readonly employer: string;
  /** Null when its log does not check out. */
  readonly opened: {
    readonly board: string;
    readonly hasEpoch: boolean;
    /** The newest first. */
    readonly letters: readonly FrontLetter[];
  } | null;
}

export async function loadFront(site: PublicSite, views: Views): Promise<FrontWorkforce[]> {
  const workforces: FrontWorkforce[] = [];
  for (const { workforce, employer } of await site.workforces()) {
    const opened = await views.open(workforce).catch(() => null);
    if (opened === null) {
      workforces.push({ workforce, employer, opened: null });
      continue;
    }
    const letters = opened.index.letters.flatMap((row) => {
      const letter = opened.view.letters.get(row.letter);
      if (letter === undefined) return [];
      const { title = null, language = "en" } = letter.manifest ?? {};
      return { letter: row.letter, title, language, tally: tallyOf(opened, letter, row, site.day()) };
    });
    const { manifest, epochs } = opened.view;
    const found = { board: manifest.board.url, hasEpoch: epochs.size > 0, letters: letters.reverse() };
    workforces.push({ workforce, employer, opened: found });
  }
  return workforces;
}

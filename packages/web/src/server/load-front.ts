/** The letters of all workforces that the board serves. */

import type { PublicSite } from "@undersigned/board";
import type { Day } from "@undersigned/core";
import type { LetterView } from "@undersigned/verify";
import { type LetterTally, tallyOf } from "./load-letter.ts";
import type { Views } from "./load-view.ts";

export interface FrontLetter {
  readonly letter: string;
  /** Null when its text is not public. */
  readonly title: string | null;
  readonly language: string;
  readonly tally: LetterTally;
  /** Since when it is in the addressee's hands, and whether there is an answer; null before. */
  readonly delivered: { readonly day: Day; readonly answered: boolean } | null;
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

function deliveredOf({ further }: LetterView): FrontLetter["delivered"] {
  const [day] = further?.deliveries.map(({ leaf }) => leaf.delivered).sort() ?? [];
  return day === undefined ? null : { day, answered: (further?.responses.length ?? 0) > 0 };
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
      const tally = tallyOf(opened, letter, row, site.day());
      return { letter: row.letter, title, language, tally, delivered: deliveredOf(letter) };
    });
    const { manifest, epochs } = opened.view;
    const found = { board: manifest.board.url, hasEpoch: epochs.size > 0, letters: letters.reverse() };
    workforces.push({ workforce, employer, opened: found });
  }
  return workforces;
}

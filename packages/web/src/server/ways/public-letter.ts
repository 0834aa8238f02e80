/**
 * Letters that may be followed and passed on: their text is public, and they are real. An unlisted letter has no such way, since
 * each would spread it beyond those who were given its link; nor has a rehearsal.
 */
import type { PublicSite } from "@undersigned/board";
import type { LetterManifest } from "@undersigned/core";
import type { LetterView } from "@undersigned/verify";
import type { HistoriesOf } from "../followed/histories.ts";
import { type FollowedLetterData, loadFollowed } from "../followed/load-followed.ts";
import { type LetterData, type LetterPlace, type LetterTally, tallyOf } from "../load-letter.ts";
import type { OpenedWorkforce, Views } from "../load-view.ts";

/** What is said of a letter outside of its page. */
export interface PassedOn {
  readonly workforce: string;
  readonly letter: string;
  readonly manifest: LetterManifest;
  readonly tally: LetterTally;
  /** Where its board says that it is. */
  readonly board: string;
}

export interface PublicLetter extends PassedOn {
  readonly opened: OpenedWorkforce;
  readonly view: LetterView;
}

/** Null for a letter that is not to be passed on. */
export function passedOn(data: Pick<LetterData, keyof PassedOn | "unlisted" | "rehearsal">): PassedOn | null {
  const { workforce, letter, manifest, tally, board } = data;
  if (manifest === null || data.unlisted || data.rehearsal) return null;
  return { workforce, letter, manifest, tally, board };
}

/** What can be said of a board's letters, made of these workforces and of nothing that was opened later. */
export interface BoardState {
  /** What it all follows from, but for what signatories show: while these are the same, one by one, so is it. */
  readonly from: readonly unknown[];
  /** All workforces whose logs check out. */
  readonly opened: readonly OpenedWorkforce[];
  letters(): PublicLetter[];
}

export interface PublicLetters {
  /** Null for a letter that is not there or not to be passed on. */
  find(place: LetterPlace): Promise<PublicLetter | null>;
  /** Of all workforces whose logs check out, as they were opened. */
  all(): Promise<PublicLetter[]>;
  /** All of them at a moment. */
  state(): Promise<BoardState>;
  /** What happened to it, and what organisers tell of it. */
  told(letter: PublicLetter): Promise<FollowedLetterData>;
}

export function createPublicLetters(site: PublicSite, views: Views, histories: HistoriesOf): PublicLetters {
  const lettersOf = (opened: OpenedWorkforce): PublicLetter[] =>
    opened.index.letters.flatMap((row) => {
      const view = opened.view.letters.get(row.letter);
      if (view === undefined || view.manifest === null) return [];
      return {
        workforce: opened.view.workforce,
        letter: row.letter,
        manifest: view.manifest,
        tally: tallyOf(opened, view, row, site.day()),
        board: opened.view.manifest.board.url,
        opened,
        view,
      };
    });
  /** Null for each whose log does not check out. */
  const openAll = async (): Promise<(OpenedWorkforce | null)[]> =>
    await Promise.all(
      (await site.workforces()).map(({ workforce }) => views.open(workforce).catch(() => null)),
    );
  const lettersOfAll = (all: readonly (OpenedWorkforce | null)[]): PublicLetter[] =>
    all.flatMap((one) => (one === null || site.isRehearsal(one.view.workforce) ? [] : lettersOf(one)));
  return {
    async find({ workforce, letter }) {
      if (site.isRehearsal(workforce)) return null;
      const opened = await views.open(workforce);
      return (opened === null ? [] : lettersOf(opened)).find((one) => one.letter === letter) ?? null;
    },
    async all() {
      return lettersOfAll(await openAll());
    },
    async state() {
      // Before all else: what is withheld meanwhile makes the next state another.
      const moment = [site.day(), await site.withheld()];
      const all = await openAll();
      const opened = all.filter((one) => one !== null);
      return { from: [...moment, ...all], opened, letters: () => lettersOfAll(opened) };
    },
    async told({ opened, letter }) {
      const found = await loadFollowed(opened, letter, { histories, today: site.day() });
      if (found === null) throw new Error("A letter that was found is not there.");
      return found;
    },
  };
}

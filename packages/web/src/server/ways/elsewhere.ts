/**
 * The company that letters keep: those of this board beside those of others that it follows. Of others there is only what was
 * recounted here; letters whose text is not public are left out, also of the sum.
 */
import type { PublicSite } from "@undersigned/board";
import {
  type Day,
  type FollowedLetter,
  type FollowedWorkforce,
  type FollowProblem,
  isCounted,
  type SumOfFollowing,
  sumOf,
} from "@undersigned/core";
import { letterPage } from "../../shared/addresses.ts";
import { topicsOf } from "../followed/chronicle.ts";
import { createKept } from "../kept.ts";
import type { PublicLetter, PublicLetters } from "./public-letter.ts";

export interface ListedLetter extends FollowedLetter {
  readonly title: string;
  readonly employer: string;
  /** Of its page. */
  readonly address: string;
  /** Null for a letter of this board. */
  readonly followed: {
    readonly url: string;
    readonly recounted: Day;
    readonly problem: FollowProblem | null;
  } | null;
}

export interface Elsewhere {
  readonly sum: SumOfFollowing;
  /** Whether all of its numbers are of one day. */
  readonly ofOneDay: boolean;
  /** Most signatories first. */
  readonly letters: readonly ListedLetter[];
  /** Followed, and never recounted without a problem. */
  readonly unverified: readonly { readonly url: string; readonly problem: FollowProblem | null }[];
}

/** Kept while nothing changes that it is made of: all letters here, and what is followed. */
export function createElsewhere(site: PublicSite, letters: PublicLetters): () => Promise<Elsewhere> {
  const keep = createKept<Elsewhere>();
  return async () => {
    const served = new Set((await site.workforces()).map(({ workforce }) => workforce));
    // What is served here needs no other's word, and would be counted twice.
    const followed = (await site.following()).workforces.filter(({ workforce }) => !served.has(workforce));
    const state = await letters.state();
    return await keep([...state.from, ...followed], async () => {
      const own: ListedLetter[] = [];
      for (const letter of state.letters())
        own.push(ownLetter(letter, topicsOf((await letters.told(letter)).chronicle)));
      return elsewhereOf(own, followed, site.day());
    });
  };
}

function elsewhereOf(
  own: readonly ListedLetter[],
  followed: readonly FollowedWorkforce[],
  today: Day,
): Elsewhere {
  const others = followed.flatMap(lettersOf);
  const all = [...own, ...others];
  const days = all.filter(isCounted).map(({ followed: of }) => of?.recounted ?? today);
  return {
    sum: sumOf({ workforces: all.map((letter) => summand(letter, today)) }),
    ofOneDay: new Set(days).size < 2,
    letters: all.sort(byNumber),
    unverified: followed
      .filter(({ verified }) => verified === null)
      .map(({ url, problem }) => ({ url, problem })),
  };
}

function ownLetter(of: PublicLetter, topics: readonly string[]): ListedLetter {
  const { workforce, letter, manifest, tally, view } = of;
  const delivered = view.further?.deliveries.map(({ leaf }) => leaf.delivered).sort()[0];
  return {
    letter,
    title: manifest.title,
    language: manifest.language,
    organisation: manifest.addressee.organisation,
    employer: tally.employer,
    state: tally.closing?.outcome ?? "open",
    opens: view.leaf.opens,
    closes: view.closes,
    days: tally.days,
    counted: tally.counted,
    headcount: tally.headcount,
    topics: [...topics],
    delivered: delivered ?? null,
    answered: (view.further?.responses.length ?? 0) > 0,
    address: letterPage(workforce, letter),
    followed: null,
  };
}

function lettersOf({ workforce, url, verified, problem }: FollowedWorkforce): ListedLetter[] {
  if (verified === null) return [];
  return verified.letters.flatMap((letter) =>
    letter.title === null
      ? []
      : {
          ...letter,
          title: letter.title,
          employer: verified.employer,
          address: `${url}${letterPage(workforce, letter.letter)}`,
          followed: { url, recounted: verified.day, problem },
        },
  );
}

/** Each as a log of its own: the sum goes by employer and day. */
function summand(letter: ListedLetter, today: Day): FollowedWorkforce {
  const { employer, followed, address, ...of } = letter;
  const day = followed?.recounted ?? today;
  const verified = { day, employer, origin: "-", size: 1, root: letter.letter, letters: [of] };
  return { workforce: letter.letter, url: address, verified, problem: null };
}

function byNumber(a: ListedLetter, b: ListedLetter): number {
  const number = (letter: ListedLetter) => (isCounted(letter) ? letter.counted.mailbox : -1);
  return number(b) - number(a) || (a.letter < b.letter ? -1 : 1);
}

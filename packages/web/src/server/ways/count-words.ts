/** What card, badge, frame and head say of a letter, in few words: each is read without the sentences that the letter's page has. */
import { hasNumber, numberWords, plain, type Say, unit } from "@undersigned/messages";
import { directionOf } from "../../shared/words/direction.ts";
import { hostOf } from "./absolute.ts";
import type { PassedOn } from "./public-letter.ts";

export interface CountWords {
  readonly title: string;
  /** BCP 47. */
  readonly titleLanguage: string;
  readonly titleDirection: "ltr" | "rtl";
  /** Of all but the title. */
  readonly language: string;
  readonly direction: "ltr" | "rtl";
  /** `1,234`; null as long as there is none. */
  readonly count: string | null;
  /** `signatories`, or why there is no number. */
  readonly unit: string;
  /** All in one sentence. */
  readonly name: string;
  /** What must be said beside it. */
  readonly note: string;
  readonly company: string;
  /** Of the board. */
  readonly host: string;
}

export function countWords(say: Say, { manifest, tally, board }: PassedOn): CountWords {
  const { title, language: titleLanguage } = manifest;
  const counted = hasNumber(tally) && tally.days !== null;
  return {
    title,
    titleLanguage,
    titleDirection: directionOf(titleLanguage),
    language: say.language,
    direction: say.direction,
    count: counted ? say.number(tally.counted.mailbox) : null,
    unit: counted ? unit(say, tally) : plain(numberWords(say, tally)),
    name: counted
      ? say("ways.counted-name", { count: tally.counted.mailbox, letter: title })
      : say("ways.uncounted-name", { letter: title }),
    note:
      counted && tally.days !== null
        ? say("ways.note", { day: say.day(tally.days.last) })
        : say("ways.note-none"),
    company: say("ways.company", { employer: tally.employer }),
    host: hostOf(board),
  };
}

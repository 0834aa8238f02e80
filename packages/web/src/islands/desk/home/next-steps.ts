/**
 * What is next at the desk: the way to a letter, step by step, what is done of it, what comes now, and who can do it; and what
 * published letters wait for.
 */
import type { ActAnswer, DeskActName } from "@undersigned/core";
import { say } from "../../say.ts";
import type { Letter } from "../letters/words.ts";
import type { PageName } from "../shell/pages.ts";

export interface Step {
  readonly title: string;
  readonly text: string;
  readonly state: "done" | "now" | "later";
  /** Null where the person's role does not reach, or the page is not there. */
  readonly page: PageName | null;
  readonly link: string;
}

type Draft = Omit<Step, "state"> & { readonly done: boolean };

export interface Standing {
  readonly home: ActAnswer<"home">;
  /** How many letters are published. */
  readonly letters: number;
}

export function nextSteps({ home, letters }: Standing, may: (act: DeskActName) => boolean): Step[] {
  const { owners, workforces } = home;
  const writes = may("document-save");
  const steps: Draft[] = [
    {
      title: say("desk.a-second-owner"),
      text: say("desk.so-that-one-lost-phrase"),
      done: owners >= 2,
      page: "organisers",
      link: may("invite") ? say("desk.invite-an-owner") : say("desk.see-the-organisers"),
    },
    {
      title: say("desk.the-workforce"),
      text: say("desk.who-may-sign-your-employer"),
      done: workforces.length > 0,
      page: writes ? "workforces" : null,
      link: workforces.length > 0 ? say("desk.see-it") : say("desk.describe-it"),
    },
    {
      title: say("desk.the-letter"),
      text: say("desk.you-write-it-together-nobody"),
      done: letters > 0,
      page: "letters",
      link: letters > 0 ? say("desk.see-the-letters") : writes ? say("desk.write-it") : say("desk.letters"),
    },
  ];
  const now = steps.findIndex(({ done }) => !done);
  return steps.map(({ done, ...step }, i) => ({
    ...step,
    state: done ? "done" : i === now ? "now" : "later",
  }));
}

/** Something that organisers have to do with a published letter. */
export interface LetterTask {
  readonly title: string;
  /** The letter's. */
  readonly about: string;
  readonly text: string;
  readonly page: PageName;
  /** The letter's. */
  readonly id: string;
  readonly link: string;
}

export function letterTasks(letters: readonly Letter[], may: (act: DeskActName) => boolean): LetterTask[] {
  return letters.flatMap(({ letter, title, awaits, closes, delivers }) =>
    awaits.map((task) => ({ about: title, id: letter, ...TASKS[task]({ closes, delivers }, may) })),
  );
}

type Words = (
  letter: Pick<Letter, "closes" | "delivers">,
  may: (act: DeskActName) => boolean,
) => Omit<LetterTask, "about" | "id">;

const TASKS: Readonly<Record<Letter["awaits"][number], Words>> = {
  delivery: ({ closes, delivers }, may) => ({
    title: say("desk.a-letter-to-hand-over"),
    text: say("desk.to-hand-over", { closes: say.day(closes), delivers: say.day(delivers) }),
    page: "delivery",
    link: may("delivery-make")
      ? say("desk.hand-it-over")
      : may("delivery-prepare")
        ? say("desk.prepare-it")
        : say("desk.see-how-it-stands"),
  }),
  judgement: (_, may) => ({
    title: say("desk.an-answer-to-judge"),
    text: say("desk.there-is-an-answer-and"),
    page: "demands",
    link: may("judgement-propose") ? say("desk.judge-the-demands") : say("desk.see-the-demands"),
  }),
};

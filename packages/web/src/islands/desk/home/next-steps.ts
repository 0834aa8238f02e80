/** The way to a letter, step by step: what is done, what comes now, and who can do it. */
import type { ActAnswer, DeskActName } from "@undersigned/core";
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
      title: "A second owner",
      text: "So that one lost phrase loses nothing, a letter can be published only when there are two owners.",
      done: owners >= 2,
      page: "organisers",
      link: may("invite") ? "Invite an owner" : "See the organisers",
    },
    {
      title: "The workforce",
      text: "Who may sign: your employer, its mail addresses, and the registrars that check who works there.",
      done: workforces.length > 0,
      page: writes ? "workforces" : null,
      link: workforces.length > 0 ? "See it" : "Describe it",
    },
    {
      title: "The letter",
      text: "You write it together. Nobody outside sees it before it is published.",
      done: letters > 0,
      page: "letters",
      link: letters > 0 ? "See the letters" : writes ? "Write it" : "Letters",
    },
  ];
  const now = steps.findIndex(({ done }) => !done);
  return steps.map(({ done, ...step }, i) => ({
    ...step,
    state: done ? "done" : i === now ? "now" : "later",
  }));
}

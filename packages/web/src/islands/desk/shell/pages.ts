/** The pages of the desk: which part brings each, and which act somebody must be allowed to do for it to be offered. */
import type { DeskActName } from "@undersigned/core";
import type { PartOf } from "../../../shared/parts.ts";

interface PageRule {
  readonly title: string;
  /** Null: it comes with the desk itself. */
  readonly part: PartOf<"desk"> | null;
  /** Whether the navigation leads to it; others are reached from these. */
  readonly listed: boolean;
  readonly act: DeskActName;
  /** The page of the navigation to which one that is not listed belongs. */
  readonly under?: string;
}

export const PAGES = {
  home: { title: "What is next", part: null, listed: true, act: "home" },
  workforces: { title: "Workforce", part: "workforce", listed: true, act: "documents" },
  workforce: {
    title: "Set up a workforce",
    part: "workforce",
    listed: false,
    act: "document-read",
    under: "workforces",
  },
  letters: { title: "Letters", part: "letters", listed: true, act: "letters" },
  letter: { title: "Letter", part: "letters", listed: false, act: "letters", under: "letters" },
  draft: { title: "Write a letter", part: "writing", listed: false, act: "document-read", under: "letters" },
  review: {
    title: "Review a letter",
    part: "writing",
    listed: false,
    act: "document-read",
    under: "letters",
  },
  delivery: { title: "Hand it over", part: "after", listed: false, act: "delivery", under: "letters" },
  answers: { title: "Answers", part: "after", listed: false, act: "answers", under: "letters" },
  demands: { title: "Demands", part: "after", listed: false, act: "judgements", under: "letters" },
  register: {
    title: "Register of dealings",
    part: "register",
    listed: false,
    act: "letters",
    under: "letters",
  },
  moderation: { title: "Moderation", part: "moderation", listed: true, act: "queue" },
  organisers: { title: "Organisers", part: "people", listed: true, act: "organisers" },
  acts: { title: "List of acts", part: "people", listed: true, act: "entries" },
  yours: { title: "Your ways in", part: "people", listed: true, act: "home" },
} as const satisfies Record<string, PageRule>;

export type PageName = keyof typeof PAGES;
export const PAGE_NAMES = Object.keys(PAGES) as readonly PageName[];

export function isPage(name: string): name is PageName {
  return Object.hasOwn(PAGES, name);
}

export function ruleOfPage(name: PageName): PageRule {
  return PAGES[name];
}

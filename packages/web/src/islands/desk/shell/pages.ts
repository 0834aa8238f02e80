/** The pages of the desk: which part brings each, and which act somebody must be allowed to do for it to be offered. */
import type { DeskActName } from "@undersigned/core";
import type { PartOf } from "../../../shared/parts.ts";
import { say } from "../../say.ts";

interface PageRule {
  /** Null: it comes with the desk itself. */
  readonly part: PartOf<"desk"> | null;
  /** Whether the navigation leads to it; others are reached from these. */
  readonly listed: boolean;
  readonly act: DeskActName;
  /** The page of the navigation to which one that is not listed belongs. */
  readonly under?: string;
}

export const PAGES = {
  home: { part: null, listed: true, act: "home" },
  workforces: { part: "workforce", listed: true, act: "documents" },
  workforce: {
    part: "workforce",
    listed: false,
    act: "document-read",
    under: "workforces",
  },
  letters: { part: "letters", listed: true, act: "letters" },
  letter: { part: "letters", listed: false, act: "letters", under: "letters" },
  draft: { part: "writing", listed: false, act: "document-read", under: "letters" },
  review: {
    part: "writing",
    listed: false,
    act: "document-read",
    under: "letters",
  },
  delivery: { part: "after", listed: false, act: "delivery", under: "letters" },
  answers: { part: "after", listed: false, act: "answers", under: "letters" },
  demands: { part: "after", listed: false, act: "judgements", under: "letters" },
  register: {
    part: "register",
    listed: false,
    act: "letters",
    under: "letters",
  },
  timeline: { part: "timeline", listed: false, act: "chronicle", under: "letters" },
  moderation: { part: "moderation", listed: true, act: "queue" },
  organisers: { part: "people", listed: true, act: "organisers" },
  acts: { part: "people", listed: true, act: "entries" },
  yours: { part: "people", listed: true, act: "home" },
} as const satisfies Record<string, PageRule>;

export type PageName = keyof typeof PAGES;
export const PAGE_NAMES = Object.keys(PAGES) as readonly PageName[];

export function isPage(name: string): name is PageName {
  return Object.hasOwn(PAGES, name);
}

export function ruleOfPage(name: PageName): PageRule {
  return PAGES[name];
}

export function titleOfPage(name: PageName): string {
  return say(`desk.page.${name}`);
}

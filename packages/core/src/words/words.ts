/**
 * Sentences as data. What somebody else wrote (a name, a source) and days are marked, so that pages isolate the direction of
 * the one and give the other its `<time>`.
 */
import type { Day } from "../day.ts";

export type Word = string | { readonly foreign: string } | { readonly day: Day; readonly text: string };
export type Words = readonly Word[];

/** Marks text that a manifest or a signatory supplied. */
export function foreign(text: string): Word {
  return { foreign: text };
}

/** As text alone. */
export function plain(words: Words): string {
  return words
    .map((word) => (typeof word === "string" ? word : "foreign" in word ? word.foreign : word.text))
    .join("");
}

/** `a`, `a and b`, `a, b and c`; or with "or". */
export function enumerate(items: readonly Words[], last: "and" | "or" = "and"): Words {
  return items.flatMap((item, i) => {
    const separator = i === 0 ? [] : [i === items.length - 1 ? ` ${last} ` : ", "];
    return [...separator, ...item];
  });
}

/**
 * What `/who-can-learn-what` shows of the threat model, and whether a translation of it is whole: the English text is the one
 * that binds, and a translation of an earlier one may promise what is no longer so. Trusts the documents of this release.
 */
import { createHash } from "node:crypto";
import { parseMarkdown, type Token } from "../../shared/markdown.ts";

/** What a signatory asks first comes first. The headings of the English document. */
const SHOWN = ["Who can learn what", "What cannot be promised", "What is promised"] as const;

export type Section = { readonly heading: string; readonly text: string };

/** The sections that are shown of the English document. Throws where one is not there. */
export function shownOf(threatModel: string): readonly Section[] {
  const sections = sectionsOf(threatModel);
  return SHOWN.map((heading) => {
    const section = sections.find((one) => one.heading === heading);
    if (section === undefined) throw new Error(`The threat model has no section “${heading}”.`);
    return section;
  });
}

const LINK = /\[([^\]]+)\]\(([^)]+)\)/g;

/** For a page, which has no addresses for the documents' links to each other: their words alone. */
export function withoutLinks(text: string): string {
  return text.replaceAll(LINK, "$1");
}

/** Of Markdown, what stands below each heading of level 2. */
export function sectionsOf(markdown: string): readonly Section[] {
  const [, ...parts] = markdown.split(/^## /m);
  return parts.map((part) => {
    const end = part.indexOf("\n");
    return { heading: part.slice(0, end).trim(), text: part.slice(end).trim() };
  });
}

/** 16 hexadecimal digits, which a translation holds in its first line: `<!-- of 0123456789abcdef -->`. */
export function stampOf(threatModel: string): string {
  const text = shownOf(threatModel).map(({ heading, text }) => `${heading}\n${text}`);
  return createHash("sha256").update(text.join("\n\n")).digest("hex").slice(0, 16);
}

/** What is wrong with a translation, a sentence each; none if it is of this English text and has all of its parts. */
export function problemsOf(threatModel: string, translation: string): string[] {
  const stamp = stampOf(threatModel);
  const english = shownOf(threatModel);
  const sections = sectionsOf(translation);
  if (sections.length !== english.length)
    return [`It has ${sections.length} sections, and the English ${english.length}.`];
  const problems = english.flatMap(({ heading, text }, i) => {
    const shape = partsOf(text, (target) => `../${target}`);
    const other = partsOf((sections[i] as Section).text);
    if (shape.length !== other.length)
      return [`“${heading}” has ${other.length} rows or items, and in English ${shape.length}.`];
    return shape.flatMap((part, row) =>
      part === other[row] ? [] : [`“${heading}”, row ${row}: it has ${other[row]}, and in English ${part}.`],
    );
  });
  if (!translation.startsWith(`<!-- of ${stamp} -->\n`))
    problems.push(
      `It is of another English text. Bring it up to date, and begin it with <!-- of ${stamp} -->.`,
    );
  return problems;
}

/**
 * Of each table row and list item: its cells, code, links and words in bold, which are the same in every language.
 * Translations lie in a folder of their own: their links lead to the same from there.
 */
function partsOf(text: string, seenFrom = (target: string) => target): string[] {
  const parts: string[][] = [];
  for (const token of parseMarkdown(text)) {
    if (token.type === "tr_open" || token.type === "list_item_open") parts.push([]);
    else if (token.type === "inline") parts.at(-1)?.push(inlineParts(token, seenFrom));
  }
  return parts.map((cells) => cells.join(" | "));
}

/** Languages order their sentences otherwise. */
function inlineParts({ content, children }: Token, seenFrom: (target: string) => string): string {
  const links = [...content.matchAll(LINK)].map(([, , target]) => `(${seenFrom(target as string)})`);
  const others = (children ?? []).flatMap((token) => {
    if (token.type === "code_inline") return [`\`${token.content}\``];
    return token.type === "strong_open" ? ["**"] : [];
  });
  const found = [...links, ...others];
  return found.length === 0 ? "text" : found.sort().join(" ");
}

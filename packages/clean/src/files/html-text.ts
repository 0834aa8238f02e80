/**
 * The texts of a page, cleaned as one text: which letters belong to a word's own alphabet is seen from all of them. Spaces are
 * made the ones that are seen, and texts with the same marks one text.
 */
import { mendsOf } from "../text/clean-text.ts";
import type { TextKind } from "../text/finding.ts";
import type { Block, Leaf, Page, Run } from "./html-blocks.ts";

/** What a text in HTML can hold; signs of Markdown are plain signs here. */
const KINDS: readonly TextKind[] = ["invisible", "lookalike", "tracked-link"];

export function leavesOf({ title, body }: Page): Leaf[] {
  const leaves = [title];
  const collect = ({ children }: Block) => {
    for (const child of children) child.kind === "leaf" ? leaves.push(child) : collect(child);
  };
  collect(body);
  return leaves;
}

export function textOfLeaf({ runs }: Leaf): string {
  return runs.map(({ text }) => text).join("");
}

/** All texts, a line end between two; as `inspectText` takes it. */
export function textOfPage(page: Page): string {
  return leavesOf(page).map(textOfLeaf).join("\n");
}

/** Once: what it brings together can be something new, so the page is gone through until nothing changes. Returns whether anything was mended. */
export function cleanTexts(page: Page): boolean {
  const leaves = leavesOf(page);
  for (const leaf of leaves) tidy(leaf);
  const mends = mendsOf(textOfPage(page), KINDS);
  let mend = 0;
  let at = 0;
  for (const leaf of leaves) {
    for (const run of leaf.runs) {
      const end = at + run.text.length;
      let text = "";
      let from = at;
      for (; mend < mends.length; mend++) {
        const { start, end: until, instead } = mends[mend]!;
        if (start >= end) break;
        text += run.text.slice(from - at, Math.max(start, from) - at);
        // What begins in the text before has been written there.
        if (start >= at) text += instead;
        from = Math.min(until, end);
        if (until > end) break;
      }
      run.text = text + run.text.slice(from - at);
      at = end;
    }
    at++;
    tidy(leaf);
  }
  return mends.length > 0;
}

function tidy(leaf: Leaf): void {
  if (leaf.tag === "pre") trimLines(leaf);
  else collapse(leaf);
  leaf.runs = joined(leaf.runs.filter(({ text }) => text !== ""));
}

/** Spaces as they are seen: one between words, none at the ends of lines; two line ends at most, none at the ends. */
function collapse({ runs, tag }: Leaf): void {
  let last: Run | null = null;
  let lineEnds = 2;
  let endsInSpace = true;
  for (const run of runs) {
    if (run.text === "\n" && tag !== "title") {
      if (last !== null) last.text = last.text.replace(/ $/, "");
      if (++lineEnds > 2) run.text = "";
      endsInSpace = true;
      last = null;
      continue;
    }
    const text = run.text.replace(/[ \t\n\f\r]+/g, " ");
    run.text = endsInSpace ? text.replace(/^ /, "") : text;
    if (run.text === "") continue;
    lineEnds = 0;
    endsInSpace = run.text.endsWith(" ");
    last = run;
  }
  for (let i = runs.length - 1; i >= 0; i--) {
    const run = runs[i]!;
    run.text = run.text.replace(/[ \n]+$/, "");
    if (run.text !== "") break;
  }
}

function trimLines({ runs }: Leaf): void {
  for (const run of runs) {
    run.text = run.text.replace(/^\n+/, "");
    if (run.text !== "") break;
  }
  for (let i = runs.length - 1; i >= 0; i--) {
    const run = runs[i]!;
    run.text = run.text.replace(/(?<!\s)\s+$/, "");
    if (run.text !== "") break;
  }
}

/** A line end stays one of its own. */
function joined(runs: readonly Run[]): Run[] {
  const out: Run[] = [];
  for (const run of runs) {
    const last = out.at(-1);
    const isApart = run.text === "\n" || last?.text === "\n";
    if (last !== undefined && !isApart && isMarkedAlike(last, run)) last.text += run.text;
    else out.push({ ...run });
  }
  return out;
}

export function isMarkedAlike(a: Run, b: Run): boolean {
  return (
    a.lang === b.lang &&
    a.dir === b.dir &&
    a.marks.length === b.marks.length &&
    a.marks.every(
      ({ name, attributes }, i) => name === b.marks[i]?.name && attributes === b.marks[i].attributes,
    )
  );
}

/** Writes a page, in the one way that there is for each. */
import {
  type Block,
  escapeAttribute,
  type Leaf,
  type Mark,
  type Page,
  type Run,
  type Tongue,
} from "./html-blocks.ts";
import { ORDER } from "./html-rules.ts";

/** No script, no style, nothing from elsewhere, wherever the file is opened; no address of it to who is linked to. */
const HEAD = [
  '<meta charset="utf-8">',
  '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">',
  '<meta name="referrer" content="no-referrer">',
  '<meta name="viewport" content="width=device-width, initial-scale=1">',
].join("");

export function writePage({ title, body }: Page): string {
  const nowhere = { lang: null, dir: null };
  const name = escapeText(title.runs.map(({ text }) => text).join(""));
  return `<!doctype html><html${tongue(body, nowhere)}><head>${HEAD}<title>${name}</title></head><body>${inside(body)}</body></html>\n`;
}

/** What is empty is left out: but cells, which others stand beside. */
function inside(block: Block): string {
  return block.children
    .map((child) => (child.kind === "leaf" ? leafText(child, block) : blockText(child, block)))
    .join("\n");
}

function blockText(block: Block, around: Tongue): string {
  const { tag, attributes } = block;
  const text = inside(block);
  return text === "" && tag !== "td" && tag !== "th"
    ? ""
    : `<${tag}${attributes}${tongue(block, around)}>${text}</${tag}>`;
}

function leafText(leaf: Leaf, around: Tongue): string {
  const { tag, runs } = leaf;
  if (tag === "hr") return "<hr>";
  if (runs.length === 0) return "";
  const text = runsText(leaf);
  return tag === null ? text : `<${tag}${tongue(leaf, around)}>${text}</${tag}>`;
}

/** Marks stay open from one text to the next as far as both have them, from the outside. */
function runsText(leaf: Leaf): string {
  let out = "";
  let open: readonly Mark[] = [];
  for (const run of leaf.runs) {
    const marks = marksOf(run, leaf);
    let same = 0;
    while (same < open.length && same < marks.length && isSame(open[same]!, marks[same]!)) same++;
    out += closed(open.slice(same));
    out += marks
      .slice(same)
      .map(({ name, attributes }) => `<${name}${attributes}>`)
      .join("");
    out += run.text === "\n" && leaf.tag !== "pre" ? "<br>" : escapeText(run.text);
    open = marks;
  }
  return out + closed(open);
}

const isSame = (a: Mark, b: Mark) => a.name === b.name && a.attributes === b.attributes;

const closed = (marks: readonly Mark[]) =>
  [...marks]
    .reverse()
    .map(({ name }) => `</${name}>`)
    .join("");

function marksOf(run: Run, leaf: Leaf): readonly Mark[] {
  const attributes = tongue(run, leaf);
  if (attributes === "") return run.marks;
  const before = run.marks.filter(({ name }) => ORDER.indexOf(name) < ORDER.indexOf("span"));
  return [...before, { name: "span", attributes }, ...run.marks.slice(before.length)];
}

function tongue({ lang, dir }: Tongue, around: Tongue): string {
  const language = lang === null || lang === around.lang ? "" : ` lang="${lang}"`;
  return dir === null || dir === around.dir ? language : `${language} dir="${dir}"`;
}

const escapeText = (text: string) => escapeAttribute(text).replaceAll("&quot;", '"');

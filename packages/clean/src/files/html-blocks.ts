/**
 * A page as a tree of blocks and texts that a parser of HTML gives back unchanged, whatever it was made of: blocks stand only
 * where they may, texts are marked in one order, and nothing has an attribute but those that are written here.
 */
import { CleanError } from "../errors.ts";
import { cleanText } from "../text/clean-text.ts";
import { parseLink } from "../text/unwrap-link.ts";
import {
  attributeOf,
  DEPTH_MOST,
  type HtmlElement,
  type HtmlNode,
  isElement,
  type ParsedPage,
} from "./html-parse.ts";
import * as rules from "./html-rules.ts";

/** Of what language and direction something is; null where nothing says so. */
export interface Tongue {
  readonly lang: string | null;
  readonly dir: string | null;
}

/** Attributes as they are written, sorted by the code that makes them. */
export interface Mark {
  readonly name: string;
  readonly attributes: string;
}

export interface Run extends Tongue {
  readonly marks: readonly Mark[];
  /** A line end is a `br`; in a `pre`, itself. */
  text: string;
}

export interface Leaf extends Tongue {
  readonly kind: "leaf";
  /** Null for the first text of a list's item or a table's cell. */
  readonly tag: string | null;
  runs: Run[];
}

export interface Block extends Tongue {
  readonly kind: "block";
  readonly tag: string;
  readonly attributes: string;
  readonly children: (Block | Leaf)[];
}

export interface Page {
  readonly title: Leaf;
  readonly body: Block;
}

export type Note = (words: keyof typeof rules.WORDS) => void;

interface State extends Tongue {
  readonly marks: readonly Mark[];
  readonly depth: number;
}

export function pageOf({ root, hasRemarks }: ParsedPage, note: Note): Page {
  if (hasRemarks) note("comment");
  return new Builder(root, note).build();
}

class Builder {
  readonly #root: HtmlElement;
  readonly #note: Note;
  readonly #base: string | null;
  readonly #title: Leaf;
  readonly #stack: Block[];
  #leaf: Leaf | null = null;
  /** Of the blocks around, without marks in the text. */
  #around: Tongue;
  #nested = 0;
  /** Of the blocks on the stack: those that the page itself does not have. */
  readonly #made = new Set<Block>();

  constructor(root: HtmlElement, note: Note) {
    this.#root = root;
    this.#note = note;
    const body = childOf(root, "body");
    const tongue = tongueOf(root, { lang: null, dir: null });
    const whole = body === null ? tongue : tongueOf(body, tongue);
    const head = childOf(root, "head");
    const base = head === null ? null : childOf(head, "base");
    this.#base = base === null ? null : attributeOf(base, "href");
    const title = head === null ? null : childOf(head, "title");
    const text = title === null ? "" : textOf(title);
    this.#title = { kind: "leaf", tag: "title", ...whole, runs: [{ marks: [], ...whole, text }] };
    this.#around = whole;
    this.#stack = [{ kind: "block", tag: "body", attributes: "", ...whole, children: [] }];
  }

  build(): Page {
    const state: State = { ...this.#around, marks: [], depth: 0 };
    this.#lookAtAttributes(this.#root);
    for (const node of this.#root.childNodes) {
      if (!isElement(node)) this.#look(node);
      else if (node.tagName === "head") this.#walkHead(node);
      else if (node.tagName === "body") {
        this.#lookAtAttributes(node);
        this.#inside(node, state);
      } else this.#note("media");
    }
    return { title: this.#title, body: this.#stack[0] as Block };
  }

  /** Nothing of a head is shown but its title. */
  #walkHead(head: HtmlElement): void {
    for (const node of head.childNodes) {
      if (!isElement(node)) this.#look(node);
      else if (node.tagName !== "title") this.#note(rules.DROPPED.get(node.tagName) ?? "page");
    }
  }

  #look(node: HtmlNode): void {
    if (node.nodeName === "#comment") this.#note("comment");
  }

  #inside({ childNodes }: HtmlElement, state: State): void {
    for (const node of childNodes) {
      if (isElement(node)) this.#element(node, state);
      else if (node.nodeName === "#text" && "value" in node) this.#text(node.value, state);
      else this.#look(node);
    }
  }

  #element(element: HtmlElement, outer: State): void {
    if (outer.depth > DEPTH_MOST) throw new CleanError("file-too-deep");
    const tag = element.tagName;
    this.#lookAtAttributes(element);
    const dropped = rules.OF_EXTENSIONS.test(tag)
      ? "extension"
      : isHidden(element)
        ? "hidden"
        : rules.DROPPED.get(tag);
    const state = { ...outer, ...tongueOf(element, outer), depth: outer.depth + 1 };
    const mark = this.#markOf(element);
    if (dropped !== undefined) this.#note(dropped);
    else if (tag === "img") this.#picture(element, state);
    else if (tag === "br") this.#break(state);
    else if (tag === "rt") this.#annotation(element, state);
    else if (mark !== null) this.#inside(element, { ...state, marks: withMark(state.marks, mark) });
    else if (rules.CONTAINERS.has(tag) || rules.LEAVES.has(tag) || rules.LINES.has(tag))
      this.#block(element, state);
    else this.#inside(element, state);
  }

  /** Of a picture its description stays, as a text. */
  #picture(image: HtmlElement, state: State): void {
    this.#note("media");
    const description = (attributeOf(image, "alt") ?? "").trim();
    if (description !== "") this.#text(`[${description}]`, state);
  }

  #annotation(element: HtmlElement, state: State): void {
    this.#text("(", state);
    this.#inside(element, state);
    this.#text(")", state);
  }

  #block(element: HtmlElement, state: State): void {
    const tag = element.tagName;
    if (this.#leaf !== null && this.#leaf.tag !== "p" && this.#leaf.tag !== null) {
      this.#lineEnd(state);
      this.#inside(element, state);
      this.#lineEnd(state);
      return;
    }
    this.#leaf = null;
    const around = this.#around;
    this.#around = { lang: state.lang, dir: state.dir };
    if (rules.CONTAINERS.has(tag)) this.#container(element, state);
    else if (rules.LEAVES.has(tag)) this.#openLeaf(element, state);
    else this.#inside(element, state);
    this.#leaf = null;
    this.#around = around;
  }

  #container(element: HtmlElement, state: State): void {
    const parents = rules.CONTAINERS.get(element.tagName) ?? null;
    if (parents === null) {
      if (this.#nested < rules.NESTED_MOST) {
        this.#nested++;
        this.#descend();
        this.#within(element, state);
        this.#nested--;
      } else this.#inside(element, state);
    } else if (this.#reach(parents)) this.#within(element, state);
    else this.#inside(element, state);
  }

  #within(element: HtmlElement, state: State): void {
    const height = this.#stack.length;
    this.#push(element.tagName, attributesOf(element), state);
    this.#inside(element, state);
    this.#stack.length = height;
  }

  #openLeaf(element: HtmlElement, state: State): void {
    const parents = rules.LEAVES.get(element.tagName) ?? null;
    if (parents === null) this.#descend();
    if (parents === null || this.#reach(parents)) {
      const { lang, dir } = state;
      this.#leaf = { kind: "leaf", tag: element.tagName, lang, dir, runs: [] };
      this.#top.children.push(this.#leaf);
    }
    this.#inside(element, state);
  }

  get #top(): Block {
    return this.#stack.at(-1) as Block;
  }

  #push(tag: string, attributes: string, { lang, dir }: Tongue): void {
    const block: Block = { kind: "block", tag, attributes, lang, dir, children: [] };
    this.#top.children.push(block);
    this.#stack.push(block);
  }

  /** Makes what a list or a table needs around whatever else stands in it; open until a part of it comes, or its end. */
  #descend(): void {
    for (
      let within = rules.WITHIN.get(this.#top.tag);
      within !== undefined;
      within = rules.WITHIN.get(this.#top.tag)
    )
      this.#make(within);
  }

  /** Goes to where a part of a list or a table may stand; false where there is none. */
  #reach(parents: ReadonlySet<string>): boolean {
    while (!parents.has(this.#top.tag) && this.#made.has(this.#top)) this.#stack.pop();
    const missing: string[] = [];
    let at: string | undefined = this.#top.tag;
    for (; at !== undefined && !parents.has(at); at = rules.WITHIN.get(at)) missing.push(at);
    if (at === undefined) return false;
    for (const one of missing) this.#make(rules.WITHIN.get(one) as string);
    return true;
  }

  #make(tag: string): void {
    this.#push(tag, "", this.#top);
    this.#made.add(this.#top);
  }

  #text(text: string, state: State): void {
    if (this.#leaf === null) {
      if (/^[ \t\n\f\r]*$/.test(text)) return;
      this.#descend();
      const isBare = rules.BARE.has(this.#top.tag) && this.#top.children.length === 0;
      const tongue = isBare ? this.#top : this.#around;
      this.#leaf = { kind: "leaf", tag: isBare ? null : "p", lang: tongue.lang, dir: tongue.dir, runs: [] };
      this.#top.children.push(this.#leaf);
    }
    const { lang, dir, marks } = state;
    const isPre = this.#leaf.tag === "pre";
    this.#leaf.runs.push({
      lang,
      dir,
      marks,
      text: isPre ? text.replace(/\r\n?/g, "\n") : text.replace(/[ \t\n\f\r]+/g, " "),
    });
  }

  /** One, where a block begins or ends in what holds texts alone. */
  #lineEnd(state: State): void {
    const last = this.#leaf?.runs.findLast(({ text }) => text !== " ");
    if (last !== undefined && last.text !== "\n") this.#break(state);
  }

  #break({ lang, dir, marks }: State): void {
    this.#leaf?.runs.push({ lang, dir, marks, text: "\n" });
  }

  #markOf(element: HtmlElement): Mark | null {
    const name = rules.MARKS.get(element.tagName);
    if (name === undefined) return null;
    if (name === "a") {
      const href = this.#hrefOf(element);
      return href === null ? null : { name, attributes: ` href="${escapeAttribute(href)}" rel="noreferrer"` };
    }
    if (name === "time") {
      const time = attributeOf(element, "datetime") ?? "";
      return TIME.test(time) ? { name, attributes: ` datetime="${time}"` } : null;
    }
    if (name === "bdo") {
      const dir = attributeOf(element, "dir")?.toLowerCase();
      return dir === "ltr" || dir === "rtl" ? { name, attributes: ` dir="${dir}"` } : null;
    }
    return { name, attributes: "" };
  }

  /** An address of the web, without marks of who was sent it. */
  #hrefOf(element: HtmlElement): string | null {
    const written = attributeOf(element, "href");
    if (written === null) return null;
    const href = cleanHref(written, this.#base);
    if (href === null ? !written.startsWith("#") : href !== written) this.#note("link");
    return href;
  }

  #lookAtAttributes({ attrs }: HtmlElement): void {
    for (const { name } of attrs) {
      if (name.startsWith("on")) this.#note("script");
      else if (/^(?:id|class|style|title|data-.*)$/.test(name)) this.#note("page");
    }
  }
}

const TIME = /^\d{4}(?:-\d\d(?:-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)?)?)?)?$/;
const HREF_MOST = 2_000;

function cleanHref(written: string, base: string | null): string | null {
  let at: string | null = null;
  let next: string | null = written;
  while (next !== null && next !== at) {
    at = next;
    if (at.length > HREF_MOST) return null;
    const link = parseLink(URL.parse(at, base ?? undefined)?.href ?? "");
    // A space would end the address where it stands in a text; there is none in what a URL is written as.
    next = link === null ? null : cleanText(link.href, ["tracked-link"]);
  }
  return next;
}

function withMark(marks: readonly Mark[], mark: Mark): readonly Mark[] {
  return [...marks.filter(({ name }) => name !== mark.name), mark].sort(
    (a, b) => rules.ORDER.indexOf(a.name) - rules.ORDER.indexOf(b.name),
  );
}

export function escapeAttribute(text: string): string {
  return text.replace(/[&"<>]/g, (sign) => ESCAPES[sign] as string);
}

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", '"': "&quot;", "<": "&lt;", ">": "&gt;" };

/** Numbers alone, and words from short lists. */
function attributesOf(element: HtmlElement): string {
  const number = (name: string, least: number) => {
    const value = attributeOf(element, name) ?? "";
    return /^[1-9]\d{0,3}$/.test(value) && Number(value) >= least ? ` ${name}="${value}"` : "";
  };
  const word = (name: string, words: readonly string[]) => {
    const value = attributeOf(element, name) ?? "";
    return words.includes(value) ? ` ${name}="${value}"` : "";
  };
  const { tagName } = element;
  if (tagName === "ol") return number("start", 2) + word("type", ["a", "A", "i", "I"]);
  if (tagName !== "td" && tagName !== "th") return "";
  const spans = number("colspan", 2) + number("rowspan", 2);
  return tagName === "th" ? spans + word("scope", ["col", "row", "colgroup", "rowgroup"]) : spans;
}

function tongueOf(element: HtmlElement, around: Tongue): Tongue {
  const [, language, script, region] =
    /^([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}|\d{3}))?(?:-.*)?$/i.exec(
      attributeOf(element, "lang") ?? "",
    ) ?? [];
  const written = attributeOf(element, "dir")?.toLowerCase() ?? (element.tagName === "bdi" ? "auto" : "");
  const dir = element.tagName !== "bdo" && ["ltr", "rtl", "auto"].includes(written) ? written : around.dir;
  if (language === undefined) return { lang: around.lang, dir };
  const parts = [
    language.toLowerCase(),
    script && `${script[0]?.toUpperCase()}${script.slice(1).toLowerCase()}`,
    region?.toUpperCase(),
  ];
  return { lang: parts.filter(Boolean).join("-"), dir };
}

/** What no style sheet decides; one that hides what it names is not there any more, and what it hid is seen. */
function isHidden(element: HtmlElement): boolean {
  if (attributeOf(element, "hidden") !== null) return true;
  if (element.tagName === "dialog" && attributeOf(element, "open") === null) return true;
  return HIDING.test((attributeOf(element, "style") ?? "").slice(0, 4_000));
}

const HIDING =
  /(?:^|[;\s])(?:display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}(?:hidden|collapse)|(?:opacity|font-size)\s{0,9}:\s{0,9}0(?![.\d]))/i;

function childOf({ childNodes }: HtmlElement, tag: string): HtmlElement | null {
  return (childNodes.find((node) => node.nodeName === tag) as HtmlElement | undefined) ?? null;
}

function textOf({ childNodes }: HtmlElement): string {
  return childNodes.map((node) => ("value" in node ? node.value : "")).join("");
}

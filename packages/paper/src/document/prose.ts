/**
 * An organiser's Markdown as blocks, as the letter's page has it: no HTML, no images, links to the web and to mail alone. Tokens of
 * the parser become data; nothing of the text is ever part of a program. What is nested deeper than anybody reads goes on at the
 * depth that it has reached, since the typesetter has limits of its own.
 */
import MarkdownIt, { type Token } from "markdown-it";
import type { Block, Run } from "./blocks.ts";
import { type Writer, withEnds } from "./writer.ts";

const MAX_DEPTH = 6;
const MAX_COLUMNS = 8;
const LINK = /^(?:https?:\/\/|mailto:[^\s<>"']+@)[^\s<>"']+$/i;

const md = MarkdownIt({ html: false, linkify: false, typographer: false, breaks: false });
md.disable(["image", "html_block", "html_inline"]);
md.validateLink = (url) => LINK.test(url) && (!/^http/i.test(url) || URL.canParse(url));

/** Headings begin one level below the document's. */
export function proseBlocks(writer: Writer, markdown: string): Block[] {
  return new Prose(writer, md.parse(markdown, {})).blocks();
}

class Prose {
  readonly #writer: Writer;
  readonly #tokens: readonly Token[];
  #at = 0;
  #lastHeading = 1;

  constructor(writer: Writer, tokens: readonly Token[]) {
    this.#writer = writer;
    this.#tokens = tokens;
  }

  /** Up to the token that closes what was opened before. */
  blocks(depth = 0): Block[] {
    const blocks: Block[] = [];
    while (this.#at < this.#tokens.length) {
      const token = this.#tokens[this.#at++]!;
      if (token.nesting === -1) break;
      blocks.push(...this.#block(token, depth));
    }
    return blocks;
  }

  #block(token: Token, depth: number): Block[] {
    switch (token.type) {
      case "paragraph_open":
        return [{ kind: "paragraph", line: this.#inline() }];
      case "heading_open": {
        const level = Math.min(Number(token.tag.slice(1)) + 1, this.#lastHeading + 1, 6);
        const line = this.#inline();
        if (depth > 0) return [{ kind: "paragraph", line }];
        this.#lastHeading = level;
        return [{ kind: "heading", level, line }];
      }
      case "bullet_list_open":
      case "ordered_list_open": {
        const items = this.#items(depth);
        if (depth >= MAX_DEPTH) return items.flat();
        if (token.type === "bullet_list_open") return [{ kind: "list", items }];
        const start = Number(token.attrGet("start") ?? 1);
        return [{ kind: "numbers", start: Number.isSafeInteger(start) ? start : 1, items }];
      }
      case "blockquote_open": {
        const blocks = this.blocks(depth + 1);
        return depth >= MAX_DEPTH ? blocks : [{ kind: "quote", blocks }];
      }
      case "fence":
      case "code_block":
        return [{ kind: "code", line: this.#writer.line(withEnds(token.content.replace(/\n$/, ""))) }];
      case "hr":
        return [{ kind: "rule" }];
      case "table_open":
        return this.#table();
      default:
        // Nothing else comes from this parser; if it did, its text is shown.
        return token.content === ""
          ? []
          : [{ kind: "paragraph", line: this.#writer.line([{ text: token.content }]) }];
    }
  }

  #items(depth: number): Block[][] {
    const items: Block[][] = [];
    while (this.#tokens[this.#at++]?.type === "list_item_open") items.push(this.blocks(depth + 1));
    return items;
  }

  /** Of a block that holds inline content alone. */
  #inline() {
    const runs = runsOf(this.#tokens[this.#at]?.children ?? []);
    this.#at += 2;
    return this.#writer.line(runs);
  }

  #table(): Block[] {
    const rows: Run[][][] = [];
    for (
      let token = this.#tokens[this.#at++];
      token?.type !== "table_close";
      token = this.#tokens[this.#at++]
    ) {
      if (token?.type === "tr_open") rows.push([]);
      if (token?.type === "inline") rows.at(-1)?.push(runsOf(token.children ?? []));
    }
    const lines = rows.map((cells) => cells.map((runs) => this.#writer.line(runs, undefined, 6)));
    const [head = [], ...body] = lines;
    if (head.length <= MAX_COLUMNS) return [{ kind: "table", head, rows: body }];
    return rows.map((cells) => {
      const runs = cells.flatMap((cell, i) => (i === 0 ? cell : [{ text: " | " }, ...cell]));
      return { kind: "paragraph", line: this.#writer.line(runs) };
    });
  }
}

type Style = { -readonly [K in keyof Run]?: Run[K] };

function runsOf(tokens: readonly Token[]): Run[] {
  const runs: Run[] = [];
  let style: Style = {};
  let link: { to: string; from: number } | null = null;
  for (const { type, content, attrs } of tokens) {
    if (type === "strong_open") style = { ...style, strong: true };
    else if (type === "strong_close") style = { ...style, strong: false };
    else if (type === "em_open") style = { ...style, emphasis: true };
    else if (type === "em_close") style = { ...style, emphasis: false };
    else if (type === "s_open") style = { ...style, struck: true };
    else if (type === "s_close") style = { ...style, struck: false };
    else if (type === "link_open") {
      const to = String(attrs?.find(([name]) => name === "href")?.[1] ?? "");
      link = { to, from: runs.length };
      style = { ...style, to };
    } else if (type === "link_close") {
      const { to: _, ...rest } = style;
      style = rest;
      if (link !== null) runs.push(...printed(link.to, runs.slice(link.from)));
      link = null;
    } else if (type === "softbreak") runs.push({ ...style, text: " " });
    else if (type === "hardbreak") runs.push({ text: "", ends: true });
    else runs.push({ ...style, text: content, ...(type === "code_inline" && { code: true }) });
  }
  return runs;
}

/** Where a link leads, for those who read on paper. */
function printed(to: string, shown: readonly Run[]): Run[] {
  const address = to.replace(/^mailto:/i, "");
  const text = shown.map((run) => run.text).join("");
  return text === address || text === to ? [] : [{ text: ` (${address})`, small: true }];
}

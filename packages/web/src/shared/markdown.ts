/**
 * Markdown, for letters and for our own documents. An organiser's text is taken to be hostile: no HTML, no images, no style,
 * links to the web and to mail alone, and headings that go on from the page's own. Our own documents become HTML at once;
 * what organisers wrote becomes elements (letter/prose.tsx), the same on the server's pages and in an island.
 */
import MarkdownIt, { type Token } from "markdown-it";
import { AWAY, isTextLink } from "./web-link.ts";

export type { Token };

const md = MarkdownIt({ html: false, linkify: false, typographer: false, breaks: false });
md.disable(["image", "html_block", "html_inline"]);
md.validateLink = isTextLink;
md.core.ruler.push("below-the-page-heading", ({ tokens, env }) => {
  nestHeadings(tokens, (env as { below?: number }).below ?? 1);
});
md.core.ruler.push("plain-tables", ({ tokens }) => labelTables(tokens));
md.core.ruler.push("plain-links", ({ tokens }) => {
  for (const { children } of tokens) for (const token of children ?? []) plainLink(token);
});
md.renderer.rules.fence = (tokens, i) =>
  `<pre><code>${md.utils.escapeHtml(tokens[i]!.content)}</code></pre>\n`;

/** HTML that is safe to put into a page whose last heading so far is of level `below`. */
export function renderMarkdown(text: string, below = 1): string {
  return md.render(text, { below });
}

/** The tokens of markdown-it after all rules here: an `inline` one holds its parts as children. */
export function parseMarkdown(text: string, below = 1): readonly Token[] {
  return md.parse(text, { below });
}

/** Only where it leads; a title would be text that most readers never see. */
function plainLink(token: Token): void {
  if (token.type !== "link_open") return;
  token.attrs = [
    ["href", token.attrGet("href") ?? ""],
    ["rel", AWAY],
  ];
}

/** Headings begin one level below the page's and never skip one. */
function nestHeadings(tokens: readonly Token[], below: number): void {
  let last = below;
  for (const token of tokens) {
    if (token.type === "heading_open") {
      last = Math.min(Number(token.tag.slice(1)) + below, last + 1, 6);
      token.tag = `h${last}`;
    } else if (token.type === "heading_close") token.tag = `h${last}`;
  }
}

/**
 * Alignment would be an inline style. A row's first cell heads it, each other gets its column's heading as a label, and each
 * part its role: so narrow screens can stack the cells and a screen reader still finds a table.
 */
function labelTables(tokens: readonly Token[]): void {
  let labels: string[] = [];
  let column = 0;
  tokens.forEach((token, i) => {
    if (token.type === "table_open") labels = [];
    if (token.type === "tr_open") column = 0;
    const role = ROLES[token.type];
    if (role !== undefined) token.attrs = [["role", role]];
    if (token.type === "th_open") {
      token.attrs = headerOf("col");
      labels.push(textOf(tokens[i + 1]));
    } else if (token.type === "td_open") {
      if (column === 0) token.tag = "th";
      token.attrs =
        column === 0
          ? headerOf("row")
          : [
              ["role", "cell"],
              ["data-label", labels[column] ?? ""],
            ];
    } else if (token.type === "td_close") {
      if (column === 0) token.tag = "th";
      column++;
    }
  });
}

function headerOf(scope: "col" | "row"): [string, string][] {
  return [
    ["scope", scope],
    ["role", scope === "col" ? "columnheader" : "rowheader"],
  ];
}

const ROLES: Readonly<Record<string, string>> = {
  table_open: "table",
  thead_open: "rowgroup",
  tbody_open: "rowgroup",
  tr_open: "row",
};

function textOf(token: Token | undefined): string {
  return (token?.children ?? []).map(({ content }) => content).join("");
}

import { h } from "preact";
import { renderToString } from "preact-render-to-string";
import { describe, expect, test } from "vitest";
import { Prose } from "../../src/shared/letter/prose.tsx";
import { parseMarkdown, renderMarkdown } from "../../src/shared/markdown.ts";
import { webLink } from "../../src/shared/web-link.ts";
import { ADDRESSES, markdownWith, PAYLOADS } from "./hostile-texts.ts";
import { attribute, readPage, textIn } from "./kit.ts";
import { dangersIn } from "./safe-page.ts";

describe("Markdown", () => {
  test("keeps what letters are written with", () => {
    expect(renderMarkdown("*a* **b** `c`\n\n1. d\n\n> e")).toBe(
      "<p><em>a</em> <strong>b</strong> <code>c</code></p>\n<ol>\n<li>d</li>\n</ol>\n<blockquote>\n<p>e</p>\n</blockquote>\n",
    );
  });

  test("links to the web and to mail, and tells nobody where the reader is from", () => {
    expect(renderMarkdown("[a](https://example.com/x) <mailto:a@example.com>")).toBe(
      '<p><a href="https://example.com/x" rel="noreferrer noopener">a</a> <a href="mailto:a@example.com" rel="noreferrer noopener">mailto:a@example.com</a></p>\n',
    );
  });

  test("leaves other links as text", () => {
    const html = renderMarkdown("[a](ftp://example.com) [b](/w/x) [c](#d) [e](//example.com)");
    expect(html).not.toContain("<a");
    expect(html).toContain("[a](ftp://example.com)");
  });

  test("shows raw HTML as text and no images", () => {
    expect(renderMarkdown("<b>x</b>")).toBe("<p>&lt;b&gt;x&lt;/b&gt;</p>\n");
    expect(renderMarkdown("![x](https://example.com/x.png)")).not.toContain("<img");
  });

  test("nests headings below the page's and skips none", () => {
    const levels = (text: string, below?: number) =>
      [...renderMarkdown(text, below).matchAll(/<h(\d)>/g)].map((match) => Number(match[1]));
    expect(levels("# a\n\n## b\n\n### c\n\n# d")).toEqual([2, 3, 4, 2]);
    expect(levels("#### a\n\n###### b\n\n# c")).toEqual([2, 3, 2]);
    expect(levels("a\n===\n\nb\n---")).toEqual([2, 3]);
    expect(levels("# a", 2)).toEqual([3]);
    expect(levels("# a\n## b\n### c\n#### d\n##### e\n###### f", 3)).toEqual([4, 5, 6, 6, 6, 6]);
    expect(renderMarkdown("# a")).toBe("<h2>a</h2>\n");
  });

  test("makes tables with headings for columns and rows, and without inline styles", () => {
    const page = readPage(
      renderMarkdown("| who | learns |\n| :-- | --: |\n| board | *much* |\n| reader | |"),
    );
    expect(page.html).not.toContain("style");
    expect(page.tags("th").map((th) => [textIn(th), attribute(th, "scope")])).toEqual([
      ["who", "col"],
      ["learns", "col"],
      ["board", "row"],
      ["reader", "row"],
    ]);
    const roles = ["table", "thead", "tbody", "tr", "td"].map((tag) => attribute(page.tags(tag)[0]!, "role"));
    expect(roles).toEqual(["table", "rowgroup", "rowgroup", "row", "cell"]);
    expect(page.tags("td").map((td) => attribute(td, "data-label"))).toEqual(["learns", "learns"]);
  });
});

test("an address becomes a link only when it is of the web", () => {
  expect(webLink("https://example.com/a?b#c")).toBe("https://example.com/a?b#c");
  expect(webLink("HTTP://example.com")).toBe("http://example.com/");
  for (const url of ["javascript:alert(1)", "https:evil", "//example.com", "https://", "data:,x", ""]) {
    expect(webLink(url), url).toBeNull();
  }
});

describe("a letter's text as elements", () => {
  const prose = (text: string) =>
    readPage(renderToString(h(Prose, { tokens: parseMarkdown(text) })).slice('<div class="prose">'.length));
  const written =
    '# a\n\n*b* **c** `d` ~~e~~\nf  \ng\n\n3. h\n4. i\n\n   j\n\n> k\n\n---\n\n    l < m\n\n```html\n<n>\n```\n\n- o\n- [p](https://example.com/q "r")\n\n| s | t |\n| - | -: |\n| u | v |\n\n&amp; \\* &copy;';

  test("is what the same Markdown makes as HTML", () => {
    for (const text of [written, ...PAYLOADS, ...ADDRESSES.flatMap(markdownWith)]) {
      const elements = prose(text);
      const html = readPage(renderMarkdown(text));
      expect(elements.text, text).toBe(html.text);
      const shape = ({ all }: typeof html) => all.map(({ tagName, attrs }) => [tagName, attrs]);
      expect(shape(elements), text).toEqual(shape(html));
    }
  });

  test("takes no element and no attribute from a parser that went wrong", () => {
    const tokens = parseMarkdown("[a](https://example.com)");
    const [open] = tokens[1]!.children!;
    open!.tag = "script";
    open!.attrs = [
      ["onclick", "alert(1)"],
      ["style", "x"],
    ];
    const page = readPage(renderToString(h(Prose, { tokens })));
    expect(dangersIn(page)).toEqual([]);
    expect(page.text).toBe("a");
  });
});

/** Saved pages are made small pages that show their text, and that every parser reads alike. */
import { cleanFile, inspectFile, isClean } from "@undersigned/clean";
import { cleanHtml } from "@undersigned/clean/html";
import fc from "fast-check";
import { type DefaultTreeAdapterTypes, parse, serialize } from "parse5";
import { describe, expect, it } from "vitest";
import { PAYLOADS } from "../../web/test/reader/hostile-texts.ts";

const parts = { html: () => import("@undersigned/clean/html") };
const encode = (text: string) => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const cleaned = (text: string) => decode(cleanHtml(encode(text)).bytes);
/** What is in the body of a page that was cleaned. */
const body = (text: string) => /<body>([\s\S]*)<\/body>/.exec(cleaned(`<!doctype html>${text}`))?.[1];
const codeOf = (work: () => unknown) => {
  try {
    work();
    return "none";
  } catch (error) {
    return (error as { code: string }).code;
  }
};

const ALLOWED =
  /^(?:html|head|meta|title|body|h[1-6]|p|ul|ol|li|dl|dt|dd|table|caption|thead|tbody|tfoot|tr|td|th|blockquote|figure|figcaption|pre|hr|br|a|time|span|bdo|strong|em|s|u|mark|small|q|code|sub|sup)$/;

/** That a parser finds just what was written: each element, attribute and text, in its place. */
function expectReadAlike(page: string): void {
  const document = parse(page);
  const again = serialize(document)
    .replace("<!DOCTYPE html>", "<!doctype html>")
    .replaceAll("&nbsp;", "\u00a0")
    .replace("\n</body></html>", "</body></html>\n");
  expect(again).toBe(page);
  const elements = elementsIn(document.childNodes);
  expect(elements.map(({ tagName }) => tagName).filter((name) => !ALLOWED.test(name))).toEqual([]);
  const attributes = elements.flatMap(({ attrs }) => attrs.map(({ name }) => name));
  expect(attributes.filter((name) => !ATTRIBUTES.has(name))).toEqual([]);
}

const ATTRIBUTES = new Set(
  "charset http-equiv content name lang dir href rel datetime start type colspan rowspan scope".split(" "),
);

function elementsIn(nodes: readonly DefaultTreeAdapterTypes.ChildNode[]): DefaultTreeAdapterTypes.Element[] {
  return nodes.flatMap((node) => ("tagName" in node ? [node, ...elementsIn(node.childNodes)] : []));
}

describe("what stays of a page", () => {
  it("is its text with headings, lists, tables, links and quotations", () => {
    const text = `<h1>A</h1><p>b <b>c</b> <a href="https://example.com/d">e</a><br>f</p><ul><li>g<ol start=3><li>h</ol></ul>
      <table><caption>i</caption><tr><th scope=row>j<td colspan=2>k</table><blockquote>l</blockquote><pre>m
  n</pre><hr><time datetime=2026-03-01>o</time><dl><dt>p<dd>q</dl><figure><figcaption>r</figcaption></figure>`;
    expect(body(text)?.replaceAll("\n", "")).toBe(
      '<h1>A</h1><p>b <strong>c</strong> <a href="https://example.com/d" rel="noreferrer">e</a><br>f</p>' +
        '<ul><li>g<ol start="3"><li>h</li></ol></li></ul><table><caption>i</caption><tbody><tr><th scope="row">j</th>' +
        '<td colspan="2">k</td></tr></tbody></table><blockquote><p>l</p></blockquote><pre>m  n</pre><hr>' +
        '<p><time datetime="2026-03-01">o</time></p><dl><dt>p</dt><dd>q</dd></dl><figure><figcaption>r</figcaption></figure>',
    );
  });

  it("is what is in parts that only arrange it, and the description of a picture", () => {
    expect(body("<main><div>a<div>b</div></div><form><label>c</label></form><img alt=d src=x></main>")).toBe(
      "<p>a</p>\n<p>b</p>\n<p>c</p>\n<p>[d]</p>",
    );
  });

  it("is language and direction, where they change", () => {
    const page = cleaned(
      "<!doctype html><html lang=EN-gb-x-jane><p>a <span lang=ar dir=rtl>b</span><div lang=fr><p>c",
    );
    expect(page).toContain('<html lang="en-GB">');
    expect(page).toContain('<p>a <span lang="ar" dir="rtl">b</span></p>\n<p lang="fr">c</p>');
  });

  it("has lists in words that stray about in others put where they may stand", () => {
    expect(body("<ul>a<ul><li>b</ul>c<li>d</ul><li>e")).toBe(
      "<ul><li>a\n<ul><li>b</li></ul>\n<p>c</p></li>\n<li>d</li></ul>\n<p>e</p>",
    );
  });
});

describe("what goes", () => {
  it.each([
    ["where it was saved from", "<!-- saved from url=(0011)https://jane.example.com --><html><p>a", "jane"],
    ["ids, classes and data", "<p id=jane class=jane data-user=jane>a", "jane"],
    ["what hides", "<p hidden>jane</p><p style='x:y;display : none'>jane</p><dialog>jane</dialog>a", "jane"],
    ["what was typed", "<input value=jane><textarea>jane</textarea><select><option>jane</select>a", "jane"],
    ["noscript and template", "<noscript>jane</noscript><template>jane</template>a", "jane"],
    ["pictures in the text itself", "<img src=data:image/png;base64,jane srcset='jane 1x'>a", "jane"],
    ["folders in links", "<a href=file:///home/jane/x>a</a>", "jane"],
    ["scripts in links", "<a href=' java\nscript:jane()'>a</a>", "jane"],
    ["marks of who was sent a link", "<a href='https://example.com/?utm_source=jane'>a</a>", "jane"],
    ["names to sign in with", "<a href='https://jane:x@example.com/'>a</a>", "jane"],
    [
      "marks of programs in the browser",
      "<grammarly-desktop-integration>jane</grammarly-desktop-integration>a",
      "jane",
    ],
    ["characters that nobody sees", "<p>a\u200b\u2063b&#8203;&zwnj;c", "\u200b"],
  ])("%s", (_, page, mark) => {
    const out = cleaned(`<!doctype html>${page}`);
    expect(out).not.toContain(mark);
    expect(out).toContain("a");
  });

  it("is said in words, and what only a person can mend too", async () => {
    const page = encode(
      "<!doctype html><!-- x --><script>1</script><p>Logged in as J. Write to someone@example.com or C:\\Users\\someone",
    );
    const { findings, format } = await inspectFile(page, "", parts);
    expect(format).toBe("html");
    expect(findings.map(({ kind, mends }) => [kind, mends])).toEqual([
      ["comment", true],
      ["script", true],
      ["text", false],
      ["text", false],
      ["text", false],
    ]);
    expect(JSON.stringify(findings)).not.toContain("someone");
    const { bytes } = await cleanFile(page, parts);
    expect((await inspectFile(bytes, "", parts)).findings.every(({ mends }) => !mends)).toBe(true);
  });
});

describe("a page that attacks", () => {
  it.each(PAYLOADS)("holds nothing that runs: %s", (payload) => {
    const page = cleaned(`<!doctype html><p>a</p>${payload}<table>${payload}<tr><td>${payload}</table>`);
    expectReadAlike(page);
    expect(page).not.toMatch(
      /<(?:script|img|svg|iframe|style|base|form)|\son\w+=["']?[^<]*>|javascript:[^<]*">/i,
    );
  });

  it.each([
    [
      "foster parents",
      "<table><a href=https://a.test/><p>x<table><b>y<tr><td><a href=https://b.test/>z</table>",
    ],
    ["a paragraph in a table in a paragraph", "<p>a<table><p>b<td>c</table>d"],
    [
      "marks that overlap",
      "<b>a<i>b<p>c</b>d</i>e<a href=https://a.test/>f<a href=https://b.test/>g<div>h</a>i",
    ],
    ["a style in foreign parts", "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'></svg>a"],
    ["mglyph", "<math><mtext><table><mglyph><style><math><table id='</table>'><img src onerror=alert(1)'>a"],
    ["noscript", "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>a</noscript>b"],
    ["a form in a form", "<form><div></form><form><p>a<math><annotation-xml encoding=text/html><form>b"],
    ["a select with a table", "<select><table><tr><td>a</select>b<plaintext><p>c"],
    ["a line end that begins what keeps them", "<pre>\n\n\na</pre><textarea>\n\nb</textarea><listing>\n\nc"],
    ["nothing but marks", "a<b></b><i><u></u></i><h1></h1><ul><li></ul><table><tr></table>"],
  ])("by %s is read by every parser alike", (_, page) => expectReadAlike(cleaned(`<!doctype html>z${page}`)));

  it("by whatever order of elements is cleaned to what cleans to itself and is read alike", async () => {
    const tags =
      "p div h1 ul ol li dl dt dd table caption tbody tr td th blockquote pre figure figcaption a b i em q sub time bdo span ruby rt svg math style select template noscript form button br hr img body html frameset".split(
        " ",
      );
    const piece = fc.oneof(
      fc
        .constantFrom(...tags)
        .map((tag) => `<${tag} lang=fr dir=rtl href=https://a.test/?b datetime=2026 rowspan=2>`),
      fc.constantFrom(...tags).map((tag) => `<${tag}>`),
      fc.constantFrom(...tags).map((tag) => `</${tag}>`),
      fc.constantFrom(
        "a",
        " b ",
        "\n",
        "\u200b",
        "&nbsp;",
        "&lt;p&gt;",
        "<!-- c -->",
        "рау",
        "\u2028",
        "]]>",
        "&#13;",
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 40 }), async (pieces) => {
        const page = cleanHtml(encode(`<!doctype html><p>z${pieces.join("")}`)).bytes;
        expectReadAlike(decode(page));
        expect(await isClean(page, parts)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    [
      "UTF-7",
      encode("<!doctype html><meta charset=utf-7><p>+ADw-script+AD4-alert(1)"),
      "+ADw-script+AD4-alert(1)",
    ],
    ["ISO-2022-JP", encode('<!doctype html><meta charset=iso-2022-jp><p>\u001b$B$"\u001b(B<q>a</q>'), "あ"],
    ["windows-1251", new Uint8Array([...encode("<html><meta charset=windows-1251><p>"), 0xc4, 0xe0]), "Да"],
    [
      "UTF-16",
      new Uint8Array(new Uint16Array([...`\ufeff<html><p>ä`].map((c) => c.charCodeAt(0))).buffer),
      "ä",
    ],
    ["no characters that are said", new Uint8Array([...encode("<html><p>caf"), 0xe9]), "café"],
    ["a declaration in a remark", encode('<!-- <meta charset="koi8-r"> --><html><p>ä'), "ä"],
  ])("by its encoding is read once and written as UTF-8: %s", async (_, bytes, text) => {
    const { bytes: out, format } = await cleanFile(bytes, parts);
    expect(format).toBe("html");
    expect(decode(out)).toContain(text);
    expect(decode(out)).toContain('<head><meta charset="utf-8">');
    expect(await isClean(out, parts)).toBe(true);
  });

  it("by depth is refused, and that takes no time that grows with it squared", () => {
    for (const tag of ["<div>", "<b>", "<table><td>", "<svg>", "<ul><li>"])
      expect(codeOf(() => cleanHtml(encode(`<!doctype html>a${tag.repeat(100_000)}`)))).toMatch(
        /^file-(?:too-deep|expands)$/,
      );
  });

  it("by marks that are made anew in each paragraph is refused", () => {
    const marks = Array.from({ length: 400 }, (_, i) => `<font a=${i}>`).join("");
    expect(codeOf(() => cleanHtml(encode(`<!doctype html><p>a${marks}${"<p>b".repeat(10_000)}`)))).toBe(
      "file-expands",
    );
  });

  it("by a million attributes and entities is cleaned as others", () => {
    const attributes = Array.from({ length: 200_000 }, (_, i) => `a${i}`).join(" ");
    expect(body(`<p ${attributes}>a${"&amp;&#x1F600;&nosuch;".repeat(1_000)}`)).toContain(
      "a&amp;😀&amp;nosuch;",
    );
  });

  it("without a text of its own is refused", () => {
    expect(codeOf(() => cleanHtml(encode("<!doctype html><title>a</title><script>b</script>")))).toBe(
      "page-empty",
    );
    expect(codeOf(() => cleanHtml(encode("<!doctype html><frameset><frame src=a></frameset>")))).toBe(
      "page-empty",
    );
  });
});

describe("which files are pages", () => {
  it.each([
    ["<!DOCTYPE HTML PUBLIC 'x'><p>a", "html"],
    ["\ufeff <!-- a --><!-- b --> <html lang=en>a", "html"],
    ['<?xml version="1.0"?><!DOCTYPE html><html><p>a', "html"],
    ["<!-- a --> # A text", "text"],
    ["<p>a", "text"],
  ])("%s", async (text, format) => expect((await inspectFile(encode(text), "", parts)).format).toBe(format));

  it("says of an archive what to do instead", async () => {
    const mhtml = encode(
      "From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n",
    );
    const report = await inspectFile(mhtml, "", parts);
    expect(report).toMatchObject({ format: "unsupported", findings: [] });
    expect(report.advice).toContain("HTML only");
  });

  it("asks for the part that reads them", async () => {
    await expect(isClean(encode("<html>a"), {})).rejects.toMatchObject({ code: "html-part-missing" });
  });
});

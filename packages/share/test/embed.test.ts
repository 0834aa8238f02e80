/** The embeddable count and its oEmbed file: they do nothing, ask nobody, and stay what they are whatever a title holds. */
import { createHash } from "node:crypto";
import { type DefaultTreeAdapterMap, parse, parseFragment } from "parse5";
import { describe, expect, it } from "vitest";
import { formatProblems } from "../src/check/index.ts";
import { EMBED_POLICY, frameMarkup, writeEmbedPage, writeOembed } from "../src/index.ts";
import { sampleCount } from "./sample-counts.ts";
import { HOSTILE_TEXTS, sampleEmbedding } from "./samples.ts";

type Node = DefaultTreeAdapterMap["node"];

function elements(node: Node): DefaultTreeAdapterMap["element"][] {
  const own = "tagName" in node ? [node] : [];
  return "childNodes" in node ? [...own, ...node.childNodes.flatMap(elements)] : own;
}

const shape = (html: string) =>
  elements(parse(html)).map(({ tagName, attrs }) => [tagName, ...attrs.map(({ name }) => name)].join(" "));

describe("the embeddable count", () => {
  it("is the same bytes each time", () => {
    expect(writeEmbedPage(sampleCount("en"))).toBe(writeEmbedPage(structuredClone(sampleCount("en"))));
  });

  it("has a policy that allows its own style and nothing else", () => {
    const style = /<style>(.*)<\/style>/.exec(writeEmbedPage(sampleCount("en")))![1]!;
    const hash = createHash("sha256").update(style).digest("base64");
    expect(EMBED_POLICY).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors *`,
    );
  });

  it("leads to the letter alone, and loads nothing", () => {
    const html = writeEmbedPage(sampleCount("ar"));
    expect(html.match(/(?:https?:)?\/\/[^"<]*/g)).toEqual([sampleCount("ar").letter]);
    expect(html).not.toMatch(/<script|<img|<link|url\(|@import| on\w+=/);
    expect(html).toContain('<html lang="ar" dir="rtl">');
  });

  it.each(HOSTILE_TEXTS.map((text, i) => [i, text]))(
    "has the same elements, whatever a text holds (%i)",
    (_, text) => {
      const hostile = { title: text, count: text, unit: text, note: text, letter: text, titleLanguage: text };
      expect(shape(writeEmbedPage(sampleCount("en", hostile)))).toEqual(
        shape(writeEmbedPage(sampleCount("en"))),
      );
    },
  );

  it("says in words that there is no number yet", () => {
    const html = writeEmbedPage(
      sampleCount("en", { count: null, unit: "A number appears when 20 have signed." }),
    );
    expect(html).toContain("<p>A number appears when 20 have signed.</p>");
  });
});

describe("oEmbed", () => {
  it.each(HOSTILE_TEXTS.map((text, i) => [i, text]))(
    "is valid, and one frame, whatever a title holds (%i)",
    (_, text) => {
      const written = writeOembed({
        ...sampleEmbedding,
        title: text,
        board: { name: text, url: "https://letters.example.com" },
      });
      expect(formatProblems("oembed", written)).toEqual([]);
      const [frame, ...more] = elements(parseFragment(JSON.parse(written).html));
      expect(more).toEqual([]);
      expect(frame?.tagName).toBe("iframe");
      expect(frame?.attrs.filter(({ name }) => /^on|^srcdoc$/.test(name))).toEqual([]);
    },
  );

  it("gives the frame no right but to open the letter", () => {
    const markup = frameMarkup("Title", "https://letters.example.com/embed");
    expect(markup).toContain('sandbox="allow-popups allow-popups-to-escape-sandbox"');
    expect(markup).toContain('referrerpolicy="no-referrer"');
    expect(JSON.parse(writeOembed(sampleEmbedding)).html).toBe(
      frameMarkup(sampleEmbedding.title, sampleEmbedding.frame),
    );
  });

  it("does without a picture", () => {
    expect(formatProblems("oembed", writeOembed({ ...sampleEmbedding, picture: null }))).toEqual([]);
  });
});

/**
 * The embeddable count: a small page for a frame in somebody else's page. No script, no picture, no link but to the letter; light or
 * dark as the reader likes it. Everything in it is given, so it can be copied like any other public file.
 */
import { address, type Direction, languageTag, oneLine } from "../text/clean-text.ts";
import { element, escaped } from "../text/xml.ts";

export interface EmbeddedCount {
  readonly title: string;
  readonly titleLanguage: string;
  readonly titleDirection: Direction;
  /** Of the sentences around it. */
  readonly language: string;
  readonly direction: Direction;
  /** `1,234`, with its `unit` below; or null as long as there is no number, and `unit` says so. */
  readonly count: string | null;
  readonly unit: string;
  /** What else must be said of the number: that it can be recounted, as of which day. */
  readonly note: string;
  readonly letter: string;
}

const STYLE = [
  ":root{color-scheme:light dark;--paper:#fff;--text:#1f2328;--muted:#53585f;--line:#dcd8cf;--accent:#17506b}",
  "@media(prefers-color-scheme:dark){:root{--paper:#15181b;--text:#e7e4dd;--muted:#b0aea8;--line:#343a40;--accent:#9ccbe0}}",
  "*{box-sizing:border-box;margin:0}",
  'body{min-block-size:100vh;padding:14px 18px;border:1px solid var(--line);border-inline-start:6px solid var(--accent);background:var(--paper);color:var(--text);font:15px/1.4 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",Arial,sans-serif;overflow-wrap:anywhere}',
  "a{color:inherit;text-decoration-color:var(--accent);text-underline-offset:.2em}",
  "a:focus-visible{outline:3px solid var(--accent);outline-offset:2px}",
  "h1{font-size:17px;line-height:1.35;display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:3;overflow:hidden}",
  ".n{font-size:38px;line-height:1.2;font-weight:700;font-variant-numeric:tabular-nums}",
  ".m{color:var(--muted);font-size:13px}",
].join("");

/**
 * What the page must be served with: it may be framed by anyone and do nothing. The hash is that of its style (a test compares).
 */
export const EMBED_POLICY =
  "default-src 'none'; style-src 'sha256-hyiHkAulcGVOPIJnH3svFMJvRVJ+AiHRFkRtiaHeJ78='; base-uri 'none'; form-action 'none'; frame-ancestors *";

/** UTF-8, `text/html`. */
export function writeEmbedPage(embedded: EmbeddedCount): string {
  const { title, titleLanguage, titleDirection, language, direction, count, unit, note, letter } = embedded;
  const text = escaped(oneLine(title));
  const link = element(
    "a",
    {
      href: address(letter),
      lang: languageTag(titleLanguage),
      dir: titleDirection,
      target: "_blank",
      rel: "noopener",
    },
    text,
  );
  const number = count === null ? "" : `${element("span", { class: "n" }, escaped(oneLine(count)))} `;
  const body = [
    element("h1", {}, link),
    element("p", {}, `${number}${escaped(oneLine(unit))}`),
    element("p", { class: "m" }, escaped(oneLine(note))),
  ];
  const head = [
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width">',
    '<meta name="robots" content="noindex">',
    element("title", {}, text),
    `<style>${STYLE}</style>`,
  ];
  return `<!doctype html>${element(
    "html",
    { lang: languageTag(language), dir: direction },
    `<head>${head.join("")}</head><body>${body.join("")}</body>`,
  )}\n`;
}

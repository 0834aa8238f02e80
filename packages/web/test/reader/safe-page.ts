/** What must hold of every page that is only read, whatever stands in the texts that it shows. */
import type { Element, Page } from "./kit.ts";

const FORBIDDEN = new Set([
  "script",
  "style",
  "img",
  "iframe",
  "object",
  "embed",
  "svg",
  "math",
  "form",
  "input",
  "button",
  "base",
  "applet",
  "audio",
  "video",
  "source",
  "frame",
  "frameset",
  "template",
  "textarea",
  "select",
  "marquee",
]);
const OWN = /^(?:\/(?!\/)|#)/;
const AWAY = /^(?:https?:\/\/|mailto:)/;
/** Attributes by which an element can do anything at all. Everything else is refused. */
const ALLOWED = new Set([
  "href",
  "rel",
  "class",
  "id",
  "lang",
  "dir",
  "datetime",
  "scope",
  "role",
  "data-label",
  "aria-label",
  "aria-labelledby",
  "charset",
  "name",
  "content",
  "integrity",
  "start",
]);
const LINKED_HEAD = new Set(["stylesheet"]);

/** What is wrong with the page; empty when nothing is. */
export function dangersIn(page: Page): string[] {
  return page.all.flatMap((element) => [...dangersOf(element)].map((what) => `<${element.tagName}> ${what}`));
}

function* dangersOf({ tagName, attrs }: Element): Generator<string> {
  if (FORBIDDEN.has(tagName)) yield "is there";
  for (const { name, value } of attrs) {
    if (name.startsWith("on")) yield `has ${name}`;
    else if (!ALLOWED.has(name)) yield `has the attribute ${name}`;
    if (name === "href" && !OWN.test(value) && !(tagName === "a" && isAway(value))) yield `leads to ${value}`;
    if (tagName === "link" && name === "rel" && !LINKED_HEAD.has(value)) yield `is a ${value}`;
    if (tagName === "meta" && name === "http-equiv") yield "acts";
  }
  const href = attrs.find(({ name }) => name === "href")?.value ?? "";
  const rel = attrs.find(({ name }) => name === "rel")?.value;
  if (tagName === "a" && AWAY.test(href) && rel !== "noreferrer noopener")
    yield "tells where the reader is from";
}

function isAway(href: string): boolean {
  return AWAY.test(href) && ["http:", "https:", "mailto:"].includes(URL.parse(href)?.protocol ?? "");
}

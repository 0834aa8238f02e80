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
/** What a page has besides that lets its readers choose what they see: a form that asks this site by GET. */
const OF_A_FORM = new Set(["form", "input", "select", "button"]);
const FORM_ATTRIBUTES = new Set(["action", "method", "for", "type", "value", "maxlength", "selected"]);
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
  "reversed",
  "aria-sort",
  "aria-hidden",
  "aria-current",
  "property",
  "itemscope",
  "itemtype",
  "itemprop",
  "hreflang",
]);
/** Says of what kind a file is that nobody loads. */
const LINK_ATTRIBUTES = new Set(["type", "title"]);
const NONE: ReadonlySet<string> = new Set();
/** What a drawing is made of: shapes and words that lead nowhere and load nothing. Everything else in it is refused. */
const DRAWN = new Set(["svg", "title", "desc", "path", "line", "rect", "text", "g"]);
const DRAWING = new Set([
  ...["xmlns", "viewBox", "preserveAspectRatio", "overflow", "width", "height", "direction"],
  ...["x", "y", "x1", "x2", "y1", "y2", "dx", "rx", "d", "fill", "fill-opacity", "font-size", "font-weight"],
  ...["stroke", "stroke-opacity", "stroke-width", "stroke-linejoin", "stroke-dasharray"],
  ...["text-anchor", "paint-order", "vector-effect", "aria-describedby", "aria-hidden"],
]);
const SVG = "http://www.w3.org/2000/svg";
const LINKED_HEAD = new Set(["stylesheet", "alternate"]);

/** What is wrong with the page; empty when nothing is. */
export function dangersIn(page: Page, { form = false } = {}): string[] {
  return page.all.flatMap((element) =>
    [...dangersOf(element, form)].map((what) => `<${element.tagName}> ${what}`),
  );
}

function* dangersOf({ tagName, attrs, namespaceURI }: Element, form: boolean): Generator<string> {
  const drawn = namespaceURI === SVG && DRAWN.has(tagName);
  if (!drawn && (namespaceURI === SVG || FORBIDDEN.has(tagName)) && !(form && OF_A_FORM.has(tagName)))
    yield "is there";
  const links = tagName === "link" ? LINK_ATTRIBUTES : NONE;
  for (const { name, value } of attrs) {
    if (name.startsWith("on")) yield `has ${name}`;
    else if (drawn) {
      if (!DRAWING.has(name) && !["id", "class", "role", "aria-labelledby"].includes(name))
        yield `has the attribute ${name}`;
    } else if (!ALLOWED.has(name) && !links.has(name) && !(form && FORM_ATTRIBUTES.has(name)))
      yield `has the attribute ${name}`;
    if (name === "href" && !OWN.test(value) && !(tagName === "a" && isAway(value))) yield `leads to ${value}`;
    if (name === "action" && !OWN.test(value)) yield `sends to ${value}`;
    if (name === "method" && value !== "get") yield `sends by ${value}`;
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

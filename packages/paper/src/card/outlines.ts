/**
 * A typeset page as SVG of groups and paths alone, each letter where it stands. The typesetter says a letter once and uses it; programs
 * that draw pictures cut such letters at their baseline, and some show none. Only what is known is taken over: groups with their place,
 * paths with their colour. Anything else in the drawing is an error of ours.
 */
import { PaperError } from "../errors.ts";

export interface Outlines {
  readonly width: number;
  readonly height: number;
  /** `<g>` and `<path>`; see `Painted` for what stands on a path. */
  readonly body: string;
}

/** Attributes of a path that has a fill, a stroke, or both; colours as the template has them, `#rrggbb`. */
export type Painted = (paint: { readonly fill: string | null; readonly stroke: string | null }) => string;

const PAGE = /^<svg class="typst-doc" viewBox="0 0 ([\d.]+) ([\d.]+)"/;
const SYMBOL = /<symbol id="(\w+)" overflow="visible">\s*<path d="([^"<]*)"\s*\/>\s*<\/symbol>/g;
const TAG = /<(\/?)(\w+)((?: [\w:-]+="[^"<]*")*)\s*(\/?)>/g;
const ATTRIBUTE = /([\w:-]+)="([^"<]*)"/g;

export function outlinesOf(svg: string, painted: Painted): Outlines {
  const page = PAGE.exec(svg);
  if (page === null) throw unknown();
  const letters = new Map<string, string>();
  for (const [, id, path] of svg.matchAll(SYMBOL)) letters.set(id!, shortened(path!));
  const drawing = svg
    .slice(svg.indexOf(">") + 1, svg.lastIndexOf("</svg>"))
    .replace(/<defs[\s\S]*?<\/defs>/g, "");
  let body = "";
  for (const [, end, name, written, alone] of drawing.matchAll(TAG)) {
    const attributes = new Map([...written!.matchAll(ATTRIBUTE)].map(([, key, value]) => [key!, value!]));
    body += tagOf(name!, end === "/", alone === "/", attributes, letters, painted);
  }
  return { width: Number(page[1]), height: Number(page[2]), body: body.replaceAll(/<g[^>]*><\/g>/g, "") };
}

type Attributes = ReadonlyMap<string, string>;

function tagOf(
  name: string,
  end: boolean,
  alone: boolean,
  attributes: Attributes,
  letters: ReadonlyMap<string, string>,
  painted: Painted,
): string {
  if (name === "g") {
    if (end) return "</g>";
    const transform = attributes.get("transform");
    return `<g${transform === undefined ? "" : ` transform="${shortened(transform)}"`}>${alone ? "</g>" : ""}`;
  }
  if (name === "use") {
    const path = letters.get(attributes.get("xlink:href")?.slice(1) ?? "");
    if (path === undefined) throw unknown();
    // A space has no outline.
    if (path === "") return "";
    return `<path transform="translate(${shortened(`${attributes.get("x")} ${attributes.get("y")}`)})"${paint(attributes, painted)} d="${path}"/>`;
  }
  if (name === "path")
    return `<path${placed(attributes)}${paint(attributes, painted)} d="${shortened(attributes.get("d") ?? "")}"/>`;
  throw unknown();
}

function placed(attributes: Attributes): string {
  const kept = ["transform", "fill-rule", "stroke-width"].filter((key) => attributes.has(key));
  return kept.map((key) => ` ${key}="${shortened(attributes.get(key)!)}"`).join("");
}

const COLOUR = /^#[0-9a-f]{6}$/;

function paint(attributes: Attributes, painted: Painted): string {
  const [fill, stroke] = ["fill", "stroke"].map((key) => {
    const colour = attributes.get(key);
    if (colour === undefined || colour === "none") return null;
    if (!COLOUR.test(colour)) throw unknown();
    return colour;
  });
  return painted({ fill: fill ?? null, stroke: stroke ?? null });
}

/** Numbers to a hundredth of a point, which nobody sees, and one space between them. */
function shortened(text: string): string {
  return text
    .replace(/-?\d+\.\d{3,}(?:e-?\d+)?/g, (number) => String(Math.round(Number(number) * 100) / 100))
    .replace(/\s+/g, " ")
    .trim();
}

function unknown(): PaperError {
  return new PaperError(
    "not-typeset",
    "The picture could not be drawn: the typesetter made one of a kind that is not known here.",
  );
}

/**
 * A letter's badge: number, unit and title as a small SVG for pages of others. Its letters are outlines, so it looks alike wherever
 * it is shown; it refers to nothing, does nothing, and is light or dark as the reader likes it.
 */
import { escaped } from "@undersigned/share";
import { Faces } from "../fonts/text-faces.ts";
import { typesetSvg } from "../typeset.ts";
import { outlinesOf } from "./outlines.ts";
import { BADGE } from "./template.ts";
import { type CountWords, countInputs } from "./words.ts";

export interface Badge extends CountWords {
  /** What is read out: a sentence with number, unit and title; in `language`. */
  readonly name: string;
}

/** Of the template's colours, light and dark; those of the pages. */
const ROLES: Readonly<Record<string, readonly [name: string, light: string, dark: string]>> = {
  "#000001": ["t", "#1f2328", "#e7e4dd"],
  "#000002": ["m", "#53585f", "#b0aea8"],
  "#000003": ["a", "#17506b", "#9ccbe0"],
};

const PAPER = ["#fbfaf7", "#15181b"] as const;
const LINE = ["#dcd8cf", "#343a40"] as const;
const BAR = 6;

/** UTF-8, `image/svg+xml`, some 20 kB; the same bytes for the same badge. Throws PaperError `not-typeset`. */
export function makeBadge(badge: Badge): string {
  const faces = new Faces();
  const drawing = typesetSvg(BADGE, countInputs(badge, faces), faces);
  const { width, height, body } = outlinesOf(drawing, ({ fill }) => {
    const [name, light] = ROLES[fill ?? ""] ?? [];
    return name === undefined ? ' fill="none"' : ` class="${name}" fill="${light}"`;
  });
  const [w, h] = [Math.ceil(width), Math.ceil(height)];
  const bar = badge.direction === "rtl" ? w - BAR : 0;
  const roles = Object.values(ROLES);
  const dark = [
    ...roles.map(([name, , colour]) => `.${name}{fill:${colour}}`),
    `.p{fill:${PAPER[1]};stroke:${LINE[1]}}`,
  ];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="n" width="${w}" height="${h}" viewBox="0 0 ${w} ${h}">`,
    `<title id="n">${escaped(badge.name)}</title>`,
    `<style>@media(prefers-color-scheme:dark){${dark.join("")}}</style>`,
    `<rect class="p" x=".5" y=".5" width="${w - 1}" height="${h - 1}" fill="${PAPER[0]}" stroke="${LINE[0]}"/>`,
    `<rect class="a" x="${bar}" width="${BAR}" height="${h}" fill="${ROLES["#000003"]![1]}"/>`,
    body,
    "</svg>\n",
  ].join("");
}

/**
 * Signatures by day as SVG that stands in a page: no script, no style, colours from `currentColor`, an accessible name and description.
 * Scales, ticks and the line are d3's. The drawing stretches to the page's width while words, markers and the thickness of lines keep
 * their size: what has a size is placed in per cent, what is stretched has lines that do not scale. All is legible from 320 px on.
 */
import { addDays, type Day, dayNumber, dayOf, daysBetween } from "@undersigned/core";
import { scaleLinear, scaleUtc } from "d3-scale";
import { area, curveStepAfter, line } from "d3-shape";
import { type Direction, oneLine } from "../text/clean-text.ts";
import { type Attributes, element, escaped } from "../text/xml.ts";
import { MARKER_HEIGHT, type Marker, markersOf } from "./markers.ts";
import { type Signatures, span } from "./signatures.ts";

export interface PlotWords {
  /** Its accessible name, and what it shows in a sentence or two. */
  readonly title: string;
  readonly description: string;
  /** Beside the line of the last day, as short as can be. */
  readonly closes: string;
  readonly number: (value: number) => string;
  /** Short: the year where it must be. */
  readonly day: (day: Day) => string;
}

export interface PlotPlace {
  /** Beginning of the ids in it, which a page has once: `[a-z][a-z0-9-]*`. */
  readonly id: string;
  readonly direction: Direction;
}

/** CSS pixels. What a page of 320 leaves beside its margins. */
const NARROWEST = 280;
const TOP = 48;
const HEIGHT = 190;
const BOTTOM = 26;
const FLOOR = TOP + HEIGHT;
/** Units of the part that is stretched, either way. */
const UNITS = 1000;
const MS_PER_DAY = 86_400_000;

type Anchor = "start" | "middle" | "end";

/** Places by days since the first, as script runs: in per cent, and in pixels at the narrowest. */
interface Across {
  readonly days: number;
  readonly rtl: boolean;
  units(at: number): number;
}

export function plotSignatures(signatures: Signatures, words: PlotWords, place: PlotPlace): string {
  const { first, days } = span(signatures);
  const after = ({ day }: { readonly day: Day }) => daysBetween(first, day);
  const rtl = place.direction === "rtl";
  const x = scaleLinear([0, days], rtl ? [UNITS, 0] : [0, UNITS]);
  const across: Across = { days, rtl, units: x };
  const most = Math.max(1, ...signatures.counts.map(({ count }) => count));
  const y = scaleLinear([0, most], [UNITS, 0]).nice(4);
  const ticks = signatures.counts.length === 0 ? [0] : y.ticks(4).filter(Number.isInteger);
  const eventDays = [...new Set(signatures.events.map(after))];
  const height = (value: number) => round(TOP + (y(value) / UNITS) * HEIGHT);

  const drawn = [
    ...ticks.map((tick) => rule(height(tick), tick === 0 ? 0.7 : 0.18)),
    ...eventDays.map((at) => down(percent(across, at), { "stroke-opacity": 0.35 })),
    ...(signatures.closes === null
      ? []
      : closingLine(across, daysBetween(first, signatures.closes) + 1, words.closes)),
    steps(signatures, first, x, y),
    ...markersOf(signatures.events, first, NARROWEST / days).map((marker) => markerOf(across, marker)),
    ...ticks
      .filter((tick) => tick > 0)
      .map((tick) => {
        const [x, anchor, dx] = rtl ? (["100%", "end", -4] as const) : (["0%", "start", 4] as const);
        return label(words.number(tick), x, height(tick) - 4, anchor, rtl, dx);
      }),
    ...dayLabels(first, across, words).map(({ text, at, anchor }) =>
      label(text, percent(across, at), FLOOR + 18, anchor, rtl),
    ),
  ];
  return element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      role: "img",
      "aria-labelledby": `${place.id}-title`,
      "aria-describedby": `${place.id}-desc`,
      class: "plot",
      width: "100%",
      height: FLOOR + BOTTOM,
      overflow: "visible",
      fill: "currentColor",
      "font-size": 12,
    },
    [
      element("title", { id: `${place.id}-title` }, escaped(oneLine(words.title))),
      element("desc", { id: `${place.id}-desc` }, escaped(oneLine(words.description))),
      ...drawn,
    ].join(""),
  );
}

/** The one part that is stretched: the line, and what lies below it. */
function steps(
  { from, until, counts }: Signatures,
  first: Day,
  x: (at: number) => number,
  y: (count: number) => number,
): string {
  if (counts.length === 0) return "";
  const points: [number, number][] = [
    [daysBetween(first, from), 0],
    ...counts.map(({ day, count }): [number, number] => [daysBetween(first, day), count]),
    [daysBetween(first, addDays(until, 1)), counts.at(-1)!.count],
  ];
  const along = (point: [number, number]) => x(point[0]);
  const up = (point: [number, number]) => y(point[1]);
  const below = area<[number, number]>(along, UNITS, up).curve(curveStepAfter).digits(0)(points);
  const edge = line<[number, number]>(along, up).curve(curveStepAfter).digits(0)(points);
  return element(
    "svg",
    {
      // Part of the picture, and no picture of its own that lacks a name.
      "aria-hidden": "true",
      y: TOP,
      width: "100%",
      height: HEIGHT,
      viewBox: `0 0 ${UNITS} ${UNITS}`,
      preserveAspectRatio: "none",
      overflow: "visible",
    },
    element("path", { d: below, "fill-opacity": 0.13 }) +
      element("path", {
        d: edge,
        fill: "none",
        stroke: "currentColor",
        "stroke-width": 2.5,
        "stroke-linejoin": "round",
        "vector-effect": "non-scaling-stroke",
      }),
  );
}

function rule(y: number, opacity: number): string {
  return element("line", {
    x1: "0%",
    x2: "100%",
    y1: y,
    y2: y,
    stroke: "currentColor",
    "stroke-opacity": opacity,
  });
}

function down(x: string, more: Attributes): string {
  return element("line", {
    x1: x,
    x2: x,
    y1: MARKER_HEIGHT + 4,
    y2: FLOOR,
    stroke: "currentColor",
    ...more,
  });
}

/** Behind its last day, with its words on the side where there is more room. */
function closingLine(across: Across, at: number, words: string): string[] {
  const x = percent(across, at);
  const left = across.units(at) > UNITS / 2;
  return [
    down(x, { "stroke-width": 1.5, "stroke-dasharray": "5 4" }),
    label(words, x, MARKER_HEIGHT + 16, left ? "end" : "start", across.rtl, left ? -6 : 6),
  ];
}

/** A number in a pill, whole at the edges, too. */
function markerOf(across: Across, { at, text, width }: Marker): string {
  const pixels = (across.units(at) / UNITS) * NARROWEST;
  const shift = Math.max(0, width / 2 - pixels) - Math.max(0, width / 2 - (NARROWEST - pixels));
  const pill = element("rect", {
    class: "plot-paper",
    x: round(shift - width / 2),
    y: 1,
    width,
    height: MARKER_HEIGHT,
    rx: MARKER_HEIGHT / 2,
    fill: "Canvas",
    stroke: "currentColor",
    "stroke-width": 1.5,
  });
  const number = element(
    "text",
    {
      x: round(shift),
      y: 16,
      "text-anchor": "middle",
      "font-weight": 600,
      direction: across.rtl ? "rtl" : null,
    },
    text,
  );
  return element(
    "svg",
    { "aria-hidden": "true", x: percent(across, at), overflow: "visible" },
    pill + number,
  );
}

/** Words with a rim of the page's colour, so that they can be read upon lines. `anchor` is physical: `start` is what is left. */
function label(text: string, x: string, y: number, anchor: Anchor, rtl: boolean, dx = 0): string {
  return element(
    "text",
    {
      class: "plot-words",
      x,
      y,
      dx: dx === 0 ? null : dx,
      "text-anchor": rtl ? MIRRORED[anchor] : anchor,
      direction: rtl ? "rtl" : null,
      "paint-order": "stroke",
      stroke: "Canvas",
      "stroke-width": 3,
      "stroke-linejoin": "round",
    },
    escaped(oneLine(text)),
  );
}

/** Where script runs from the right, SVG's `start` of a text is its right end. */
const MIRRORED: Readonly<Record<Anchor, Anchor>> = { start: "end", middle: "middle", end: "start" };

interface DayLabel {
  readonly text: string;
  readonly at: number;
  readonly anchor: Anchor;
}

/** As many of d3's round days as have room at the narrowest, or first and last day where it has none between them. */
function dayLabels(first: Day, across: Across, words: PlotWords): DayLabel[] {
  const begin = dayNumber(first) * MS_PER_DAY;
  const nice = scaleUtc([begin, begin + across.days * MS_PER_DAY], [0, 1])
    .ticks(4)
    .map((moment) => (moment.getTime() - begin) / MS_PER_DAY)
    .filter((at) => Number.isInteger(at) && at < across.days);
  const ats = nice.length > 1 ? nice : across.days > 1 ? [0, across.days - 1] : [0];
  const kept: DayLabel[] = [];
  let taken = -1;
  for (const at of ats) {
    const text = words.day(dayOf(begin + at * MS_PER_DAY));
    const width = widthOf(text);
    const pixels = (at / across.days) * NARROWEST;
    // At the edges a word must not reach out.
    const side = pixels < width / 2 ? "start" : pixels > NARROWEST - width / 2 ? "end" : "middle";
    const from = pixels - { start: 0, middle: width / 2, end: width }[side];
    if (from <= taken) continue;
    taken = from + width + 10;
    kept.push({ text, at, anchor: across.rtl ? MIRRORED[side] : side });
  }
  return kept;
}

const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]/u;

/** CSS pixels that a text of 12 takes at most, in most fonts. */
function widthOf(text: string): number {
  let width = 0;
  for (const char of text) width += WIDE.test(char) ? 12.5 : 6.8;
  return width;
}

function percent(across: Across, at: number): string {
  return `${round(across.units(at) / (UNITS / 100))}%`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

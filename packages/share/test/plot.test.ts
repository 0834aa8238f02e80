/** The plot as data, and as SVG that is well-formed, the same each time, and nothing but a drawing. */
import { gzipSync } from "node:zlib";
import { XmlDocument, type XmlElement } from "libxml2-wasm";
import { describe, expect, it } from "vitest";
import { type PlotPlace, plotRows, plotSignatures, type Signatures } from "../src/index.ts";
import { markersOf } from "../src/plot/markers.ts";
import { ARABIC, ENGLISH, PLOTS } from "./sample-plots.ts";
import { HOSTILE_TEXTS } from "./samples.ts";

const PLACE: PlotPlace = { id: "signatures", direction: "ltr" };
const NAMES = { s: "http://www.w3.org/2000/svg" };
const plots = Object.entries(PLOTS);

function textsOf(svg: string): string[] {
  using file = XmlDocument.fromString(svg);
  return file.find("//s:text", NAMES).map((node) => node.content);
}

/** Corners of the line, in thousandths of the plot. */
function cornersOf(svg: string): [number, number][] {
  using file = XmlDocument.fromString(svg);
  const path = file.get('//s:path[@fill="none"]', NAMES) as XmlElement;
  return path
    .attr("d")!
    .content.split(/[ML]/)
    .slice(1)
    .map((point) => point.replace("Z", "").split(",").map(Number) as [number, number]);
}

const letter = (more: Partial<Signatures>): Signatures => ({
  from: "2026-11-03",
  until: "2026-11-06",
  closes: null,
  counts: [
    { day: "2026-11-04", count: 20 },
    { day: "2026-11-06", count: 15 },
  ],
  events: [],
  ...more,
});

describe("the plot of signatures", () => {
  it.each(plots)("of %s is well-formed and the same each time", (_, signatures) => {
    for (const [words, direction] of [
      [ENGLISH, "ltr"],
      [ARABIC, "rtl"],
    ] as const) {
      const svg = plotSignatures(signatures, words, { id: "p", direction });
      expect(textsOf(svg).every((text) => text !== "")).toBe(true);
      expect(svg).toBe(plotSignatures(structuredClone(signatures), words, { id: "p", direction }));
      expect(svg).not.toMatch(/NaN|Infinity|undefined|<script|<style|style=|href=/);
    }
  });

  it("rises and falls on the days of batches, and goes on to the last day that is known", () => {
    const svg = plotSignatures(letter({}), ENGLISH, PLACE);
    // Four days: 3 to 6 November. The axis ends at 20.
    expect(cornersOf(svg)).toEqual([
      [0, 1000],
      [250, 1000],
      [250, 0],
      [750, 0],
      [750, 250],
      [1000, 250],
      [1000, 250],
    ]);
  });

  it("runs as the script does", () => {
    const mirrored = plotSignatures(letter({}), ARABIC, { id: "p", direction: "rtl" });
    expect(cornersOf(mirrored).map(([x]) => x)).toEqual([1000, 750, 750, 250, 250, 0, 0]);
  });

  it("has a name and a description", () => {
    using file = XmlDocument.fromString(plotSignatures(letter({}), ENGLISH, PLACE));
    const at = (name: string) => file.root.attr(name)?.content;
    expect(at("role")).toBe("img");
    expect(file.get(`//s:title[@id="${at("aria-labelledby")}"]`, NAMES)?.content).toBe(ENGLISH.title);
    expect(file.get(`//s:desc[@id="${at("aria-describedby")}"]`, NAMES)?.content).toBe(ENGLISH.description);
  });

  it("numbers its events and says where signing ends", () => {
    const events = [
      { number: 1, day: "2026-11-03" },
      { number: 2, day: "2026-11-05" },
    ];
    const texts = textsOf(plotSignatures(letter({ events, closes: "2026-11-05" }), ENGLISH, PLACE));
    expect(texts).toEqual(expect.arrayContaining(["1", "2", "Last day"]));
  });

  it.each(HOSTILE_TEXTS.map((text, i) => [i, text]))(
    "stays a drawing, whatever its words are (%i)",
    (_, text) => {
      const words = { title: text, description: text, closes: text, number: () => text, day: () => text };
      const svg = plotSignatures(PLOTS["a month, still open"]!, words, PLACE);
      using file = XmlDocument.fromString(svg);
      const names = new Set(file.find("//*").map((node) => (node as XmlElement).name));
      expect([...names].sort()).toEqual(["desc", "line", "path", "rect", "svg", "text", "title"]);
    },
  );

  it("is small: its 400 days weigh less than 5 kB, compressed", () => {
    const svg = plotSignatures(PLOTS["400 days, 100,000 signatures, closed"]!, ENGLISH, PLACE);
    expect(gzipSync(svg).length).toBeLessThan(5_000);
  });
});

describe("markers of events", () => {
  const on = (...days: string[]) => days.map((day, i) => ({ number: i + 1, day }));

  it("are one where they would cover each other", () => {
    const events = on("2026-11-03", "2026-11-03", "2026-11-04", "2026-11-20");
    expect(markersOf(events, "2026-11-03", 10).map(({ text }) => text)).toEqual(["1–3", "4"]);
    expect(markersOf(events, "2026-11-03", 40).map(({ text }) => text)).toEqual(["1–2", "3", "4"]);
  });

  it("never cover each other, however many there are", () => {
    for (const [, { events, from }] of plots) {
      for (const pixels of [0.7, 3, 10, 40]) {
        const markers = markersOf(events, from, pixels);
        for (const [i, marker] of markers.entries()) {
          const next = markers[i + 1];
          if (next !== undefined)
            expect((next.at - marker.at) * pixels).toBeGreaterThan((marker.width + next.width) / 2);
        }
      }
    }
  });
});

describe("the plot's table", () => {
  it("has a row for each batch, with what happened since the one before", () => {
    const events = [
      { number: 1, day: "2026-11-03" },
      { number: 2, day: "2026-11-06" },
      { number: 3, day: "2026-11-07" },
    ];
    expect(plotRows(letter({ events }))).toEqual([
      { day: "2026-11-04", count: 20, change: 20, events: [1] },
      { day: "2026-11-06", count: 15, change: -5, events: [2] },
    ]);
  });
});

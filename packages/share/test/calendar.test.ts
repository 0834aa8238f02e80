/** Dates: held against the grammar of RFC 5545, and read by two programs that know nothing of us. */
import fc from "fast-check";
import ICAL from "ical.js";
import nodeIcal from "node-ical";
import { describe, expect, it } from "vitest";
import { formatProblems } from "../src/check/index.ts";
import { writeCalendar } from "../src/index.ts";
import { HOSTILE_TEXTS, sampleCalendar } from "./samples.ts";

function events(text: string): ICAL.Event[] {
  const calendar = new ICAL.Component(ICAL.parse(text));
  return calendar.getAllSubcomponents("vevent").map((event) => new ICAL.Event(event));
}

const hostile = (text: string) =>
  writeCalendar({
    ...sampleCalendar({
      title: text,
      summary: text,
      language: text,
      id: `1-${text}`,
      url: `https://letters.example.com/${text}`,
    }),
    title: text,
    language: text,
  });

describe("a calendar", () => {
  it("is valid, and the same bytes each time", () => {
    const written = writeCalendar(sampleCalendar());
    expect(formatProblems("calendar", written)).toEqual([]);
    expect(written).toBe(writeCalendar(structuredClone(sampleCalendar())));
  });

  it("holds days without a time, which end where the next day begins", () => {
    const [event] = events(writeCalendar(sampleCalendar()));
    expect(event?.startDate.isDate).toBe(true);
    expect(event?.startDate.toString()).toBe("2026-12-31");
    expect(event?.endDate.toString()).toBe("2027-01-01");
    expect(event?.uid).toBe("BBBB-closes@letters.example.com");
  });

  it("is read alike by another program", () => {
    const read = Object.values(nodeIcal.sync.parseICS(writeCalendar(sampleCalendar())));
    const event = read.find((component) => component?.type === "VEVENT");
    expect(event).toMatchObject({ datetype: "date", uid: "BBBB-closes@letters.example.com" });
  });

  it.each(HOSTILE_TEXTS.map((text, i) => [i, text]))(
    "has one event, whatever a text does (%i)",
    (_, text) => {
      const written = hostile(text);
      expect(formatProblems("calendar", written)).toEqual([]);
      expect(events(written)).toHaveLength(1);
    },
  );

  it("gives back texts as they were, but for what no format carries", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1, maxLength: 120 }), (text) => {
        const given = `a ${text.replace(/[\p{Cc}\p{Cs}\p{Z}\u202a-\u202e\u2066-\u2069]+/gu, " ")} z`;
        const written = writeCalendar(sampleCalendar({ title: given, summary: `${given}\n${given}` }));
        expect(formatProblems("calendar", written)).toEqual([]);
        const [event] = events(written);
        expect(event?.summary).toBe(
          given.replace(/ +/g, " ").replace(/[\ufdd0-\ufdef\ufffe\uffff]/gu, "\ufffd"),
        );
        expect(event?.description.split("\n")).toHaveLength(2);
      }),
      { numRuns: 80 },
    );
  });

  it("cuts no character in two where it folds", () => {
    for (let shift = 0; shift < 4; shift++) {
      const title = "x".repeat(shift) + "é取👩".repeat(60);
      const written = writeCalendar(sampleCalendar({ title }));
      for (const line of written.split("\r\n")) {
        expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
        expect(line).not.toMatch(/\p{Cs}/u);
      }
      expect(events(written)[0]?.summary).toBe(title);
    }
  });

  it("keeps the id of a day that was moved", () => {
    const [before] = events(writeCalendar(sampleCalendar()));
    const [after] = events(writeCalendar(sampleCalendar({ day: "2026-12-20", stated: "2026-11-20" })));
    expect(after?.uid).toBe(before?.uid);
    expect(String(after?.component.getFirstPropertyValue("last-modified"))).toBe("2026-11-20T00:00:00Z");
  });
});

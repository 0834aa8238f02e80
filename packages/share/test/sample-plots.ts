/** Letters of all sorts, for tests of the plot. */
import { addDays } from "@undersigned/core";
import type { PlotWords, Signatures } from "../src/index.ts";

export const ENGLISH: PlotWords = {
  title: "Signatures by day",
  description:
    "From 0 on 3 November 2026 to 1,234 on 2 December 2026. The numbers above the plot are events of the list below.",
  closes: "Last day",
  number: (value) => new Intl.NumberFormat("en-US").format(value),
  day: (day) =>
    new Intl.DateTimeFormat("en", {
      day: "numeric",
      month: "short",
      year: "numeric",
      timeZone: "UTC",
    }).format(Date.parse(day)),
};

export const ARABIC: PlotWords = {
  title: "التوقيعات حسب اليوم",
  description: "من 0 إلى 1,234. الأرقام فوق الرسم هي أحداث القائمة أدناه.",
  closes: "اليوم الأخير",
  number: (value) => new Intl.NumberFormat("ar-u-nu-latn").format(value),
  day: (day) =>
    new Intl.DateTimeFormat("ar-u-nu-latn", {
      day: "numeric",
      month: "short",
      year: "numeric",
      timeZone: "UTC",
    }).format(Date.parse(day)),
};

const BEGIN = "2026-11-03";

/** A number each for so many days: it rises ever more slowly, and falls every `fall` days. */
function growing(days: number, most: number, fall: number): Signatures["counts"] {
  return Array.from({ length: days }, (_, i) => {
    const share = 1 - Math.exp((-4 * (i + 1)) / days);
    const dip = fall > 0 && i % fall === fall - 1 ? 0.9 : 1;
    return { day: addDays(BEGIN, i), count: Math.round(most * share * dip) };
  });
}

function eventsOn(days: readonly number[]): Signatures["events"] {
  return days.map((day, i) => ({ number: i + 1, day: addDays(BEGIN, day) }));
}

export const PLOTS: Readonly<Record<string, Signatures>> = {
  "no batch yet": {
    from: BEGIN,
    until: BEGIN,
    closes: addDays(BEGIN, 30),
    counts: [],
    events: eventsOn([0]),
  },
  "one day": {
    from: BEGIN,
    until: BEGIN,
    closes: null,
    counts: [{ day: BEGIN, count: 20 }],
    events: eventsOn([0]),
  },
  "one signature": {
    from: BEGIN,
    until: addDays(BEGIN, 2),
    closes: addDays(BEGIN, 5),
    counts: [{ day: addDays(BEGIN, 1), count: 1 }],
    events: [],
  },
  "a month, still open": {
    from: BEGIN,
    until: addDays(BEGIN, 21),
    closes: addDays(BEGIN, 40),
    counts: growing(21, 1_400, 6),
    events: eventsOn([0, 1, 8, 15, 21]),
  },
  "400 days, 100,000 signatures, closed": {
    from: BEGIN,
    until: addDays(BEGIN, 399),
    closes: addDays(BEGIN, 120),
    counts: growing(400, 100_000, 35),
    events: eventsOn([0, 2, 2, 2, 3, 20, 41, 42, 43, 60, 120, 121, 150, 200, 201, 390, 391, 398, 399]),
  },
  "everyone withdraws": {
    from: BEGIN,
    until: addDays(BEGIN, 9),
    closes: addDays(BEGIN, 9),
    counts: [
      { day: addDays(BEGIN, 2), count: 64 },
      { day: addDays(BEGIN, 7), count: 0 },
    ],
    events: eventsOn([7]),
  },
};

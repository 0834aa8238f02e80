import { expect, it } from "vitest";
import { addDays, daysBetween, systemClock, today, utcDay } from "../src/index.ts";

it("a moment's day is that of UTC, to the last millisecond", () => {
  expect(utcDay(Date.UTC(2026, 1, 28, 23, 59, 59, 999))).toBe("2026-02-28");
  expect(utcDay(Date.UTC(2026, 1, 28, 23, 59, 59, 999) + 1)).toBe("2026-03-01");
  expect(today({ now: () => 951_782_400_000 })).toBe("2000-02-29");
});

it("days are counted over leap years and over changes to summer time", () => {
  expect(addDays("2028-02-28", 2)).toBe("2028-03-01");
  expect(daysBetween("2026-03-01", "2026-04-01")).toBe(31);
  expect(addDays("2026-01-01", -1)).toBe("2025-12-31");
});

it("the system's clock is the system's clock", () => {
  const before = Date.now();
  const now = systemClock.now();
  expect(now).toBeGreaterThanOrEqual(before);
  expect(now).toBeLessThanOrEqual(Date.now());
});

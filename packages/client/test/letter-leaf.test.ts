/** In which epoch a letter opens: the newest with room that spans its days; and what is said when there is none. */
import { describe, expect, it } from "vitest";
import { chooseEpoch, type LoggedLetters, slotsTaken } from "../src/letter-leaf.ts";

const DAYS = { opens: "2026-05-01", closes: "2026-05-20" };

/** `taken`: letters of each epoch, from 1. */
function logged(taken: readonly number[]): LoggedLetters {
  const epochs = taken.map((_, i) => ({
    leaf: { epoch: i + 1, opens: `2026-0${i + 1}-01`, closes: `2026-0${i + 6}-30` },
  }));
  const letters = taken.flatMap((count, i) =>
    Array.from({ length: count }, (_, slot) => [`${i} ${slot}`, { leaf: { epoch: i + 1 } }] as const),
  );
  return { epochs: new Map(epochs.map((epoch) => [epoch.leaf.epoch, epoch])), letters: new Map(letters) };
}

describe("the epoch of a letter", () => {
  it("is the newest that spans its days and has a slot", () => {
    expect(chooseEpoch(logged([0, 0, 0]), DAYS)).toBe(3);
    expect(chooseEpoch(logged([0, 15, 16]), DAYS)).toBe(2);
    expect(chooseEpoch(logged([0]), { opens: "2026-01-01", closes: "2026-06-30" })).toBe(1);
    expect(slotsTaken(logged([3, 15]), 2)).toBe(15);
  });

  it("is the one that is asked for", () => {
    expect(chooseEpoch(logged([0, 0, 0]), DAYS, 1)).toBe(1);
    expect(() => chooseEpoch(logged([16, 0, 0]), DAYS, 1)).toThrow(
      expect.objectContaining({ code: "slots-used-up" }),
    );
  });

  it("is none for the seventeenth letter, and what to do is said", () => {
    expect(() => chooseEpoch(logged([16]), DAYS)).toThrow(/slots.*open-epoch.*enrol once more/);
  });

  it.each([
    ["begin before it", { opens: "2025-12-31", closes: "2026-02-01" }],
    ["end after it", { opens: "2026-02-01", closes: "2026-07-01" }],
  ])("is none where the letter's days %s", (_name, days) => {
    expect(() => chooseEpoch(logged([0]), days, undefined)).toThrow(
      expect.objectContaining({ code: "no-epoch" }),
    );
  });
});

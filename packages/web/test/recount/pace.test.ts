/** How far the recount is, in words that a person can use. */
import { describe, expect, it } from "vitest";
import { paceInWords } from "../../src/islands/recount/pace.ts";

describe("the pace", () => {
  it("does not guess before it knows", () => {
    expect(paceInWords({ leaves: 0, size: 0 }, 5000)).toBe("Reading the first files.");
    expect(paceInWords({ leaves: 256, size: 10_000 }, 200)).toBe("256 of 10,000 entries checked.");
  });

  it("says the rate and the time that is left, rounded up", () => {
    const at = (leaves: number, size: number, ms: number) => paceInWords({ leaves, size }, ms);
    expect(at(4000, 10_000, 2000)).toBe(
      "4,000 of 10,000 entries checked, 2,000 a second, about 3 seconds left.",
    );
    expect(at(1999, 2000, 1999)).toContain("about 1 second left");
    expect(at(1000, 100_000, 1000)).toContain("about 2 minutes left");
    expect(at(1000, 50_000_000, 1000)).toContain("about 14 hours left");
  });

  it("says what is left at the end", () => {
    expect(paceInWords({ leaves: 10_000, size: 10_000 }, 4000)).toContain("comparing the numbers");
  });
});

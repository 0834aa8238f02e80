/** The sum over letters of several companies: from what was recounted alone, and never more people than it can show. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type FollowedWorkforce, sumOf } from "../src/index.ts";

type Letter = NonNullable<FollowedWorkforce["verified"]>["letters"][number];

function letter(mailbox: number, change: Partial<Letter> = {}): Letter {
  const days = { first: "2026-03-02", last: "2026-03-09" };
  const texts = { title: "A letter", language: "en", organisation: "Example", topics: [] };
  const counted = { mailbox, vouched: 1000 };
  const rest = { headcount: null, delivered: null, answered: false };
  return {
    ...{ letter: "l", state: "open", opens: "2026-03-01", closes: "2026-05-01" },
    ...texts,
    ...rest,
    days,
    counted,
    ...change,
  } as Letter;
}

function workforce(
  employer: string,
  letters: Letter[],
  day = "2026-03-10",
  problem: FollowedWorkforce["problem"] = null,
): FollowedWorkforce {
  const verified = { day, employer, origin: "o", size: 1, root: "r", letters };
  return { workforce: employer, url: "https://board.example.com", verified, problem };
}

describe("the sum of what is followed", () => {
  it("adds mailboxes over letters with a number, says the companies once, and the day since when all were recounted", () => {
    const workforces = [
      workforce("Example Works", [letter(40), letter(25)], "2026-03-09", {
        code: "count-inflated",
        day: "2026-03-10",
      }),
      workforce("EXAMPLE WORKS", [letter(50)]),
      workforce("Sample Ltd", [letter(7, { state: "closed" })]),
    ];
    expect(sumOf({ workforces })).toEqual({
      signatories: 122,
      atLeast: 57,
      letters: 4,
      companies: 2,
      since: "2026-03-09",
    });
  });

  it("has nothing of what was never recounted, has no number yet, or was closed with too few", () => {
    const never: FollowedWorkforce = {
      workforce: "w",
      url: "https://board.example.com",
      verified: null,
      problem: { code: "log-forked", day: "2026-03-10" },
    };
    const workforces = [
      never,
      workforce("Example Works", [letter(0, { days: null }), letter(3, { state: "too-few" })]),
    ];
    expect(sumOf({ workforces })).toEqual({
      signatories: 0,
      atLeast: 0,
      letters: 0,
      companies: 0,
      since: null,
    });
  });

  it("never says more people than signatures, nor fewer than any letter has", () => {
    const counts = fc.array(fc.array(fc.nat(1000), { maxLength: 4 }), { maxLength: 5 });
    fc.assert(
      fc.property(counts, (all) => {
        const workforces = all.map((ones, i) =>
          workforce(
            `Company ${i}`,
            ones.map((one) => letter(one)),
          ),
        );
        const { signatories, atLeast, letters } = sumOf({ workforces });
        expect(letters).toBe(all.flat().length);
        expect(signatories).toBe(all.flat().reduce((sum, one) => sum + one, 0));
        expect(atLeast).toBeLessThanOrEqual(signatories);
        for (const one of all.flat()) expect(atLeast).toBeGreaterThanOrEqual(one);
      }),
    );
  });
});

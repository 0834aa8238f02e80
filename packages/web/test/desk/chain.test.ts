/** A list of acts that somebody has changed in the board's database is seen by the page that has read it before, or reads on. */
import { type DeskEntry, entryHash } from "@undersigned/core";
import { describe, expect, it } from "vitest";
import { SeenActs } from "../../src/islands/desk/people/chain.ts";

/** Newest first, as the board answers. */
function listOf(acts: readonly string[]): DeskEntry[] {
  const rows: DeskEntry[] = [];
  for (const [i, act] of acts.entries()) {
    const before = rows[0];
    const previous = before === undefined ? null : entryHash(before);
    rows.unshift({ n: i + 1, alias: "Heron", act, about: "", day: "2026-03-10", previous });
  }
  return rows;
}

const LIST = listOf(["set-up", "invite", "join", "remove-organiser", "rename"]);

/** Each row fits the one before, but a number is left out. */
function withGap(): DeskEntry[] {
  const first = LIST.at(-1)!;
  return [{ ...LIST.at(-2)!, n: 3, previous: entryHash(first) }, first];
}

describe("The list of acts", () => {
  it("is taken as it stands, page by page and with rows that have come since", () => {
    const seen = new SeenActs();
    expect(seen.check(LIST.slice(1, 3))).toBe(true);
    expect(seen.check(LIST.slice(1))).toBe(true);
    expect(seen.check(LIST)).toBe(true);
    expect(seen.isWhole(LIST)).toBe(true);
  });

  it.each([
    ["a row is taken out", [...LIST.slice(0, 2), ...LIST.slice(3)]],
    ["a row is changed", LIST.map((row) => (row.n === 3 ? { ...row, alias: "Otter" } : row))],
    ["a number is left out", withGap()],
    ["two rows change places", [LIST[1]!, LIST[0]!, ...LIST.slice(2)]],
    [
      "the first row names one before",
      LIST.map((row) => (row.n === 1 ? { ...row, previous: entryHash(row) } : row)),
    ],
  ])("is refused where %s", (_, changed) => {
    expect(new SeenActs().check(changed)).toBe(false);
  });

  it("is refused where it was written anew, each row fitting the other, for whoever has seen the former", () => {
    const seen = new SeenActs();
    seen.check(LIST.slice(0, 2));
    const anew = listOf(["set-up", "invite", "join", "rename", "rename"]);
    expect(new SeenActs().check(anew)).toBe(true);
    expect(seen.check(anew)).toBe(false);
  });

  it("is refused where its newest rows are gone", () => {
    const seen = new SeenActs();
    seen.check(LIST);
    expect(seen.isWhole(LIST.slice(1))).toBe(false);
  });
});

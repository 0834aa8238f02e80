/** A moderator's decisions wait on the page: each can be undone, and what hides for good is sent last. */
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type Decision,
  decided,
  decisionsWords,
  inOrder,
  NONE,
  undone,
} from "../../../src/islands/desk/letters/moderation/decisions.ts";
import { lines } from "../../../src/islands/desk/letters/moderation/lines.ts";

const HIDE: Decision = { show: false, reason: "slur" };

test("an undone decision is not sent", () => {
  const two = decided(decided(NONE, 4, HIDE), 2, { show: true });
  expect(inOrder(two).map(([index]) => index)).toEqual([2, 4]);
  expect(inOrder(undone(two, 4)).map(([index]) => index)).toEqual([2]);
  expect(NONE.size).toBe(0);
});

test("what hides is sent after all that shows", () => {
  const all = [1, 2, 3, 4].reduce(
    (decisions, index) => decided(decisions, index, index % 2 === 1 ? HIDE : { show: true }),
    NONE,
  );
  expect(inOrder(all).map(([, { show }]) => show)).toEqual([true, true, false, false]);
  expect(decisionsWords(all)).toBe("Not sent yet: 2 to be shown, 2 to be hidden for good.");
});

test("lists are one entry a line, each once, within what the board takes", () => {
  expect(lines(" A  Name \n\n\nA Name\r\nB\u00a0C\n")).toEqual(["A Name", "B C"]);
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "grapheme" })), (parts) => {
      const made = lines(parts.join("\n"));
      expect(made.length).toBeLessThanOrEqual(500);
      for (const line of made) {
        expect([...line].length).toBeLessThanOrEqual(100);
        expect(line).toBe(line.trim());
        expect(line).not.toBe("");
      }
      expect(lines(made.join("\n"))).toEqual(made);
    }),
  );
});

/** What a fragment can mean: a page of the desk, a link for the first time, or nothing. */
import { describe, expect, it } from "vitest";
import { HOME, hashOf, readEntrance, readRoute } from "../../src/islands/desk/shell/route.ts";

const SECRET = "A".repeat(43);

describe("A fragment", () => {
  it.each([
    ["#organisers", { page: "organisers", id: null, section: null }],
    ["#workforce.abc_-1", { page: "workforce", id: "abc_-1", section: null }],
    ["#workforce.abc.evidence", { page: "workforce", id: "abc", section: "evidence" }],
  ] as const)("%s is a page, and is written the same way", (hash, route) => {
    expect(readRoute(hash)).toEqual(route);
    expect(hashOf(route.page, route.id, route.section)).toBe(hash);
  });

  it.each([
    "",
    "#",
    "#nowhere",
    "#constructor",
    "#__proto__",
    "#workforce.a.b.c",
    "#workforce.<b>",
    "#workforce.a.B",
    `#join.${SECRET}`,
  ])("%s leads home", (hash) => {
    expect(readRoute(hash)).toEqual(HOME);
  });

  it("of a set-up link or an invitation is read, one that is cut short or of another kind is not", () => {
    expect(readEntrance(`#set-up.${SECRET}`)).toEqual({ kind: "set-up", secret: SECRET });
    expect(readEntrance(`#join.${SECRET}`)).toEqual({ kind: "join", secret: SECRET });
    for (const other of [
      `#join.${SECRET.slice(1)}`,
      `#join.${SECRET}A`,
      `#leave.${SECRET}`,
      `join.${SECRET}`,
    ]) {
      expect(readEntrance(other), other).toBeNull();
    }
  });
});

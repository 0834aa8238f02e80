/** Every failure that verify knows has a plain sentence, and a page is not flooded by a damaged log. */
import { readFileSync } from "node:fs";
import type { Failure, FailureCode } from "@undersigned/verify";
import { describe, expect, it } from "vitest";
import { firstOf, GROUPS, groupFailures, groupOf } from "../../src/islands/recount/failure-groups.ts";

const PROTOCOL = readFileSync(new URL("../../../../docs/PROTOCOL.md", import.meta.url), "utf8");
const table = PROTOCOL.split("| code | what is wrong |")[1] ?? "";
const CODES = [...table.matchAll(/^\| `([a-z-]+)` \|/gm)].map((match) => match[1] as FailureCode);

const failure = (code: FailureCode, leaf: number | null = null): Failure => ({ code, leaf, message: "m" });

describe("failures in groups", () => {
  it("has a group with a sentence for each code of the protocol, and no group without a code", () => {
    expect(CODES.length).toBeGreaterThan(50);
    const groups = new Set(CODES.map(groupOf));
    expect([...groups].sort()).toEqual([...GROUPS].sort());
    for (const { wrong } of groupFailures(CODES.map((code) => failure(code)))) {
      expect(wrong).toMatch(/^[A-Z].{20,}\.$/);
    }
  });

  it("loses none of them, and shows first what puts all else in doubt", () => {
    const groups = groupFailures(CODES.map((code) => failure(code)));
    expect(groups.flatMap(({ failures }) => failures)).toHaveLength(CODES.length);
    expect(groups[0]?.name).toBe("known");
    expect(groupFailures([])).toEqual([]);
  });

  it("stops after as many as are to be shown", () => {
    const many = Array.from({ length: 150 }, (_, leaf) => failure("leaf-changed", leaf));
    const shown = firstOf(groupFailures([...many, failure("index-wrong")]), 100);
    expect(shown.map(({ failures }) => failures.length)).toEqual([100]);
    const few = firstOf(groupFailures([failure("index-wrong"), failure("log-forked")]), 100);
    expect(few.map(({ name }) => name)).toEqual(["known", "numbers"]);
  });
});

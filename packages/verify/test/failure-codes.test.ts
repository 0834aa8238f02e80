/** The list of failures is closed, and the protocol explains each of them. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");

describe("the failure codes", () => {
  it("are those of the table in the protocol, in the same order", () => {
    const union = /export type FailureCode =([^;]+);/.exec(read("../src/errors.ts"))?.[1] ?? "";
    const codes = [...union.matchAll(/\| "([a-z-]+)"/g)].map((match) => match[1]);
    const table = read("../../../docs/PROTOCOL.md").split("| code | what is wrong |")[1] ?? "";
    const explained = [...table.matchAll(/^\| `([a-z-]+)` \|/gm)].map((match) => match[1]);
    expect(codes.length).toBeGreaterThan(50);
    expect(explained).toEqual(codes);
  });
});

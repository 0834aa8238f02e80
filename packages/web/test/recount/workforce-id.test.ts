/** Who names the workforce: the link, the person, the address or the file, and what happens when they disagree. */
import { bundleSource } from "@undersigned/verify";
import { describe, expect, it } from "vitest";
import { workforceIn, workforceOfPage } from "../../src/islands/recount/workforce-id.ts";
import { workforceOfBundle } from "../../src/islands/recount/workforce-of-bundle.ts";
import { caseOf, interopFile } from "./kit.ts";

const A = `${"a".repeat(42)}A`;
const B = `${"b".repeat(42)}A`;

describe("the workforce of a page", () => {
  it("is the one of the link, if the server shows the same or none", () => {
    expect(workforceOfPage(`#${A}`, A)).toEqual({ kind: "named", workforce: A, by: "link" });
    expect(workforceOfPage(`#${A}`, "")).toEqual({ kind: "named", workforce: A, by: "link" });
  });

  it("is none when the server shows another than the link names", () => {
    expect(workforceOfPage(`#${A}`, B)).toEqual({ kind: "differs" });
  });

  it("is none when the fragment is no id, whatever the server shows", () => {
    for (const fragment of ["#main", `#${A}x`, `#${A.slice(1)}`, `#${A}#${A}`, "#%20"]) {
      expect(workforceOfPage(fragment, A)).toEqual({ kind: "malformed" });
    }
  });

  it("is the address's without a fragment, which is said", () => {
    expect(workforceOfPage("", A)).toEqual({ kind: "named", workforce: A, by: "address" });
    expect(workforceOfPage("#", "")).toEqual({ kind: "none" });
  });
});

describe("what a person types", () => {
  it("is an id or any link that has one", () => {
    const texts = [
      A,
      `  ${A}\n`,
      `https://b.example/w/${A}/letters/${B}/sign#${A}`,
      `https://b.example/w/${A}`,
    ];
    for (const text of texts) expect(workforceIn(text), text).toBe(A);
  });

  it("goes by the fragment where a link has two ids", () => {
    expect(workforceIn(`https://b.example/w/${B}/letters/${B}#${A}`)).toBe(A);
  });

  it("is nothing else", () => {
    for (const text of ["", "an id", A.slice(1), `${A}x`, `https://b.example/letters/${A}`]) {
      expect(workforceIn(text), text).toBeNull();
    }
  });
});

describe("what a bundle says of itself", () => {
  it("is the workforce of its first leaf, with its employer", async () => {
    const named = await workforceOfBundle(bundleSource(interopFile("valid.zip")));
    expect(named?.workforce).toBe(caseOf("valid.zip").workforce);
    expect(named?.employer).not.toBe("");
  });

  it("is nothing where a part of that is missing or damaged", async () => {
    for (const file of ["broken/file-missing-checkpoint.zip", "broken/file-malformed-checkpoint.zip"]) {
      expect(await workforceOfBundle(bundleSource(interopFile(file))), file).toBeNull();
    }
    const refusing = { read: () => Promise.reject(new Error("no")) };
    expect(await workforceOfBundle(refusing)).toBeNull();
    expect(await workforceOfBundle({ read: async () => null })).toBeNull();
  });
});

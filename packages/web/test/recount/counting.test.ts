/** What the counting thread says, for bundles that hold and bundles that do not. */
import { describe, expect, it } from "vitest";
import { ask, caseOf, count, interopFile } from "./kit.ts";

const VALID = caseOf("valid.zip");
const bundle = (bytes: Uint8Array<ArrayBuffer>) => ({ kind: "bundle", file: new Blob([bytes]) }) as const;

describe("a bundle that holds", () => {
  it("is counted, with progress on the way and the report as the last word", async () => {
    const said = await ask({
      do: "count",
      from: bundle(interopFile("valid.zip")),
      workforce: VALID.workforce,
      letter: null,
      known: null,
    });
    expect(said.slice(0, -1).map((one) => one.said)).toEqual(["progress"]);
    const last = said.at(-1);
    if (last?.said !== "report") throw new Error("no report");
    expect(last.report.ok).toBe(true);
    for (const { letter, counted } of VALID.letters ?? []) {
      expect(last.report.letters.find((one) => one.letter === letter)?.counted.mailbox).toBe(counted);
    }
    expect(last.note).toEqual(interopFile("valid/checkpoint"));
  });

  it("is asked for another workforce and holds nothing of it", async () => {
    const { report } = await count({ ...VALID, workforce: caseOf("small.zip").workforce });
    expect(report.failures.map(({ code }) => code)).toEqual(["file-missing"]);
  });
});

describe("a bundle that was changed", () => {
  it.each([
    "broken/leaf-changed.zip",
    "broken/root-wrong.zip",
    "broken/token-of-another-slot.zip",
    "broken/count-inflated.zip",
    "broken/log-forked.zip",
    "broken/checkpoint-signature-wrong.zip",
  ])("%s is reported with the code that it is made for", async (file) => {
    const row = caseOf(file);
    const { report } = await count(row);
    expect(report.ok).toBe(false);
    expect(report.failures.map(({ code }) => code)).toEqual(expect.arrayContaining([...row.expect]));
  });
});

describe("what is no bundle", () => {
  it("is refused in words", async () => {
    const nothing = bundle(new TextEncoder().encode("This is no bundle."));
    expect(
      await ask({ do: "count", from: nothing, workforce: VALID.workforce, letter: null, known: null }),
    ).toEqual([{ said: "failed", failed: { why: "files", detail: expect.stringContaining("no bundle") } }]);
    expect(await ask({ do: "name", file: nothing.file })).toEqual([
      { said: "failed", failed: { why: "files", detail: expect.stringContaining("no bundle") } },
    ]);
  });

  it("is a file that cannot be read any more, which is said without the engine's own words", async () => {
    const file = { size: 5, arrayBuffer: () => Promise.reject(new Error("/home/somebody/letter.zip")) };
    const [said] = await ask({ do: "name", file: file as unknown as Blob });
    expect(said).toMatchObject({ said: "failed", failed: { why: "broken-off" } });
  });

  it("is an address that files are not read from", async () => {
    const from = { kind: "board", prefix: "http://board.example/w/x" } as const;
    const [said] = await ask({ do: "count", from, workforce: VALID.workforce, letter: null, known: null });
    expect(said?.said).toBe("failed");
  });
});

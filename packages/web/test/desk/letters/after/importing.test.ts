/** An import, step by step, with the files that the reading thread is given. */
import { readFileSync } from "node:fs";
import type { ImportResult } from "@undersigned/dealings";
import { describe, expect, test } from "vitest";
import { DEALING } from "../../../../../../test/kit/further-leaves.ts";
import {
  CHOOSE,
  changesOf,
  chosen,
  heard,
  plannedRows,
  readAgain,
  type Steps,
  toggled,
} from "../../../../src/islands/desk/letters/after/register/import/import-steps.ts";
import {
  differences,
  leftOutWords,
  planWords,
} from "../../../../src/islands/desk/letters/after/register/import/import-words.ts";
import type { FromReader } from "../../../../src/islands/desk/letters/after/register/import/messages.ts";
import {
  pickedOptions,
  shownSuppliers,
} from "../../../../src/islands/desk/letters/after/register/import/picking.ts";
import {
  answerReader,
  kindOf,
} from "../../../../src/islands/desk/letters/after/register/import/read-file.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const OCDS = new URL("../../../../../dealings/test/samples/ocds-213czf-000-00001.json", import.meta.url);

async function read(file: Blob, options = {}): Promise<FromReader[]> {
  const said: FromReader[] = [];
  await answerReader({ file, options }, (answer) => said.push(answer));
  return said;
}

describe("a file", () => {
  test.each([
    ['{"releases": []}', "ocds"],
    ["\ufeff \r\n[1]", "ocds"],
    ["\ufeffaward_id,b\n", "awards"],
    ["PK\u0003\u0004", "awards"],
    ["", "awards"],
  ])("that begins with %j is read as %s", (text, kind) => {
    expect(kindOf(bytes(text))).toBe(kind);
  });

  test("in UTF-16 is told apart in the same way", () => {
    expect(kindOf(new Uint8Array([0xff, 0xfe, 0x7b, 0]))).toBe("ocds");
    expect(kindOf(new Uint8Array([0xfe, 0xff, 0, 0x61]))).toBe("awards");
  });

  test("of Open Contracting is read whole, and its suppliers are named", async () => {
    const said = await read(new Blob([readFileSync(OCDS)]));
    const last = said.at(-1)!;
    expect(last.said).toBe("read");
    const { result } = last as Extract<FromReader, { said: "read" }>;
    expect(result.suppliers.length).toBeGreaterThan(0);
    expect(said.filter((one) => one.said !== "progress")).toHaveLength(1);
  });

  test("that is none fails with the package's sentence, and nothing of the file in it", async () => {
    const said = await read(new Blob(['{"secret": "a name"}']));
    expect(said.at(-1)).toMatchObject({ said: "failed", code: "not-ocds" });
    expect(JSON.stringify(said)).not.toContain("secret");
  });

  test("that cannot be read any more says so", async () => {
    const gone = {
      slice: () => ({ arrayBuffer: () => Promise.reject(new Error("gone")) }),
    } as unknown as Blob;
    expect((await read(gone)).at(-1)).toMatchObject({ said: "failed", code: "unreadable" });
  });
});

const NOTHING: ImportResult["counts"]["skipped"] = {
  "no-supplier": 0,
  "no-agency": 0,
  "no-id": 0,
  "bad-amount": 0,
  "not-awarded": 0,
  "no-source": 0,
};
const result = (change: Partial<ImportResult> = {}): ImportResult => ({
  rows: [],
  counts: { read: 3, matched: 3, skipped: NOTHING },
  suppliers: [],
  replaced: [],
  warnings: [],
  ...change,
});
const file = new Blob(["x"]);

describe("the steps", () => {
  test("lead from a file to its suppliers, and with those picked to a plan", () => {
    let steps: Steps = chosen(file);
    steps = heard(steps, { said: "progress", bytes: 5 }, new Map(), null);
    expect(steps).toMatchObject({ at: "reading", bytes: 5 });
    const whole = result();
    steps = heard(steps, { said: "read", result: whole }, new Map(), null);
    expect(steps).toMatchObject({ at: "suppliers", result: whole });
    const before = { ...DEALING, office: "Old office" };
    const current = new Map([
      ["award:a", before],
      ["award:s", DEALING],
      ["ocds:gone", DEALING],
    ]);
    const rows = ["award:a", "award:n", "award:s"].map((id) => ({ id, entry: DEALING }));
    steps = heard(
      readAgain(file, { suppliers: ["x"] }),
      { said: "read", result: result({ rows, replaced: ["ocds:gone"] }) },
      current,
      whole,
    );
    if (steps.at !== "preview") throw new Error(steps.at);
    const planned = plannedRows(steps.plan);
    expect(planned.map(({ id, what }) => [id, what])).toEqual([
      ["award:n", "added"],
      ["award:a", "changed"],
      ["ocds:gone", "removed"],
    ]);
    expect(steps.plan.same).toEqual(["award:s"]);
    expect(changesOf(planned, toggled(steps.without, "award:a"))).toEqual([
      { row: "award:n", entry: DEALING },
      { row: "ocds:gone", entry: null },
    ]);
    expect(changesOf(planned, toggled(toggled(steps.without, "award:a"), "award:a"))).toHaveLength(3);
  });

  test("a failure leads back to choosing, with its reason", () => {
    const answer = { said: "failed", code: "zip", column: null, line: null } as const;
    expect(heard(chosen(file), answer, new Map(), null)).toEqual({
      at: "choose",
      failure: expect.stringContaining("This zip file is damaged"),
    });
  });

  test("what a thread says that was stopped changes nothing", () => {
    expect(heard(CHOOSE, { said: "read", result: result() }, new Map(), null)).toBe(CHOOSE);
  });
});

describe("suppliers", () => {
  const suppliers = Array.from({ length: 40 }, (_, i) => ({ name: `Supplier ${i}`, count: 40 - i }));

  test("that were picked stay in sight whatever is looked for", () => {
    const shown = shownSuppliers(suppliers, "supplier 3", ["Supplier 7"]).map(({ name }) => name);
    expect(shown[0]).toBe("Supplier 7");
    expect(shown).toContain("Supplier 39");
    expect(shownSuppliers(suppliers, "", [])).toHaveLength(12);
  });

  test("none picked is no import of the whole file", () => {
    expect(pickedOptions({ names: [], part: "  " })).toBe(null);
    expect(pickedOptions({ names: ["A"], part: " b " })).toEqual({ suppliers: ["A", "b"] });
  });
});

describe("the preview's words", () => {
  test("name every field that becomes another, with both, and no other", () => {
    expect(differences(DEALING, DEALING)).toEqual([]);
    const after = { ...DEALING, value: { ...DEALING.value!, amount: "1300000" }, status: "ended" as const };
    expect(differences(DEALING, after)).toEqual([
      "Value: USD 1,200,000.50 (bound so far) becomes USD 1,300,000 (bound so far)",
      "Status: Reported becomes Ended",
    ]);
  });

  test("count what becomes of rows, and say that nothing would", () => {
    const none = { added: [], changed: [], same: [], kept: [], replaced: [] };
    expect(planWords(none)).toBe("Nothing would change.");
    expect(planWords({ ...none, same: ["a"] })).toBe("Nothing would change; 1 row stays as it is.");
    const row = { id: "a", entry: DEALING };
    expect(
      planWords({ ...none, added: [row, row], replaced: [{ id: "a", before: DEALING }], same: ["a", "b"] }),
    ).toBe("2 rows are added, 1 row is removed; 2 rows stay as they are.");
  });

  test("say what was left out, and why", () => {
    const counts = { read: 9, matched: 9, skipped: { ...NOTHING, "no-agency": 2 } };
    expect(leftOutWords({ counts, warnings: [{ code: "amount-rounded", count: 1 }] })).toEqual([
      "2 entries left out: without an agency.",
      "1 amount had more than four decimals: rounded.",
    ]);
  });
});

/** The register: folded from its records, changed by imports, sorted, filtered and written. */
import { type Dealing, type DealingsRecord, parseCanonical } from "@undersigned/core";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  agenciesOf,
  type DealingRow,
  DealingsError,
  dealingRows,
  dealingsCsv,
  dealingsJson,
  filterDealings,
  foldDealings,
  planImport,
  readAwardExport,
  type SortKey,
  sortDealings,
  yearsOf,
} from "../src/index.ts";
import { AWARD, csv, DEALING, pieces } from "./kit.ts";

function record(previous: string | null, changes: DealingsRecord["changes"]): DealingsRecord {
  const hash = "A".repeat(43);
  return { type: "dealings-record", v: 1, salt: hash, workforce: hash, letter: hash, previous, changes };
}

const entry = (over: Partial<Dealing> = {}): Dealing => ({ ...DEALING, ...over });

describe("the register", () => {
  const one = {
    hash: "h1",
    day: "2024-01-01",
    record: record(null, [
      { row: "own:a", entry: entry() },
      { row: "own:b", entry: entry() },
    ]),
  };
  const two = {
    hash: "h2",
    day: "2024-02-01",
    record: record("h1", [
      { row: "own:a", entry: entry({ status: "denied" }) },
      { row: "own:b", entry: null },
    ]),
  };

  it("is what its records leave, with the history of every row that ever was", () => {
    const { rows, history } = foldDealings([one, two]);
    expect([...rows]).toEqual([["own:a", entry({ status: "denied" })]]);
    expect(history.get("own:a")).toEqual([
      { day: "2024-01-01", record: "h1", entry: entry() },
      { day: "2024-02-01", record: "h2", entry: entry({ status: "denied" }) },
    ]);
    expect(history.get("own:b")?.at(-1)).toEqual({ day: "2024-02-01", record: "h2", entry: null });
    expect(foldDealings([]).rows.size).toBe(0);
  });

  it.each([
    ["a record left out", [two]],
    ["records in another order", [two, one]],
    ["a record twice", [one, one]],
    ["two beginnings", [one, { ...one, hash: "h3" }]],
  ])("with %s is refused", (_, records) => {
    expect(() => foldDealings(records)).toThrow(DealingsError);
  });
});

describe("an import", () => {
  const file = (over: Partial<typeof AWARD> = {}) => readAwardExport(pieces(csv([{ ...AWARD, ...over }])));
  const key = `award:${AWARD.contract_award_unique_key}`;

  it("adds what is new, and the second time nothing", async () => {
    const { rows } = await file();
    const first = planImport(new Map(), rows);
    expect(first).toMatchObject({ added: rows, changed: [], same: [], kept: [] });
    const again = planImport(new Map(rows.map((row) => [row.id, row.entry])), (await file()).rows);
    expect(again).toEqual({ added: [], changed: [], same: [key], kept: [], replaced: [] });
  });

  it("does not take fields in another order for a change", async () => {
    const { rows } = await file();
    const turned = Object.fromEntries(Object.entries(rows[0]!.entry).reverse()) as Dealing;
    expect(planImport(new Map([[key, turned]]), rows).same).toEqual([key]);
  });

  it("changes what the file says now, and keeps organisers' status, day, sources, quotations and copies", async () => {
    const [before] = (await file()).rows;
    const own = {
      title: "Answer",
      publisher: "Example Widgets",
      day: null,
      url: "https://www.example.com/b",
      quote: "Yes",
      copy: null,
    };
    const [theirs] = before!.entry.sources;
    const current = entry({
      ...before!.entry,
      status: "confirmed",
      since: "2024-06-01",
      sources: [own, { ...theirs!, quote: "q", copy: "B".repeat(43) }],
    });
    const plan = planImport(
      new Map([
        [key, current],
        ["own:x", entry()],
      ]),
      (await file({ total_obligated_amount: "7" })).rows,
    );
    expect(plan.changed).toEqual([
      { id: key, before: current, after: { ...current, value: { ...current.value, amount: "7" } } },
    ]);
    expect(plan.kept).toEqual([{ id: key, fields: ["status", "since", "sources"] }]);
    expect([...plan.added, ...plan.same, ...plan.replaced]).toEqual([]);
  });

  it("adds the file's source to a row that has others, to ten at most", async () => {
    const { rows } = await file();
    const sources = (count: number) =>
      Array.from({ length: count }, (_, i) => ({
        ...DEALING.sources[0]!,
        url: `https://www.example.com/${i}`,
      }));
    const after = (count: number) =>
      planImport(new Map([[key, { ...rows[0]!.entry, sources: sources(count) }]]), rows).changed[0]?.after;
    expect(after(9)?.sources).toHaveLength(10);
    expect(after(9)?.sources.at(-1)?.url).toBe(AWARD.usaspending_permalink);
    expect(after(10)).toBeUndefined();
  });

  it("names rows of awards that now have a contract, if they are there", () => {
    const current = new Map([["ocds:o:award:a", entry()]]);
    expect(planImport(current, [], ["ocds:o:award:a", "ocds:o:award:b"]).replaced).toEqual([
      { id: "ocds:o:award:a", before: entry() },
    ]);
  });
});

describe("rows", () => {
  const rows = dealingRows(
    new Map([
      [
        "own:1",
        entry({ what: "beta", value: { amount: "9", currency: "USD", kind: "current" }, status: "ended" }),
      ],
      [
        "own:2",
        entry({
          what: "Alpha",
          value: { amount: "10", currency: "USD", kind: "current" },
          recipient: "Bureau",
          from: null,
          until: null,
          agreed: "2019-05-05",
        }),
      ],
      [
        "own:3",
        entry({ what: "gamma", value: null, from: "2020-01-01", until: "2021-02-02", office: "Office 7" }),
      ],
      [
        "own:4",
        entry({
          what: "Delta",
          value: { amount: "-1.5", currency: "EUR", kind: "current" },
          from: null,
          until: null,
        }),
      ],
    ]),
  );
  const ids = (of: readonly DealingRow[]) => of.map(({ id }) => id.slice(4)).join("");

  it.each<[SortKey, boolean, string]>([
    ["what", false, "2143"],
    ["what", true, "3412"],
    ["value", false, "4123"],
    ["value", true, "2143"],
    ["status", false, "2341"],
    ["from", false, "3124"],
    ["from", true, "1324"],
    ["agreed", false, "2134"],
    ["recipient", false, "2134"],
  ])("by %s (down: %s) stand as %s", (by, down, order) => {
    expect(ids(sortDealings(rows, by, down))).toBe(order);
    expect(ids(sortDealings(rows.toReversed(), by, down))).toBe(order);
  });

  it.each([
    [{}, "1234"],
    [{ text: "" }, "1234"],
    [{ text: "ALPHA bureau" }, "2"],
    [{ text: "alpha office" }, ""],
    [{ text: "office 7" }, "3"],
    [{ status: "ended" as const }, "1"],
    [{ agency: "Bureau" }, "2"],
    [{ year: 2024 }, "1"],
    [{ year: 2020 }, "3"],
    [{ year: 2021, status: "reported" as const }, "3"],
    [{ year: 2019 }, "2"],
    [{ year: 1 }, ""],
  ])("that match %j are %s", (filter, found) => {
    expect(ids(filterDealings(rows, filter))).toBe(found);
  });

  it("offer the agencies and years that there are", () => {
    expect(agenciesOf(rows)).toEqual(["Bureau", "Department of Examples"]);
    expect(yearsOf(rows)).toEqual([2019, 2020, 2021, 2023, 2024]);
    expect(
      yearsOf([{ id: "own:1", entry: entry({ from: "2000-01-01", until: "9999-12-31" }) }]),
    ).toHaveLength(101);
  });
});

describe("the register as CSV", () => {
  const table = (over: Partial<Dealing>): Record<string, string> => {
    const text = Buffer.from(dealingsCsv([{ id: "own:1", entry: entry(over) }])).toString();
    expect(text.startsWith("\ufeffid") || text.startsWith('\ufeff"id"')).toBe(true);
    expect(text.endsWith("\r\n")).toBe(true);
    return parse(text, { bom: true, columns: true })[0] as Record<string, string>;
  };

  it.each([
    "=1+1",
    "+1",
    "-1+1",
    "@SUM(A1)",
    "＝1+1",
    " =1",
    "'=1",
    "-cmd|' /C calc'!A0",
    '=HYPERLINK("x")',
    "-1",
  ])("has an apostrophe before what a spreadsheet would run: %j", (what) => {
    for (const field of ["what", "supplier", "recipient", "office"] as const) {
      const column = field === "recipient" ? "agency" : field;
      const written = table({ [field]: what })[column];
      expect(written).toBe(what === "-1" ? "-1" : `'${what}`);
    }
  });

  it("leaves numbers numbers, and says nothing for what is unknown", () => {
    expect(table({ value: { amount: "-12.50", currency: "USD", kind: "obligated" } })).toMatchObject({
      amount: "-12.50",
      currency: "USD",
      amount_is: "obligated",
    });
    expect(table({ value: null, office: null })).toMatchObject({ amount: "", currency: "", office: "" });
  });

  it("is read back by another program as it was, and no field begins a formula", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", minLength: 1 }),
        fc.string({ minLength: 1 }),
        (what, supplier) => {
          const read = table({ what, supplier });
          for (const [written, text] of [
            [read.what, what],
            [read.supplier, supplier],
          ] as const) {
            expect([text, `'${text}`]).toContain(written);
            if (!/^-?\d/.test(text)) expect(written).not.toMatch(/^[=+\-@\t\r]/);
          }
        },
      ),
    );
  });
});

describe("the register as JSON", () => {
  it("is canonical and has all of each row", () => {
    const bytes = dealingsJson([{ id: "own:1", entry: entry({ what: "=1" }) }]);
    expect(parseCanonical(bytes, 1e6)).toEqual({
      type: "dealings",
      v: 1,
      rows: [{ id: "own:1", ...entry({ what: "=1" }) }],
    });
  });
});

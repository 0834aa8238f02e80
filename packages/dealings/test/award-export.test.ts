/** Award exports in their three layouts, as CSV and in zip files. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DealingsError, type ImportOptions, readAwardExport } from "../src/index.ts";
import { ACTION, AWARD, codeOf, csv, expectRowsToFit, OLD_ACTION, pieces, zipOf } from "./kit.ts";

const read = (bytes: Uint8Array | string, options: ImportOptions = {}, size?: number) =>
  readAwardExport(pieces(bytes, size), options);

const ROW = {
  id: "award:CONT_AWD_EX0001_9999_-NONE-_-NONE-",
  entry: {
    what: "WIDGETS FOR EXAMPLES",
    supplier: "EXAMPLE WIDGETS INC.",
    recipient: "Department of Examples",
    office: "Example Logistics Agency, EXAMPLE OFFICE 7",
    agreed: "2023-02-01",
    from: "2023-03-01",
    until: "2025-02-28",
    value: { amount: "1200.50", currency: "USD", kind: "obligated" },
    status: "reported",
    since: null,
    sources: [
      {
        title: "Federal award EX0001",
        publisher: "USAspending.gov",
        day: null,
        url: "https://www.example.com/award/CONT_AWD_EX0001/",
        quote: "",
        copy: null,
      },
    ],
  },
};

function utf16(text: string, littleEndian: boolean): Uint8Array {
  const all = `\ufeff${text}`;
  const view = new DataView(new ArrayBuffer(all.length * 2));
  for (let i = 0; i < all.length; i++) view.setUint16(i * 2, all.charCodeAt(i), littleEndian);
  return new Uint8Array(view.buffer);
}

describe("an export of awards", () => {
  it("becomes a row an award", async () => {
    const result = await read(csv([AWARD]));
    expect(result.rows).toEqual([ROW]);
    expectRowsToFit(result);
    expect(result.counts).toMatchObject({ read: 1, matched: 1 });
    expect(result.suppliers).toEqual([{ name: "EXAMPLE WIDGETS INC.", count: 1 }]);
    expect(result.warnings).toEqual([]);
  });

  it("reads nothing about people", async () => {
    const result = JSON.stringify(await read(csv([AWARD])));
    for (const planted of ["PLANTED", "5550100"]) expect(result).not.toContain(planted);
  });

  it("finds its columns in any order, case, line ends and pieces", async () => {
    const turned = Object.fromEntries(
      Object.entries(AWARD)
        .reverse()
        .map(([name, text]) => [name.toUpperCase(), text]),
    );
    for (const size of [1, 3, 64, 100_000]) {
      expect((await read(csv([turned], { quoted: false, end: "\r\n" }), {}, size)).rows).toEqual([ROW]);
    }
  });

  it.each([
    ["UTF-8 with a mark", (text: string) => `\ufeff${text}`],
    ["UTF-16, little end first", (text: string) => utf16(text, true)],
    ["UTF-16, big end first", (text: string) => utf16(text, false)],
  ])("is read in %s", async (_, encode) => {
    const result = await read(encode(csv([{ ...AWARD, recipient_name: "ÉXAMPLE 部品" }])), {}, 5);
    expect(result.rows[0]?.entry.supplier).toBe("ÉXAMPLE 部品");
    expect(result.rows[0]?.id).toBe(ROW.id);
  });

  it("in a code page of Windows, or in UTF-16 without a mark, is refused for its encoding", async () => {
    const latin1 = Buffer.from(csv([{ ...AWARD, recipient_name: "\u00c9XAMPLE" }]), "latin1");
    expect(await codeOf(read(latin1))).toBe("encoding");
    expect(await codeOf(read(utf16(csv([AWARD]), true).subarray(2)))).toBe("encoding");
    // A character cut in two by the end of the file.
    expect(await codeOf(read(Buffer.concat([Buffer.from(csv([AWARD])), Buffer.from([0xc3])])))).toBe(
      "encoding",
    );
  });

  it.each([
    "contract_award_unique_key",
    "recipient_name",
    "awarding_agency_name",
    "total_obligated_amount",
    "award_base_action_date",
    "period_of_performance_start_date",
    "period_of_performance_current_end_date",
    "prime_award_base_transaction_description",
    "usaspending_permalink",
  ])("without the column %s says so", async (column) => {
    const { [column]: _, ...rest } = AWARD as Record<string, string>;
    const error = await read(csv([rest])).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(DealingsError);
    expect(error).toMatchObject({ code: "missing-column", column });
    expect((error as Error).message).toContain(column);
  });

  it.each(["", "hello", "name,address\na,b\n", "{}", "\n\n"])("is not %j", async (text) => {
    expect(await codeOf(read(text))).toBe("not-an-export");
  });

  it("keeps what looks like a formula as text, and line breaks as spaces", async () => {
    const what = '=HYPERLINK("x")\r\nTWO\nLINES';
    const { rows } = await read(csv([{ ...AWARD, prime_award_base_transaction_description: what }]));
    expect(rows[0]?.entry.what).toBe('=HYPERLINK("x") TWO LINES');
  });

  it("says unknown for an empty amount, and takes the next that is known", async () => {
    const value = async (over: Partial<typeof AWARD>) =>
      (await read(csv([{ ...AWARD, ...over }]))).rows[0]?.entry.value;
    expect(await value({ total_obligated_amount: "" })).toMatchObject({ amount: "2000", kind: "current" });
    expect(await value({ total_obligated_amount: "", current_total_value_of_award: "" })).toMatchObject({
      kind: "potential",
    });
    const none = {
      total_obligated_amount: "",
      current_total_value_of_award: "",
      potential_total_value_of_award: "",
    };
    expect(await value(none)).toBeNull();
    expect(await value({ total_obligated_amount: "0.00" })).toMatchObject({ amount: "0", kind: "obligated" });
  });

  it("counts by reason what is no row, and gives the others", async () => {
    const result = await read(
      csv([
        AWARD,
        { ...AWARD, contract_award_unique_key: "B", recipient_name: " " },
        { ...AWARD, contract_award_unique_key: "C", awarding_agency_name: "" },
        { ...AWARD, contract_award_unique_key: "" },
        { ...AWARD, contract_award_unique_key: "D", total_obligated_amount: "$1,200" },
        { ...AWARD, contract_award_unique_key: "E", award_base_action_date: "1998-01-01" },
      ]),
    );
    expect(result.rows.map(({ id }) => id)).toEqual([ROW.id, "award:E"]);
    expect(result.counts.skipped).toMatchObject({
      "no-supplier": 1,
      "no-agency": 1,
      "no-id": 1,
      "bad-amount": 1,
    });
    expect(result.warnings).toEqual([{ code: "day-left-out", count: 1 }]);
  });

  it("has one row for an award that stands in it twice: its later state", async () => {
    const later = { ...AWARD, award_latest_action_date: "2024-06-01", total_obligated_amount: "9" };
    for (const records of [
      [AWARD, later],
      [later, AWARD],
    ])
      expect((await read(csv(records))).rows.map(({ entry }) => entry.value?.amount)).toEqual(["9"]);
  });

  it("is narrowed by parts of names of supplier, parent, code, agency and office", async () => {
    const other = {
      ...AWARD,
      contract_award_unique_key: "B",
      recipient_name: "OTHER CO",
      recipient_parent_name: "",
      recipient_uei: "",
    };
    const ids = async (options: ImportOptions) =>
      (await read(csv([AWARD, other]), options)).rows.map(({ id }) => id);
    expect(await ids({ suppliers: ["example  widgets"] })).toEqual([ROW.id]);
    expect(await ids({ suppliers: ["holdings"] })).toEqual([ROW.id]);
    expect(await ids({ suppliers: ["EXAMPLEUEI01"] })).toEqual([ROW.id]);
    expect(await ids({ suppliers: ["nobody", "other"] })).toEqual(["award:B"]);
    expect(await ids({ agencies: ["office 7"], suppliers: ["other"] })).toEqual(["award:B"]);
    expect(await ids({ agencies: ["nobody"] })).toEqual([]);
    expect(await ids({ suppliers: [" "] })).toHaveLength(2);
  });

  it("gives no row at all where more match than the limit, but counts and names suppliers", async () => {
    const many = Array.from({ length: 30 }, (_, i) => ({
      ...AWARD,
      contract_award_unique_key: `K${i}`,
      recipient_name: `Example ${i % 3}`,
    }));
    const result = await read(csv(many), { limit: 29 });
    expect(result.rows).toEqual([]);
    expect(result.counts).toMatchObject({ read: 30, matched: 30 });
    expect(result.suppliers).toHaveLength(3);
    expect(result.warnings).toEqual([{ code: "too-many-rows", count: 1 }]);
    expect((await read(csv(many), { limit: 30 })).rows).toHaveLength(30);
    expect((await read(csv(many), { limit: 10, suppliers: ["example 1"] })).rows).toHaveLength(10);
  });

  it("names an address of its own only if it is one", async () => {
    for (const bad of ["javascript:alert(1)", "https://user:secret@example.com/", "", "file:///etc/x"]) {
      const { rows } = await read(csv([{ ...AWARD, usaspending_permalink: bad }]));
      expect(rows[0]?.entry.sources[0]?.url).toBe("https://www.usaspending.gov/");
    }
  });

  it("makes of any texts rows that core takes, with ids that stay", async () => {
    const text = fc.oneof(
      fc.string({ unit: "binary", maxLength: 20 }),
      fc.constantFrom("=1", "\u202e", "x".repeat(3000), "2024-01-01", "12.345678", "-5", " "),
    );
    const record = fc
      .record(
        Object.fromEntries(
          Object.keys(AWARD).map((name) => [name, fc.oneof({ weight: 3, arbitrary: fc.constant("") }, text)]),
        ),
      )
      .map((over) => ({
        ...AWARD,
        ...Object.fromEntries(Object.entries(over).filter(([, value]) => value !== "")),
      }));
    await fc.assert(
      fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 5 }), async (records) => {
        const result = await read(csv(records));
        expectRowsToFit(result);
        expect(await read(csv(records), {}, 101)).toEqual(result);
      }),
      { numRuns: 60 },
    );
  });
});

describe("an export of transactions", () => {
  it("becomes a row an award, its amounts added exactly", async () => {
    const actions = [
      ACTION,
      {
        ...ACTION,
        modification_number: "1",
        action_date: "2023-09-01",
        federal_action_obligation: "0.20",
        transaction_description: "MORE",
        period_of_performance_current_end_date: "2026-01-01",
      },
      {
        ...ACTION,
        modification_number: "2",
        action_date: "2024-01-02",
        federal_action_obligation: "-500.40",
        recipient_name: "EXAMPLE WIDGETS LLC",
        period_of_performance_current_end_date: "",
      },
      { ...ACTION, modification_number: "3", action_date: "2023-10-01", federal_action_obligation: "" },
    ];
    const result = await read(csv(actions));
    expectRowsToFit(result);
    expect(result.counts).toMatchObject({ read: 4, matched: 4 });
    const { id, entry } = result.rows[0]!;
    expect(id).toBe(ROW.id);
    expect(entry).toMatchObject({
      what: "WIDGETS",
      supplier: "EXAMPLE WIDGETS LLC",
      agreed: "2023-02-01",
      until: "2026-01-01",
      value: { amount: "499.90", kind: "obligated" },
    });
  });

  it("gives the same in any order", async () => {
    const actions = Array.from({ length: 8 }, (_, i) => ({
      ...ACTION,
      contract_award_unique_key: `K${i % 2}`,
      action_date: `2023-0${i + 1}-01`,
      federal_action_obligation: `${i}.${i}1`,
      transaction_description: `D${i}`,
    }));
    const expected = await read(csv(actions));
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(actions, { minLength: 8 }), async (shuffled) => {
        expect((await read(csv(shuffled))).rows).toEqual(expected.rows);
      }),
      { numRuns: 30 },
    );
  });

  it("adds what doubles cannot", async () => {
    const amounts = ["0.1", "0.2", "9007199254740993.01", "-9007199254740992.00"];
    const { rows } = await read(
      csv(amounts.map((amount) => ({ ...ACTION, federal_action_obligation: amount }))),
    );
    expect(rows[0]?.entry.value?.amount).toBe("1.31");
  });

  it("gives no row for an award one of whose amounts is none, since its sum would be wrong", async () => {
    const result = await read(csv([ACTION, { ...ACTION, federal_action_obligation: "n/a" }]));
    expect(result.rows).toEqual([]);
    expect(result.counts.skipped["bad-amount"]).toBe(1);
  });

  it("says an unknown value where no action has one", async () => {
    const { rows } = await read(csv([{ ...ACTION, federal_action_obligation: "" }]));
    expect(rows[0]?.entry.value).toBeNull();
  });
});

describe("an export of the layout before 2017", () => {
  it("is known and read", async () => {
    const more = {
      ...OLD_ACTION,
      unique_transaction_id: "0f1f",
      dollarsobligated: "-0.25",
      signeddate: "11/30/2013",
      descriptionofcontractrequirement: "LESS",
    };
    const result = await read(csv([more, OLD_ACTION]));
    expectRowsToFit(result);
    expect(result.rows).toHaveLength(1);
    expect(result.rows[0]?.entry).toMatchObject({
      what: "WIDGETS OF OLD",
      supplier: "EXAMPLE WIDGETS INC.",
      recipient: "DEPARTMENT OF EXAMPLES",
      agreed: "2012-07-04",
      value: { amount: "250000", currency: "USD", kind: "obligated" },
    });
    expect(result.rows[0]?.id).toMatch(/^award:sha256:/);
  });

  it("tells awards apart by agency and by both numbers", async () => {
    const variants = [{}, { piid: "OLD0002" }, { idvpiid: "IDV1" }, { maj_agency_cat: "8888: OTHER" }];
    const { rows } = await read(csv(variants.map((over) => ({ ...OLD_ACTION, ...over }))));
    expect(rows).toHaveLength(4);
  });

  it("without a column it needs says which", async () => {
    const { vendorname: _, ...rest } = OLD_ACTION;
    await expect(read(csv([rest]))).rejects.toMatchObject({ code: "missing-column", column: "vendorname" });
  });
});

describe("a zip file", () => {
  it("gives the rows of all its exports, and passes over what is none", async () => {
    const zip = zipOf({
      "Contracts_PrimeAwardSummaries_2024_1.csv": csv([AWARD]),
      "Contracts_PrimeAwardSummaries_2024_2.csv": csv([{ ...AWARD, contract_award_unique_key: "B" }]),
      "Assistance_PrimeAwardSummaries_2024_1.csv": 'assistance_award_unique_key,x\nA,"unclosed\n',
      "DataDictionary.txt": "contract_award_unique_key",
      "__MACOSX/._x.csv": "junk",
    });
    for (const size of [1, 1000, undefined]) {
      const result = await read(zip, {}, size);
      expect(result.rows.map(({ id }) => id)).toEqual(["award:B", ROW.id]);
      expect(result.warnings).toEqual([{ code: "member-passed-over", count: 1 }]);
    }
  });

  it("that has an award's summary and its actions takes the summary, whichever comes first", async () => {
    const summaries = { "Contracts_PrimeAwardSummaries_1.csv": csv([AWARD]) };
    const actions = { "Contracts_PrimeTransactions_1.csv": csv([ACTION]) };
    for (const zip of [zipOf({ ...summaries, ...actions }), zipOf({ ...actions, ...summaries })])
      expect((await read(zip)).rows).toEqual([ROW]);
  });

  it("without an export is refused", async () => {
    expect(await codeOf(read(zipOf({})))).toBe("not-an-export");
    expect(await codeOf(read(zipOf({ "a.txt": "x" })))).toBe("not-an-export");
    expect(await codeOf(read(zipOf({ "a.csv": "x,y\n1,2\n" })))).toBe("not-an-export");
  });

  it("with a column missing in one of its exports gives nothing", async () => {
    const { recipient_name: _, ...rest } = AWARD;
    await expect(read(zipOf({ "1.csv": csv([AWARD]), "2.csv": csv([rest]) }))).rejects.toMatchObject({
      code: "missing-column",
      column: "recipient_name",
    });
  });
});

/** Open Contracting data in all its forms, the standard's samples among them. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ImportOptions, readOcds } from "../src/index.ts";
import { type Json, JsonElements } from "../src/ocds/json-elements.ts";
import { mergeReleases } from "../src/ocds/merge-releases.ts";
import { ProcessStore } from "../src/ocds/process-store.ts";
import { codeOf, expectRowsToFit, pieces, sample } from "./kit.ts";

const read = (value: unknown, options: ImportOptions = {}, size?: number) =>
  readOcds(pieces(typeof value === "string" ? value : JSON.stringify(value), size), options);

const SOURCE = { title: "Data", publisher: "Example", url: "https://www.example.com/data" };

function release(over: object = {}) {
  return {
    ocid: "ocds-example-1",
    id: "1",
    date: "2024-01-01T00:00:00Z",
    tag: ["contract"],
    parties: [
      {
        id: "S",
        name: "Example Widgets",
        roles: ["supplier"],
        contactPoint: { name: "PLANTED", email: "planted@example.com" },
      },
      {
        id: "B",
        name: "Department of Examples",
        roles: ["buyer"],
        persones: [{ name: "PLANTED" }],
        persons: ["PLANTED"],
      },
    ],
    buyer: { id: "B", name: "Department of Examples" },
    awards: [
      {
        id: "a1",
        title: "Widgets",
        status: "active",
        date: "2024-01-02T00:00:00Z",
        suppliers: [{ id: "S", name: "Example Widgets" }],
      },
    ],
    contracts: [
      {
        id: "c1",
        awardID: "a1",
        title: "Contract for widgets",
        status: "active",
        period: { startDate: "2024-02-01T00:00:00Z", endDate: "2025-01-31T00:00:00Z" },
        value: { amount: 1234.5, currency: "EUR" },
      },
    ],
    ...over,
  };
}
const package_ = (...releases: object[]) => ({
  uri: "https://www.example.com/package",
  publisher: { name: "Example Publisher" },
  releases,
});
const AWARD_ONLY = { contracts: undefined };

describe("the standard's sample", () => {
  it("gives the same row from its releases, its record, and releases file by file", async () => {
    const fromReleases = await readOcds(pieces(sample("ocds-213czf-000-00001.json"), 1000));
    const fromRecord = await readOcds(pieces(sample("record.json"), 1000));
    const lines = ["04-award", "05-contract", "06-implementation"].map((name) =>
      JSON.stringify(JSON.parse(Buffer.from(sample(`ocds-213czf-000-00001-${name}.json`)).toString())),
    );
    const fromLines = await readOcds(pieces(lines.reverse().join("\n")));
    const entries = [fromReleases, fromRecord, fromLines].map(({ rows }) =>
      rows.map(({ id, entry: { sources: _, ...entry } }) => ({ id, ...entry })),
    );
    expect(entries[0]).toEqual([
      {
        id: "ocds:ocds-213czf-000-00001:ocds-213czf-000-00001-contract-01",
        what: "Contract to build new cycle lanes in the centre of town.",
        supplier: "AnyCorp Cycle Provision",
        recipient: "London Borough of Barnet",
        office: null,
        agreed: "2010-06-10",
        from: "2010-07-01",
        until: "2011-06-30",
        value: { amount: "11000000", currency: "GBP", kind: "current" },
        status: "reported",
        since: null,
      },
    ]);
    expect(entries[1]).toEqual(entries[0]);
    expect(entries[2]).toEqual(entries[0]);
    for (const result of [fromReleases, fromRecord, fromLines]) expectRowsToFit(result);
    expect(fromRecord.rows[0]?.entry.sources[0]).toMatchObject({
      publisher: "Open Data Services Co-operative Limited",
      day: "2011-01-10",
      url: expect.stringMatching(/^https:\/\/raw\.githubusercontent\.com\//),
    });
  });

  it("cut off anywhere is refused", async () => {
    const whole = sample("ocds-213czf-000-00001-05-contract.json");
    for (let length = 1; length < whole.length - 2; length += 97)
      expect(await codeOf(readOcds(pieces(whole.subarray(0, length))))).toBe("cut-off");
  });
});

describe("each form", () => {
  const one = release();
  const compiled = { ...one, tag: ["compiled"] };
  const link = { url: "https://www.example.com/r#1", date: one.date, tag: ["contract"] };
  it.each<[string, unknown]>([
    ["a release", one],
    ["a package of releases", package_(one)],
    [
      "a package whose list has other things behind",
      { releases: [one], extensions: ["releases"], uri: "https://www.example.com/package" },
    ],
    [
      "a record with a compiled release and links",
      { ocid: one.ocid, releases: [link], compiledRelease: compiled },
    ],
    [
      "a record with its compiled release first",
      { compiledRelease: compiled, ocid: one.ocid, releases: [link] },
    ],
    ["a record with its releases", { ocid: one.ocid, releases: [one] }],
    ["a package of records", { records: [{ ocid: one.ocid, releases: [link], compiledRelease: compiled }] }],
    ["a package of records with their releases", { records: [{ ocid: one.ocid, releases: [one] }] }],
    ["a list of releases", [one]],
    ["a list of packages", [package_(one), { uri: "https://www.example.com/package", releases: [] }]],
    ["lines of releases", `${JSON.stringify(one)}\n\n${JSON.stringify(one)}\r\n`],
    ["lines of packages", `${JSON.stringify(package_(one))}\n${JSON.stringify(package_())}`],
    ["a package with its name of lists in escapes", `{"rele\\u0061ses":[${JSON.stringify(one)}]}`],
  ])("%s gives the row", async (_, value) => {
    for (const size of [1, 5, 4096]) {
      const { rows } = await read(value, { source: SOURCE }, size);
      expect(rows.map(({ id }) => id)).toEqual(["ocds:ocds-example-1:c1"]);
      expect(rows[0]?.entry).toMatchObject({
        what: "Contract for widgets",
        supplier: "Example Widgets",
        recipient: "Department of Examples",
        agreed: "2024-01-02",
        from: "2024-02-01",
        until: "2025-01-31",
        value: { amount: "1234.50", currency: "EUR", kind: "current" },
      });
    }
  });

  it.each<[string, unknown, string]>([
    ["a record that only links to its releases", { ocid: one.ocid, releases: [link] }, "linked-releases"],
    ["a package of such records", { records: [{ ocid: one.ocid, releases: [link] }] }, "linked-releases"],
    ["a record that links to some", { ocid: one.ocid, releases: [one, link] }, "linked-releases"],
    ["another object", { hello: 1 }, "not-ocds"],
    ["a release without an ocid", { releases: [{ id: "1" }] }, "not-ocds"],
    ["a list of numbers", "[1,2]", "not-json"],
    ["a number", "1", "not-json"],
    ["nothing", "", "not-json"],
    ["CSV", "a,b\n", "not-json"],
    ["two commas in a list", `{"releases":[${JSON.stringify(one)},,]}`, "not-json"],
    ["a comma at the end of a list", `{"releases":[${JSON.stringify(one)},]}`, "not-json"],
    ["brackets of the wrong kind", '{"ocid":"1"]', "not-json"],
    ["a list that closes with a brace", '{"releases":[{"ocid":"1"}}}', "not-json"],
    ["an end that is missing", '{"releases":[{"ocid":"1"}]', "cut-off"],
  ])("%s is refused", async (_, value, code) => {
    for (const size of [1, undefined]) expect(await codeOf(read(value, {}, size))).toBe(code);
  });

  it("in a code page is refused for its encoding", async () => {
    const bytes = Buffer.from('{"ocid":"\u00e9"}', "latin1");
    expect(await codeOf(readOcds(pieces(bytes)))).toBe("encoding");
  });
});

describe("releases of one process", () => {
  const award = release({ ...AWARD_ONLY, date: "2024-01-01T00:00:00Z" });
  const contract = {
    ocid: "ocds-example-1",
    id: "2",
    date: "2024-03-01T00:00:00Z",
    contracts: release().contracts,
  };
  const change = {
    ocid: "ocds-example-1",
    id: "3",
    date: "2024-04-01T00:00:00Z",
    contracts: [
      { id: "c1", value: { amount: 2000 }, period: { endDate: null } },
      { id: "c2", awardID: "a1", title: "More" },
    ],
  };

  it("are merged by their dates, wherever they stand", async () => {
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([award, contract, change], { minLength: 3 }), async (shuffled) => {
        const { rows } = await read(package_(...shuffled));
        expect(rows.map(({ id }) => id)).toEqual(["ocds:ocds-example-1:c1", "ocds:ocds-example-1:c2"]);
        expect(rows[0]?.entry).toMatchObject({
          what: "Contract for widgets",
          supplier: "Example Widgets",
          from: "2024-02-01",
          until: null,
          value: { amount: "2000", currency: "EUR" },
        });
        expect(rows[1]?.entry).toMatchObject({ what: "More", value: null });
      }),
    );
  });

  it("after a compiled release change what that says, and those before it do not", async () => {
    const compiled = { ...release(), date: "2024-03-15T00:00:00Z" };
    const stale = { ...contract, contracts: [{ id: "c1", title: "Stale" }] };
    const { rows } = await read(
      `${JSON.stringify({ ocid: "ocds-example-1", releases: [stale, change], compiledRelease: compiled })}`,
      { source: SOURCE },
    );
    expect(rows[0]?.entry).toMatchObject({
      what: "Contract for widgets",
      value: { amount: "2000", currency: "EUR" },
    });
  });

  it("of which the later file is the older one keep the later state", async () => {
    const record = (title: string, date: string) => ({
      ocid: "ocds-example-1",
      compiledRelease: { ...release({ contracts: [{ ...release().contracts[0], title }] }), date },
    });
    const lines = [record("New", "2024-05-01T00:00:00Z"), record("Old", "2024-04-30T23:00:00-02:00")];
    // With its offset, the second is the later one.
    const { rows } = await read(lines.map((line) => JSON.stringify(line)).join("\n"), { source: SOURCE });
    expect(rows[0]?.entry.what).toBe("Old");
  });

  it("merge as the standard says", () => {
    const merged = mergeReleases([
      {
        date: "2024-01-02",
        a: "2",
        gone: "x",
        list: [{ id: "1", x: "1", y: "1" }, { x: "none" }],
        words: ["a"],
        of: { p: "1", q: "1" },
      },
      {
        date: "2024-01-03",
        gone: null,
        list: [{ id: "1", y: null, z: "2" }, { id: "2" }, { x: "none" }],
        words: ["b"],
        of: { q: null },
      },
      { date: "2024-01-01", a: "1", first: "1" },
    ]);
    expect(merged).toEqual({
      date: "2024-01-03",
      a: "2",
      first: "1",
      list: [{ id: "1", x: "1", z: "2" }, { x: "none" }, { id: "2" }, { x: "none" }],
      words: ["b"],
      of: { p: "1" },
    });
  });
});

describe("a process", () => {
  const only = async (over: object, options: ImportOptions = {}) => read(package_(release(over)), options);

  it("of which nothing about people is read", async () => {
    const result = await read(package_(release()));
    expect(JSON.stringify(result).toLowerCase()).not.toContain("planted");
  });

  it("with an award that has no contract yet gives a row for the award, which the contract's replaces", async () => {
    const before = await only(AWARD_ONLY);
    expect(before.rows.map(({ id }) => id)).toEqual(["ocds:ocds-example-1:award:a1"]);
    expect(before.replaced).toEqual([]);
    const after = await only({});
    expect(after.rows.map(({ id }) => id)).toEqual(["ocds:ocds-example-1:c1"]);
    expect(after.replaced).toEqual(["ocds:ocds-example-1:award:a1"]);
  });

  it.each([
    [
      "an award that is pending",
      { ...AWARD_ONLY, awards: [{ ...release().awards[0], status: "pending" }] },
      "not-awarded",
    ],
    [
      "a contract that was cancelled",
      { contracts: [{ ...release().contracts[0], status: "cancelled" }] },
      "not-awarded",
    ],
    ["no supplier", { parties: [], awards: [{ id: "a1" }] }, "no-supplier"],
    ["no buyer", { parties: [], buyer: undefined }, "no-agency"],
    [
      "an amount that is none",
      { contracts: [{ ...release().contracts[0], value: { amount: "1,000", currency: "EUR" } }] },
      "bad-amount",
    ],
    ["no id", { contracts: [{ title: "x" }] }, "no-id"],
  ])("with %s gives no row and says why", async (_, over, reason) => {
    const result = await only(over);
    expect(result.rows).toEqual([]);
    expect(result.counts.skipped).toMatchObject({ [reason]: 1 });
  });

  it("without an address to look it up needs one from the caller", async () => {
    expect((await read(release())).counts.skipped["no-source"]).toBe(1);
    expect((await read(release(), { source: SOURCE })).rows[0]?.entry.sources[0]).toMatchObject({
      url: SOURCE.url,
      publisher: "Example",
    });
  });

  it("whose contract is terminated is ended", async () => {
    const { rows } = await only({ contracts: [{ ...release().contracts[0], status: "terminated" }] });
    expect(rows[0]?.entry.status).toBe("ended");
  });

  it("with an award's value gives it to its contract only if that is the only one", async () => {
    const value = { amount: 100, currency: "USD" };
    const awards = [{ ...release().awards[0], value }];
    const one = { id: "c1", awardID: "a1" };
    expect((await only({ awards, contracts: [one] })).rows[0]?.entry.value).toMatchObject({ amount: "100" });
    const two = await only({ awards, contracts: [one, { id: "c2", awardID: "a1" }] });
    expect(two.rows.map(({ entry }) => entry.value)).toEqual([null, null]);
  });

  it("whose amount no double can hold keeps every digit, and without a currency has no value", async () => {
    const text = (amount: string, currency: string) =>
      JSON.stringify(
        package_(release({ contracts: [{ ...release().contracts[0], value: { amount: 0, currency } }] })),
      ).replace('"amount":0', `"amount":${amount}`);
    const amountOf = async (amount: string) =>
      (await read(text(amount, "EUR"), {}, 3)).rows[0]?.entry.value?.amount;
    expect(await amountOf("9007199254740993.25")).toBe("9007199254740993.25");
    expect(await amountOf("-1.5E+3")).toBe("-1500");
    expect(await amountOf('"12.50"')).toBe("12.50");
    const none = await read(text("1", "euro"));
    expect(none.rows[0]?.entry.value).toBeNull();
    expect(none.warnings).toEqual([{ code: "value-left-out", count: 1 }]);
  });

  it("has names of suppliers and buyer from its parties where references have none", async () => {
    const { rows } = await only({
      buyer: { id: "B" },
      awards: [{ id: "a1", suppliers: [{ id: "S" }, { id: "S" }] }],
    });
    expect(rows[0]?.entry).toMatchObject({
      supplier: "Example Widgets",
      recipient: "Department of Examples",
    });
  });

  it("names who procured beside the buyer", async () => {
    const { rows } = await only({ tender: { procuringEntity: { name: "Office 7" } } });
    expect(rows[0]?.entry.office).toBe("Office 7");
  });

  it("is found by supplier and agency", async () => {
    const two = package_(
      release(),
      release({
        ocid: "o2",
        awards: [{ id: "a1", suppliers: [{ name: "Other" }] }],
        buyer: { name: "Bureau" },
      }),
    );
    const ids = async (options: ImportOptions) => (await read(two, options)).rows.map(({ id }) => id);
    expect(await ids({ suppliers: ["other"] })).toEqual(["ocds:o2:c1"]);
    expect(await ids({ agencies: ["DEPARTMENT"] })).toEqual(["ocds:ocds-example-1:c1"]);
    const all = await read(two, { limit: 1 });
    expect(all.rows).toEqual([]);
    expect(all.warnings).toEqual([{ code: "too-many-rows", count: 1 }]);
    expect(all.suppliers.map(({ name }) => name).sort()).toEqual(["Example Widgets", "Other"]);
  });

  it("has an id of core's form whatever it is called, another for each", async () => {
    const names = ["a:b", "a", "b", "", "x".repeat(400), "é", "sha256", "award", "../..", "-a", " "];
    const releases = names.flatMap((ocid, i) =>
      names.map((id) =>
        release({
          ocid: `${ocid}o${i}`,
          contracts: [{ ...release().contracts[0], id }],
          ...(id === "award" ? { awards: [...release().awards, { ...release().awards[0], id: "a2" }] } : {}),
        }),
      ),
    );
    const result = await read(package_(...releases));
    expectRowsToFit(result);
    expect(result.rows.length).toBeGreaterThan(100);
    expect(await read(package_(...releases), {}, 999)).toEqual(result);
  });
});

describe("what is kept of processes while a file is read", () => {
  it("is bounded, even if it is the same again and again, or wide", () => {
    for (const text of ["x".repeat(1000), "\u4e00".repeat(500)]) {
      const store = new ProcessStore(100_000);
      const add = () => store.add("o", { date: "2024-01-01", buyer: text }, "compiled", 0);
      for (let i = 0; i < 80; i++) add();
      expect(() => {
        for (let i = 0; i < 20; i++) add();
      }).toThrow(/more than can be looked through/);
    }
  });
});

describe("any JSON", () => {
  const json = fc.jsonValue({ maxDepth: 4, stringUnit: "binary" });

  it("is cut into elements as the platform parses it, numbers as they are written", () => {
    const withTexts = (value: unknown): unknown => {
      if (typeof value === "number") return JSON.stringify(value);
      if (Array.isArray(value)) return value.map(withTexts);
      if (typeof value !== "object" || value === null) return value;
      return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withTexts(inner)]));
    };
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), json, { noNullPrototype: true }),
        fc.array(fc.dictionary(fc.string(), json, { noNullPrototype: true })),
        fc.constantFrom(undefined, 1, 2),
        fc.integer({ min: 1, max: 9 }),
        (shell, elements, indent, size) => {
          const got: Json[] = [];
          const texts: Json[] = [];
          const reader = new JsonElements({
            element: (_, value) => got.push(value),
            text: (value) => texts.push(value),
          });
          const whole = { ...shell, records: elements };
          const text = JSON.stringify(whole, null, indent);
          for (let at = 0; at < text.length; at += size) reader.push(text.slice(at, at + size));
          reader.end();
          const { releases, ...rest } = shell;
          if (Array.isArray(releases)) return;
          expect(JSON.stringify(got)).toBe(JSON.stringify(withTexts(elements)));
          expect(texts).toEqual([
            withTexts({ ...rest, ...(releases === undefined ? {} : { releases }), records: [] }),
          ]);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("in the place of a release gives rows that core takes, or a typed error", async () => {
    const mutated = fc.tuple(
      fc.constantFrom("ocid", "date", "parties", "buyer", "awards", "contracts", "tender"),
      json,
    );
    const inner = fc.tuple(
      fc.constantFrom("id", "title", "value", "period", "suppliers", "awardID", "status"),
      json,
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(mutated, { maxLength: 3 }),
        fc.array(inner, { maxLength: 3 }),
        async (over, of) => {
          const contracts = [{ ...release().contracts[0], ...Object.fromEntries(of) }];
          const value = package_(release(), {
            ...release({ ocid: "o2", contracts }),
            ...Object.fromEntries(over),
          });
          const result = await read(value).catch((error: { code: string }) => error.code);
          if (typeof result === "string") expect(result).toBe("not-ocds");
          else expectRowsToFit(result);
        },
      ),
      { numRuns: 200 },
    );
  });
});

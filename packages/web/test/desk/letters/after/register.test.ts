/** Rows of the register by hand, and changes that follow one another. */
import { dealing, encodeRecord, parseRecord } from "@undersigned/core";
import type { FurtherView } from "@undersigned/verify";
import { describe, expect, test } from "vitest";
import { DEALING } from "../../../../../../test/kit/further-leaves.ts";
import { amountOf } from "../../../../src/islands/desk/letters/after/amount.ts";
import {
  changeProblem,
  changeRecord,
  registerOf,
} from "../../../../src/islands/desk/letters/after/register/register-state.ts";
import {
  checkRow,
  draftOfRow,
  EMPTY_ROW,
  newRowId,
} from "../../../../src/islands/desk/letters/after/register/row-draft.ts";
import { createSameRecord } from "../../../../src/islands/desk/letters/after/use-same-record.ts";

const of = { workforce: `${"w".repeat(42)}A`, letter: `${"c".repeat(42)}A` };

describe("a row", () => {
  test("that stands comes back from its draft as it is", () => {
    expect(checkRow(draftOfRow(DEALING)).entry).toEqual(DEALING);
    const bare = { ...DEALING, value: null, agreed: null };
    expect(checkRow(draftOfRow(bare)).entry).toEqual(bare);
  });

  test("that is empty says what is missing, of its source too", () => {
    const { errors } = checkRow(EMPTY_ROW);
    expect(Object.keys(errors!)).toEqual(["what", "supplier", "recipient", "sources"]);
    expect(Object.keys(errors!.sources![0]!)).toEqual(["title", "publisher", "url"]);
  });

  test("fits the format whatever lines and spaces were pasted into it", () => {
    const draft = { ...draftOfRow(DEALING), what: "  Engines\r\n for the trial ", currency: " usd " };
    const { entry } = checkRow(draft);
    expect(entry).toMatchObject({ what: "Engines for the trial", value: { currency: "USD" } });
    expect(dealing.check(entry, "")).toEqual(entry);
  });

  test("cannot end before it begins, and a currency needs three letters", () => {
    const draft = { ...draftOfRow(DEALING), from: "2026-02-01", until: "2026-01-01", currency: "dollars" };
    expect(Object.keys(checkRow(draft).errors!)).toEqual(["until", "currency"]);
  });

  test("has an id that the format takes, and another each time", () => {
    const ids = new Set([newRowId(), newRowId(), newRowId()]);
    expect(ids.size).toBe(3);
    for (const row of ids)
      expect(() => encodeRecord(changeRecord(of, null, [{ row, entry: null }]))).not.toThrow();
  });
});

test.each([
  ["1200000.50", "1200000.50"],
  ["1,200,000.50", "1200000.50"],
  ["-12", "-12"],
  ["1,2", null],
  ["1.200.000", null],
  ["1e6", null],
  ["1,200,00", null],
  ["12 000", null],
  ["0x10", null],
])("the amount %s is read as %s, never as a fraction or in two ways", (typed, amount) => {
  expect(amountOf(typed)).toBe(amount);
});

test("what is sent again because no answer came is the very same record; other content is another", () => {
  const same = createSameRecord();
  const make = (row: string) => changeRecord(of, null, [{ row, entry: DEALING }]);
  const first = same(make("own:a"));
  expect(same(make("own:a"))).toBe(first);
  const other = same(make("own:b"));
  expect(other.changes[0]?.row).toBe("own:b");
  expect(other.salt).not.toBe(first.salt);
});

describe("a change", () => {
  const entry = DEALING;
  const logged = (rows: readonly string[], previous: string | null, hash: string) => {
    const record = changeRecord(
      of,
      previous,
      rows.map((row) => ({ row, entry })),
    );
    return {
      leaf: { record: hash, day: "2026-05-01" },
      record,
    } as unknown as FurtherView["dealings"][number];
  };

  test("follows the latest one, with its rows in order", () => {
    const register = registerOf({
      dealings: [logged(["own:b", "own:a"], null, "one"), logged(["own:c"], "one", "two")],
    });
    expect([...register.rows.keys()]).toEqual(["own:a", "own:b", "own:c"]);
    const record = changeRecord(of, register.head, [
      { row: "own:z", entry },
      { row: "own:a", entry: null },
    ]);
    expect(record.previous).toBe("two");
    expect(record.changes.map(({ row }) => row)).toEqual(["own:a", "own:z"]);
    const previous = `${"p".repeat(42)}A`;
    expect(parseRecord("dealings-record", encodeRecord({ ...record, previous }))).toEqual({
      ...record,
      previous,
    });
  });

  test("of nothing, of too many rows, or too large, is none", () => {
    const rows = new Map(Array.from({ length: 4_999 }, (_, i) => [`own:${i}`, entry]));
    const add = (count: number) =>
      changeRecord(
        of,
        null,
        Array.from({ length: count }, (_, i) => ({ row: `own:new${i}`, entry })),
      );
    expect(changeProblem({ rows }, add(0))).toBe("nothing");
    expect(changeProblem({ rows }, add(1))).toBe(null);
    expect(changeProblem({ rows }, add(2))).toBe("too-many-rows");
    // What is removed makes room.
    const swapped = changeRecord(of, null, [{ row: "own:0", entry: null }, ...add(2).changes]);
    expect(changeProblem({ rows }, swapped)).toBe(null);
    const long = { ...entry, what: "w".repeat(2000) };
    const large = Array.from({ length: 2_200 }, (_, i) => ({ row: `own:${i}`, entry: long }));
    expect(changeProblem({ rows }, changeRecord(of, null, large))).toBe("too-large");
  });
});

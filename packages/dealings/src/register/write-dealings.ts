/**
 * The register as files for readers: CSV (RFC 4180: CR LF, fields quoted) and canonical JSON.
 *
 * CSV is opened in spreadsheets, which run what begins like a formula, and texts come from strangers' files: a field that begins
 * with = + - @ (also in full width), behind spaces too, gets an apostrophe in front. Amounts are numbers and stay bare, negative
 * ones too. The file begins with a byte order mark, without which spreadsheets take UTF-8 for a code page; programs read JSON.
 */
import { encodeCanonical, type JsonValue, utf8Encode } from "@undersigned/core";
import type { DealingRow } from "./select-dealings.ts";

const FORMULA = /^[\s']*[=+\-@\uff1d\uff0b\uff0d\uff20]/u;
const NUMBER = /^-?\d+(?:\.\d+)?$/;

const COLUMNS: readonly (readonly [name: string, of: (row: DealingRow) => string | null])[] = [
  ["id", ({ id }) => id],
  ["what", ({ entry }) => entry.what],
  ["supplier", ({ entry }) => entry.supplier],
  ["agency", ({ entry }) => entry.recipient],
  ["office", ({ entry }) => entry.office],
  ["agreed", ({ entry }) => entry.agreed],
  ["from", ({ entry }) => entry.from],
  ["until", ({ entry }) => entry.until],
  ["amount", ({ entry }) => entry.value?.amount ?? null],
  ["currency", ({ entry }) => entry.value?.currency ?? null],
  ["amount_is", ({ entry }) => entry.value?.kind ?? null],
  ["status", ({ entry }) => entry.status],
  ["since", ({ entry }) => entry.since],
  ["sources", ({ entry }) => entry.sources.map(({ url }) => url).join(" ")],
  ["copies", ({ entry }) => entry.sources.flatMap(({ copy }) => copy ?? []).join(" ")],
];

/** UTF-8 with a byte order mark, one line a row, in the order given. */
export function dealingsCsv(rows: readonly DealingRow[]): Uint8Array {
  const lines = [COLUMNS.map(([name]) => field(name))];
  for (const row of rows) lines.push(COLUMNS.map(([, of]) => field(of(row) ?? "")));
  return utf8Encode(`\ufeff${lines.map((line) => `${line.join(",")}\r\n`).join("")}`);
}

/** Canonical JSON `{"rows": [{"id", …entry}], "type": "dealings", "v": 1}` in the order given. */
export function dealingsJson(rows: readonly DealingRow[]): Uint8Array {
  const all = rows.map(({ id, entry }) => ({ id, ...entry }));
  return encodeCanonical({ type: "dealings", v: 1, rows: all } as unknown as JsonValue);
}

function field(text: string): string {
  const harmless = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return `"${harmless.replaceAll('"', '""')}"`;
}

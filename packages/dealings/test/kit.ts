/** What the tests of this package share. */
import { type Dealing, dealing, dealingId, type JsonValue } from "@undersigned/core";
import { expect } from "vitest";
import { DealingsError, type ImportResult } from "../src/index.ts";

export * from "./made-up.ts";
export * from "./samples.ts";

/** The code of the error that `work` ends with; what is thrown must be ours. */
export async function codeOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error === null) return "accepted";
  expect(error).toBeInstanceOf(DealingsError);
  return (error as DealingsError).code;
}

/** That each row is one that core takes, and the rows are in order, each id once. */
export function expectRowsToFit({ rows }: ImportResult): void {
  for (const { id, entry } of rows) {
    dealingId.check(id, "");
    dealing.check(entry as unknown as JsonValue, "");
  }
  const ids = rows.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)].sort());
}

export const DEALING: Dealing = {
  what: "Widgets",
  supplier: "Example Widgets",
  recipient: "Department of Examples",
  office: null,
  agreed: null,
  from: "2023-01-01",
  until: "2024-12-31",
  value: { amount: "100", currency: "USD", kind: "obligated" },
  status: "reported",
  since: null,
  sources: [
    {
      title: "Award",
      publisher: "Example",
      day: null,
      url: "https://www.example.com/a",
      quote: "",
      copy: null,
    },
  ],
};

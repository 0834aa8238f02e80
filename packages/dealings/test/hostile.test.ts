/**
 * Large files and such as were made to do harm: a right result or a typed error, in little memory. Each is read in a process of
 * its own. In full they are as large as promised (500,000 records, 200 MB of JSON).
 */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { sized } from "../../../test/kit/size.ts";

const LARGE = sized(false, true);
const MEMORY_MOST = 300 * 1024 * 1024;

async function measure(kind: string, small: number, large: number): Promise<Record<string, unknown>> {
  const args = [join(import.meta.dirname, "measure.ts"), kind, String(LARGE ? large : small)];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  const { maxRss, ...outcome } = JSON.parse(stdout) as { maxRss: number };
  expect(maxRss).toBeLessThan(MEMORY_MOST);
  return outcome;
}

const patience = LARGE ? 900_000 : 60_000;

describe.each([
  ["an export of very many awards", "awards", 6_000, 500_000, (n: number) => ({ rows: 0, read: n })],
  [
    "one supplier's among very many awards",
    "one-supplier",
    4_000,
    500_000,
    (n: number) => ({ rows: Math.ceil((n - 777) / 50_000), read: n }),
  ],
  [
    "very many actions of a thousand awards",
    "transactions",
    4_000,
    500_000,
    (n: number) => ({ rows: 1000, read: n }),
  ],
  ["very many awards in a zip file", "zip", 6_000, 200_000, (n: number) => ({ rows: 0, read: n })],
  [
    "a zip file that unpacks to gigabytes",
    "bomb",
    100_000_000,
    10_000_000_000,
    () => ({ code: "zip-expands" }),
  ],
  ["a line of 100 MB", "long-line", 100_000_000, 100_000_000, () => ({ code: "too-large" })],
  [
    "a quotation mark that never closes",
    "unclosed-quote",
    100_000_000,
    100_000_000,
    () => ({ code: "unclosed-quote" }),
  ],
  [
    "Open Contracting data of 200 MB",
    "ocds-releases",
    6_000,
    44_000,
    (n: number) => ({ rows: n / 1000, read: n }),
  ],
  ["a string of 100 MB in JSON", "ocds-one-string", 100_000_000, 100_000_000, () => ({ code: "too-large" })],
  ["100 MB of brackets", "ocds-deep", 100_000_000, 100_000_000, () => ({ code: "too-large" })],
  ["very many empty packages", "ocds-many-empty", 2_000_000, 100_000_000, () => ({ rows: 0, read: 0 })],
  ...(LARGE
    ? [
        [
          "more processes than memory is given for",
          "ocds-small-releases",
          0,
          420_000,
          () => ({ code: "too-much" }),
        ] as const,
      ]
    : []),
] as const)("%s", (_, kind, small, large, expected) => {
  it(
    "gives a right result or a typed error in less than 300 MB",
    async () => {
      expect(await measure(kind, small, large)).toMatchObject(expected(LARGE ? large : small));
    },
    patience,
  );
});

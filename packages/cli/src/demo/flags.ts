/** The demo's flags. */
import { parseArgs } from "node:util";
import { DemoError } from "./demo-error.ts";

export type Flags = {
  /** How many sign before the recount. */
  readonly signatories: number;
  /** An empty or missing folder that is kept, or null for a temporary one that is removed. */
  readonly data: string | null;
  /** The board's port; 0 for any free one. */
  readonly port: number;
  /** A `postgres://` address, or null for embedded SQLite. */
  readonly database: string | null;
  /** Stop when all is counted. */
  readonly exit: boolean;
  /** Seconds that a day takes once all are counted. */
  readonly tick: number;
  readonly help: boolean;
};

export const MAX_SIGNATORIES = 100_000;

export const USAGE = `Usage: npm run demo -- [flags]

A board, a registrar, a mail server and signatories, all on this machine.

  --signatories N   how many sign before the recount (1400)
  --data DIR        keep the data in this folder, which must be empty (a temporary one that is removed)
  --port P          the board's port on 127.0.0.1 (any free one)
  --database URL    postgres://… for board and registrar (embedded SQLite)
  --tick SECONDS    how long a day takes once all are counted (30)
  --exit            stop when all is counted; the last line of standard output is one JSON object
`;

/** Throws DemoError `usage`. */
export function parseFlags(args: readonly string[]): Flags {
  let values: { [name: string]: string | boolean | undefined };
  try {
    ({ values } = parseArgs({
      args: [...args],
      allowPositionals: false,
      options: {
        signatories: { type: "string" },
        data: { type: "string" },
        port: { type: "string" },
        database: { type: "string" },
        tick: { type: "string" },
        exit: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    }));
  } catch {
    throw new DemoError("usage", "A flag is not known or lacks its value.");
  }
  const text = (name: string): string | null => (typeof values[name] === "string" ? values[name] : null);
  const database = text("database");
  if (database !== null && !/^postgres(ql)?:\/\//.test(database)) {
    throw new DemoError(
      "usage",
      "Give --database an address that begins with postgres://, or leave it out for SQLite.",
    );
  }
  if (text("data") === "") throw new DemoError("usage", "Give --data a folder.");
  return {
    signatories: wholeNumber("signatories", text("signatories"), 1400, 1, MAX_SIGNATORIES),
    data: text("data"),
    port: wholeNumber("port", text("port"), 0, 0, 65_535),
    database,
    exit: values.exit === true,
    tick: wholeNumber("tick", text("tick"), 30, 1, 3600),
    help: values.help === true,
  };
}

function wholeNumber(name: string, text: string | null, otherwise: number, min: number, max: number): number {
  if (text === null) return otherwise;
  const value = Number(text);
  if (!/^\d{1,9}$/.test(text) || value < min || value > max) {
    throw new DemoError("usage", `Give --${name} a whole number from ${min} to ${max}.`);
  }
  return value;
}

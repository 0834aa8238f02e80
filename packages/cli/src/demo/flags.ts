/** The demo's flags. */
import { parseArgs } from "node:util";
import { MAX_REGISTRARS } from "@undersigned/core";
import { DemoError } from "./demo-error.ts";
import { type Quorum, requireBearable, smallestMajority } from "./quorum.ts";

/** How far the demo plays: until all have signed, until the letter was handed over and answered, or until others follow it. */
export const THROUGH = ["signed", "answered", "followed"] as const;
export type Through = (typeof THROUGH)[number];

/** Whether the demo's own letter closes and is answered. */
export function isAnswered({ through }: Pick<Flags, "through">): boolean {
  return through !== "signed";
}

export type Flags = Quorum & {
  /** How many sign before the recount. */
  readonly signatories: number;
  readonly through: Through;
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

A board, registrars, a mail server and signatories, all on this machine.

  --signatories N   how many sign before the recount (1400)
  --through STAGE   signed; answered: the letter closes, is handed over, answered and judged; or followed: a second board
                    recounts it and a mirror is made besides; the latter two with --exit (signed)
  --registrars N    how many registrars there are, each a process of its own, ${MAX_REGISTRARS} at most (1)
  --quorum K        how many of them a signature needs (more than half)
  --down D          so many of them are down all the time (0)
  --lying L         so many of them are dishonest (0)
  --data DIR        keep the data in this folder, which must be empty (a temporary one that is removed)
  --port P          the board's port on 127.0.0.1 (any free one)
  --database URL    postgres://… for board and registrars (embedded SQLite)
  --tick SECONDS    how long a day takes once all are counted (30)
  --exit            stop when all is counted; the last line of standard output is one JSON object
`;

/** Throws DemoError `usage`, also for more registrars that are down or dishonest than the quorum bears. */
export function parseFlags(args: readonly string[]): Flags {
  let values: { [name: string]: string | boolean | undefined };
  try {
    ({ values } = parseArgs({
      args: [...args],
      allowPositionals: false,
      options: {
        signatories: { type: "string" },
        through: { type: "string" },
        registrars: { type: "string" },
        quorum: { type: "string" },
        down: { type: "string" },
        lying: { type: "string" },
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
  const number = (name: string, otherwise: number, min: number, max: number): number =>
    wholeNumber(name, text(name), otherwise, min, max);
  const database = text("database");
  if (database !== null && !/^postgres(ql)?:\/\//.test(database)) {
    throw new DemoError(
      "usage",
      "Give --database an address that begins with postgres://, or leave it out for SQLite.",
    );
  }
  if (text("data") === "") throw new DemoError("usage", "Give --data a folder.");
  const registrars = number("registrars", 1, 1, MAX_REGISTRARS);
  const flags = {
    signatories: number("signatories", 1400, 1, MAX_SIGNATORIES),
    through: stage(text("through"), values.exit === true),
    registrars,
    quorum: number("quorum", smallestMajority(registrars), 1, MAX_REGISTRARS),
    down: number("down", 0, 0, MAX_REGISTRARS),
    lying: number("lying", 0, 0, MAX_REGISTRARS),
    data: text("data"),
    port: number("port", 0, 0, 65_535),
    database,
    exit: values.exit === true,
    tick: number("tick", 30, 1, 3600),
    help: values.help === true,
  };
  if (!flags.help) requireBearable(flags);
  return flags;
}

function stage(text: string | null, exit: boolean): Through {
  const through = THROUGH.find((one) => one === (text ?? "signed"));
  if (through === undefined) throw new DemoError("usage", "Give --through signed, answered or followed.");
  if (exit || through === "signed") return through;
  throw new DemoError(
    "usage",
    `Give --through ${through} with --exit. A demo that stays up has an open letter, one that was answered beside it, and a second board that follows them.`,
  );
}

function wholeNumber(name: string, text: string | null, otherwise: number, min: number, max: number): number {
  if (text === null) return otherwise;
  const value = Number(text);
  if (!/^\d{1,9}$/.test(text) || value < min || value > max) {
    throw new DemoError("usage", `Give --${name} a whole number from ${min} to ${max}.`);
  }
  return value;
}

/** What is to be measured, and how much of it. */
import { parseArgs } from "node:util";

export const PARTS = [
  "primitives",
  "enrolment",
  "mail",
  "recount",
  "acceptance",
  "document",
  "browser",
] as const;
export type Part = (typeof PARTS)[number];

export interface Options {
  readonly parts: readonly Part[];
  readonly quick: boolean;
  /** Where the JSON goes; bench/results/ if left out. */
  readonly json: string | null;
  /** Writes a CPU profile of each measured server process there. */
  readonly profiles: string | null;
}

export const USAGE = `npm run bench -- [--quick] [--only=${PARTS.join(",")}] [--json=FILE] [--profile=FOLDER]`;

/** Throws an Error whose message is for the person at the terminal. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: "boolean" },
      only: { type: "string" },
      json: { type: "string" },
      profile: { type: "string" },
    },
  });
  const parts = values.only?.split(",") ?? [...PARTS];
  const unknown = parts.find((part) => !(PARTS as readonly string[]).includes(part));
  if (unknown !== undefined) throw new Error(`There is no part ${unknown}.`);
  return {
    parts: parts as Part[],
    quick: values.quick ?? false,
    json: values.json ?? null,
    profiles: values.profile ?? null,
  };
}

/** How much is measured. */
export interface Scale {
  readonly primitiveSeconds: number;
  readonly enrolment: { readonly runs: number; readonly seconds: number };
  readonly mail: { readonly runs: number; readonly seconds: number };
  readonly recount: {
    readonly sizes: readonly number[];
    readonly runs: number;
    readonly limitSeconds: number;
  };
  readonly acceptance: {
    readonly target: number;
    readonly available: number;
    readonly filling: number;
    readonly batch: number;
    readonly runs: number;
    readonly seconds: number;
    readonly latencySeconds: number;
  };
  readonly document: { readonly names: number };
  readonly browser: { readonly endorsements: number; readonly runs: number };
}

export const FULL: Scale = {
  primitiveSeconds: 2,
  enrolment: { runs: 3, seconds: 5 },
  mail: { runs: 5, seconds: 2 },
  recount: { sizes: [1_400, 20_000, 200_000], runs: 3, limitSeconds: 1 },
  acceptance: {
    target: 200_000,
    available: 230_000,
    filling: 5_000,
    batch: 1_000,
    runs: 3,
    seconds: 5,
    latencySeconds: 20,
  },
  document: { names: 6_000 },
  browser: { endorsements: 1_400, runs: 5 },
};

/** Whether it runs at all; its figures say nothing. */
export const QUICK: Scale = {
  primitiveSeconds: 0.1,
  enrolment: { runs: 1, seconds: 0.2 },
  mail: { runs: 1, seconds: 0.1 },
  recount: { sizes: [60, 600, 1_200], runs: 1, limitSeconds: 0.1 },
  acceptance: {
    target: 500,
    available: 3_000,
    filling: 200,
    batch: 50,
    runs: 1,
    seconds: 0.1,
    latencySeconds: 0.3,
  },
  document: { names: 100 },
  browser: { endorsements: 60, runs: 1 },
};

/** The interoperability files, counted by the page's own way of asking: its messages, without a thread. */
import { readFileSync } from "node:fs";
import { inlineChecker, type Report } from "@undersigned/verify";
import { answerCounter } from "../../src/islands/recount/answer-counter.ts";
import type { FromCounter, ToCounter } from "../../src/islands/recount/messages.ts";

const INTEROP = new URL("../../../../interop/", import.meta.url);

export interface Case {
  readonly file: string;
  readonly workforce: string;
  readonly known: string | null;
  readonly expect: readonly string[];
  readonly letters?: readonly { readonly letter: string; readonly counted: number }[];
}

export const CASES: readonly Case[] = JSON.parse(readFileSync(new URL("cases.json", INTEROP), "utf8"));

export function caseOf(file: string): Case {
  const found = CASES.find((one) => one.file === file);
  if (found === undefined) throw new Error(`There is no case ${file}.`);
  return found;
}

export function interopFile(name: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(new URL(name, INTEROP)));
}

/** Everything that is said, in order. */
export async function ask(message: ToCounter): Promise<FromCounter[]> {
  const said: FromCounter[] = [];
  await answerCounter(message, (answer) => said.push(answer), inlineChecker);
  return said;
}

export interface Counted {
  readonly report: Report;
  readonly note: Uint8Array | null;
}

/** A bundle of the interoperability files, counted with what its case says. */
export async function count({ file, workforce, known }: Case): Promise<Counted> {
  const said = await ask({
    do: "count",
    from: { kind: "bundle", file: new Blob([interopFile(file)]) },
    workforce,
    letter: null,
    known: known === null ? null : interopFile(known),
  });
  const last = said.at(-1);
  if (last?.said !== "report") throw new Error(`No report, but: ${JSON.stringify(last)}`);
  return last;
}

/**
 * Runs a command in this process: for what it answers and leaves behind. How a process of it starts, ends, and reads other
 * descriptors is for run-command.ts. One at a time: what the process writes meanwhile is taken for the command's.
 */
import { runArguments } from "../src/run-arguments.ts";
import type { Finished } from "./run-command.ts";

export async function runHere(args: readonly string[]): Promise<Finished> {
  const said = { stdout: "", stderr: "" };
  const before = { stdout: process.stdout.write, stderr: process.stderr.write, exitCode: process.exitCode };
  process.exitCode = undefined;
  for (const stream of ["stdout", "stderr"] as const) {
    process[stream].write = ((text: string | Uint8Array) => {
      said[stream] += Buffer.from(text as string).toString();
      return true;
    }) as typeof process.stdout.write;
  }
  try {
    const code = await runArguments(args);
    return { code, signal: null, ...said };
  } finally {
    for (const stream of ["stdout", "stderr"] as const) process[stream].write = before[stream];
    process.exitCode = before.exitCode;
  }
}

/** As `runHere`, and throws what the command said unless it succeeded. */
export async function succeedHere(args: readonly string[]): Promise<Finished> {
  const result = await runHere(args);
  if (result.code !== 0) throw new Error(`${args[0]} ended with ${result.code}: ${result.stderr}`);
  return result;
}

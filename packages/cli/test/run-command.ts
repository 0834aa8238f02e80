/** Starts the command as a user does: bin/undersigned.js in a process of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { quickRsa } from "../../../test/kit/quick-rsa-keys.ts";

const BIN = fileURLToPath(new URL("../bin/undersigned.js", import.meta.url));

export interface Finished {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** What the descriptors 3, 4, … hold, in order. */
  readonly fds?: readonly string[];
  readonly stdin?: string;
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** A command under way, with what it has said so far. */
export interface Started {
  readonly child: ChildProcess;
  readonly finished: Promise<Finished>;
  said(stream: "stdout" | "stderr"): string;
  /** Writes to descriptor 3 + `index`, which `fds` left open by giving null. */
  write(index: number, text: string): void;
  /** Resolves with the first match in what was said, from `from` on. Rejects when the process ends first. */
  waitFor(stream: "stdout" | "stderr", pattern: RegExp): Promise<RegExpExecArray>;
}

/** `fds`: text that a descriptor holds, or null for one that stays open for `write`. */
export function startCommand(
  args: readonly string[],
  options: Omit<RunOptions, "fds"> & { readonly fds?: readonly (string | null)[] } = {},
): Started {
  const { fds = [] } = options;
  const child = spawn(process.execPath, [BIN, ...args], {
    cwd: options.cwd,
    env: options.env ?? quickRsa(),
    stdio: ["pipe", "pipe", "pipe", ...fds.map(() => "pipe" as const)],
  });
  const said = { stdout: "", stderr: "" };
  const listeners = new Set<() => void>();
  for (const stream of ["stdout", "stderr"] as const) {
    (child[stream] as Readable).setEncoding("utf8").on("data", (text: string) => {
      said[stream] += text;
      for (const look of listeners) look();
    });
  }
  const pipes = child.stdio.slice(3) as (Writable | null)[];
  for (const pipe of [child.stdin, ...pipes]) pipe?.on("error", () => undefined);
  child.stdin!.end(options.stdin ?? "");
  fds.forEach((text, i) => {
    if (text !== null) pipes[i]!.end(text);
  });
  const finished = once(child, "close").then(([code, signal]) => ({ code, signal, ...said }) as Finished);
  return {
    child,
    finished,
    said: (stream) => said[stream],
    write: (index, text) => {
      pipes[index]!.write(text);
    },
    waitFor(stream, pattern) {
      return new Promise((resolve, reject) => {
        const look = () => {
          const match = pattern.exec(said[stream]);
          if (match === null) return;
          listeners.delete(look);
          resolve(match);
        };
        listeners.add(look);
        finished.then(({ stderr }) => reject(new Error(`The command ended without saying it. ${stderr}`)));
        look();
      });
    },
  };
}

export function runCommand(args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  return startCommand(args, options).finished;
}

/** As `runCommand`, and throws what the command said unless it succeeded. */
export async function succeed(args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  const result = await runCommand(args, options);
  if (result.code !== 0) throw new Error(`${args[0]} ended with ${result.code}: ${result.stderr}`);
  return result;
}

/** Starts hold-database.ts. */
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

export type Child = {
  /** The next word that the child prints. */
  word(): Promise<string>;
  /** Kills it as a power cut would: nothing is flushed or closed. */
  kill(): Promise<void>;
};

export function startChild(url: string, task: string): Child {
  const script = fileURLToPath(new URL("./hold-database.ts", import.meta.url));
  const child: ChildProcessWithoutNullStreams = spawn(process.execPath, [script, url, task]);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const errors: string[] = [];
  child.stderr.on("data", (chunk: Buffer) => errors.push(chunk.toString()));
  const exited = new Promise<void>((resolve) => child.on("close", () => resolve()));
  const kill = async () => {
    child.kill("SIGKILL");
    await exited;
  };
  onTestFinished(kill);
  return {
    async word() {
      const { value, done } = await lines.next();
      if (done === true) throw new Error(`The child said nothing more: ${errors.join("")}`);
      return value;
    },
    kill,
  };
}

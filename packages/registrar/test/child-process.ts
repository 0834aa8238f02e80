/** Starts `child/run-registrar.ts` and reads the one line that it prints. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const SCRIPT = fileURLToPath(new URL("./child/run-registrar.ts", import.meta.url));

export type Child = { process: ChildProcess; line: string; kill(): Promise<void> };

export async function runRegistrar(dataDir: string, smtpPort: number, databaseUrl?: string): Promise<Child> {
  const child = spawn(process.execPath, [SCRIPT, dataDir, String(smtpPort), databaseUrl ?? "-"], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const ended = once(child, "exit");
  const lines = createInterface({ input: child.stdout });
  const [line] = (await once(lines, "line")) as [string];
  return {
    process: child,
    line,
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

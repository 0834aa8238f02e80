import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { expect, it, onTestFinished } from "vitest";

const SCRIPT = fileURLToPath(new URL("./child/start-postgres.ts", import.meta.url));

it("a server for tests leaves a process to end by the signal that it gets, and ends with it", async () => {
  const folder = await mkdtemp(join(tmpdir(), "undersigned-signal-"));
  // As root, the server is another user.
  await chmod(folder, 0o711);
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  const child = spawn(process.execPath, [SCRIPT], {
    env: { ...process.env, TMPDIR: folder, TEST_DATABASE_URL: "" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const [url] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
  child.kill("SIGTERM");
  expect(await once(child, "exit")).toEqual([null, "SIGTERM"]);
  await expect.poll(() => refusal(url), { timeout: 30_000 }).toBe("ECONNREFUSED");
});

async function refusal(connectionString: string): Promise<unknown> {
  const client = new pg.Client({ connectionString });
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.end();
    return null;
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
}

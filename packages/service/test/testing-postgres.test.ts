import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { describe, expect, it, onTestFinished } from "vitest";

const SCRIPT = fileURLToPath(new URL("./child/start-postgres.ts", import.meta.url));

describe("a server for tests", () => {
  it("leaves a process to end by the signal that it gets, and ends with it", async () => {
    const { child, ended, url } = await start();
    child.kill("SIGTERM");
    expect(await ended).toEqual({ code: null, signal: "SIGTERM", err: "" });
    await expect.poll(() => refusal(url), { timeout: 30_000 }).toBe("ECONNREFUSED");
  });

  it.each(["stop", "exit"])("leaves nothing where the process has done its work: %s", async (how) => {
    const { ended, url } = await start(how);
    expect(await ended).toEqual({ code: 0, signal: null, err: "" });
    await expect.poll(() => refusal(url), { timeout: 30_000 }).toBe("ECONNREFUSED");
  });
});

async function start(...args: string[]) {
  const folder = await mkdtemp(join(tmpdir(), "undersigned-signal-"));
  // As root, the server is another user.
  await chmod(folder, 0o711);
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  const child = spawn(process.execPath, [SCRIPT, ...args], {
    env: { ...process.env, TMPDIR: folder, TEST_DATABASE_URL: "" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let err = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
  const ended = once(child, "exit").then(([code, signal]) => ({ code, signal, err }));
  const [url] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
  return { child, ended, url };
}

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

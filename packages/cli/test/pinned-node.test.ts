import { type ChildProcess, spawn } from "node:child_process";
import { realpathSync } from "node:fs";
import { copyFile, link, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Writable } from "node:stream";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const here = dirname(fileURLToPath(import.meta.url));
const module = pathToFileURL(join(here, "../bin/pinned-node.js")).href;
const fixture = pathToFileURL(join(here, "fixtures/echo.ts")).href;
const { findPinnedNode } = (await import(module)) as { findPinnedNode: () => string | null };
const pinned = findPinnedNode();

/** The same binary at another path, which stands for the Node that happens to be installed. */
let other = "";
let folder = "";
beforeAll(async () => {
  if (pinned === null) return;
  folder = await mkdtemp(join(tmpdir(), "undersigned-node-"));
  other = join(folder, "node");
  await link(pinned, other).catch(() => copyFile(pinned, other));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function run(node: string, args: readonly string[]): ChildProcess {
  const script = `import(${JSON.stringify(module)}).then((m) => m.runOnPinnedNode(new URL(${JSON.stringify(fixture)}), process.argv.slice(2)))`;
  // The stand-in for the program's own path keeps the arguments where they are in a real run.
  return spawn(node, ["-e", script, "--", "program", ...args], {
    stdio: ["ignore", "pipe", "inherit", "pipe"],
  });
}

async function result(
  child: ChildProcess,
): Promise<{ code: number | null; signal: string | null; out: string }> {
  let out = "";
  child.stdout?.on("data", (chunk) => (out += chunk));
  return new Promise((resolve) => child.on("close", (code, signal) => resolve({ code, signal, out })));
}

describe.skipIf(pinned === null)("the command on the Node that this repository pins", () => {
  it.each([["the pinned Node"], ["another Node"]])(
    "passes arguments and exit code on, started by %s",
    async (which) => {
      const { code, out } = await result(
        run(which === "another Node" ? other : (pinned as string), ["a b", "--c"]),
      );
      expect(code).toBe(5);
      expect(JSON.parse(out)).toEqual({
        node: realpathSync(pinned as string),
        args: ["a b", "--c"],
        secret: null,
      });
    },
  );

  it("passes on the descriptor that an argument names", async () => {
    const child = run(other, ["--secret-fd", "3"]);
    (child.stdio[3] as Writable).end("from a pipe");
    const { out } = await result(child);
    expect(JSON.parse(out).secret).toBe("from a pipe");
  });

  it("passes a signal on and ends as the program does", async () => {
    const child = run(other, ["--wait"]);
    const ended = result(child);
    await new Promise((resolve) => child.stdout?.once("data", resolve));
    child.kill("SIGTERM");
    expect((await ended).code).toBe(7);
  });

  it("ends by the same signal as the program", async () => {
    expect((await result(run(other, ["--die"]))).signal).toBe("SIGKILL");
  });
});

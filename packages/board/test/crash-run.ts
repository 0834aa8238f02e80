/** Runs crash-child.ts on a kit whose board is closed. */
import { spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { JsonValue } from "@undersigned/core";
import type { CrashPlan } from "./crash-child.ts";
import { type Kit, LOCK } from "./kit.ts";

const CHILD = fileURLToPath(new URL("./crash-child.ts", import.meta.url));

/** Runs a plan to its end. The lines that it wrote, and whether it was killed. */
export async function run(kit: Kit, plan: Partial<CrashPlan>): Promise<{ lines: string[]; killed: boolean }> {
  const path = join(kit.dataDir, "plan.json");
  const statements = Object.fromEntries(
    kit.registrars.map((registrar, i) => [
      kit.manifest.registrars[i]!.url,
      kit.statement(registrar, { epoch: 1, day: kit.clock.day() }) as unknown as JsonValue,
    ]),
  );
  const whole: CrashPlan = {
    dataDir: kit.dataDir,
    passphrase: LOCK.passphrase,
    workforce: kit.workforce,
    day: kit.clock.day(),
    act: "post",
    posts: [],
    statements,
    dieAt: 0,
    moment: "before",
    ...plan,
  };
  await writeFile(path, JSON.stringify(whole), { mode: 0o600 });
  const child = spawn(process.execPath, [CHILD, path], { stdio: ["ignore", "pipe", "inherit"] });
  let out = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve) => {
    child.on("close", (...ended) => resolve(ended));
  });
  if (signal !== "SIGKILL" && code !== 0) throw new Error(`the child ended with ${code}`);
  return { lines: out.split("\n").filter((line) => line !== ""), killed: signal === "SIGKILL" };
}

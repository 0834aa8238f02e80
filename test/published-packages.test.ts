/** What is published to npm is compiled, runs from any Node, and recounts as the sources do. */
import { spawnSync } from "node:child_process";
import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..");
const built = join(root, "dist/packages");

function run(...args: string[]) {
  return spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
}

describe("the published packages", () => {
  beforeAll(() => {
    const build = run("scripts/build-packages.ts");
    expect(build.stderr + build.stdout).toBe("");
  });

  it("hold JavaScript and declarations, and no TypeScript source", () => {
    const sources = globSync("**/*.ts", { cwd: built }).filter((file) => !file.endsWith(".d.ts"));
    expect(sources).toEqual([]);
  });

  it("name only files that are there", () => {
    for (const manifest of globSync("*/package.json", { cwd: built })) {
      const folder = join(built, manifest, "..");
      const {
        exports = {},
        imports = {},
        bin = {},
      } = JSON.parse(readFileSync(join(built, manifest), "utf8"));
      const named = JSON.stringify({ exports, imports, bin }).match(/\.\/[^"]+/g) ?? [];
      for (const path of named)
        if (path.includes("/", 2)) expect(existsSync(join(folder, path)), `${manifest} ${path}`).toBe(true);
    }
  });

  it("recount a bundle by worker threads as well as in place", () => {
    const { workforce } = JSON.parse(readFileSync(join(root, "interop/cases.json"), "utf8")).find(
      (one: { file: string }) => one.file.endsWith("valid.zip"),
    );
    const verify = run(
      join(built, "cli/bin/undersigned.js"),
      "verify",
      "interop/valid.zip",
      "--workforce",
      workforce,
    );
    expect(verify.stderr).toBe("");
    expect(verify.status).toBe(0);
  });
});

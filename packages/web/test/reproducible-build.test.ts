/** Whoever builds the same sources gets the same bytes: a build that stands in a log can be made again and compared. */
import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { BUILT_BEFORE } from "../../../test/kit/size.ts";

const root = join(import.meta.dirname, "../../..");
const made: string[] = [];

/** The sources in a folder of another name, with the same installed packages; built there with another clock and locale. */
function buildElsewhere(name: string, env: Record<string, string>): Map<string, string> {
  const folder = mkdtempSync(join(tmpdir(), name));
  made.push(folder);
  cpSync(join(root, "packages"), join(folder, "packages"), {
    recursive: true,
    filter: (path) => !/\/(?:dist|test|node_modules)(?:\/|$)/.test(path.slice(root.length)),
  });
  cpSync(join(root, "docs"), join(folder, "docs"), { recursive: true });
  cpSync(join(root, "tsconfig.json"), join(folder, "tsconfig.json"));
  linkPackages(folder);
  const build = spawnSync(process.execPath, ["packages/web/build.ts"], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, ...env },
  });
  expect(build.stderr).toBe("");
  expect(build.status).toBe(0);
  return filesOf(join(folder, "packages/web/dist"));
}

function filesOf(dist: string): Map<string, string> {
  const files = globSync("**/*", { cwd: dist, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(dist.length), readFileSync(path).toString("base64")] as const;
    }),
  );
}

function linkPackages(folder: string): void {
  const modules = join(folder, "node_modules");
  mkdirSync(modules);
  for (const name of readdirSync(join(root, "node_modules"))) {
    if (name === "@undersigned" || name === "undersigned" || name.startsWith(".")) continue;
    symlinkSync(join(root, "node_modules", name), join(modules, name));
  }
  mkdirSync(join(modules, "@undersigned"));
  for (const name of readdirSync(join(folder, "packages"))) {
    // What npm has put beside a package instead of above all.
    const own = join("packages", name, "node_modules");
    if (existsSync(join(root, own))) symlinkSync(join(root, own), join(folder, own));
    if (name !== "cli") symlinkSync(join(folder, "packages", name), join(modules, "@undersigned", name));
  }
}

afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

describe("the build of pages and islands", () => {
  it("has the same bytes in another folder, time zone and language, and names neither folder nor machine", () => {
    const one = BUILT_BEFORE
      ? filesOf(join(root, "packages/web/dist"))
      : buildElsewhere("undersigned-build-a-", { TZ: "UTC", LANG: "C", USER: "first-user" });
    const other = buildElsewhere("another-place-", {
      TZ: "Asia/Kathmandu",
      LANG: "de_DE.UTF-8",
      USER: "second-user",
    });
    expect([...one.keys()]).toContain("/client-build.json");
    expect(one.size).toBeGreaterThan(4);
    expect([...other.keys()].sort()).toEqual([...one.keys()].sort());
    for (const [path, bytes] of one) expect(other.get(path) === bytes, `${path} differs`).toBe(true);
    const all = [...one.values()].map((bytes) => Buffer.from(bytes, "base64").toString("latin1")).join("\n");
    for (const trace of [tmpdir(), root, "first-user"]) expect(all.includes(trace), trace).toBe(false);
  });
});

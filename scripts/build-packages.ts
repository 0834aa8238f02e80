/**
 * Makes what is published to npm, under dist/packages: JavaScript and declarations in place of the sources, because Node
 * runs no TypeScript below node_modules. Each folder there can be given to `npm publish`.
 *
 * dist/node_modules links the packages to each other, so that what was built can be tried as it is.
 */
import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";

const root = join(import.meta.dirname, "..");
const out = join(root, "dist");

/** Entry points that only tests in this repository use. */
const NOT_PUBLISHED = new Set(["./testing"]);

type Json = { [key: string]: unknown };

function compile(): void {
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const run = spawnSync(process.execPath, [tsc, "-p", join(root, "tsconfig.build.json")], {
    stdio: "inherit",
  });
  if (run.status !== 0) throw new Error("The packages do not compile.");
}

/** Imports are rewritten by the compiler; addresses of worker files and of the command's main file are not. */
function pointAtJavaScript(file: string): void {
  const source = readFileSync(file, "utf8");
  const pointed = source.replace(
    /new URL\("(\.{1,2}\/[^"]+)\.ts", import\.meta\.url\)/g,
    'new URL("$1.js", import.meta.url)',
  );
  if (pointed !== source) writeFileSync(file, pointed);
}

function toJavaScript(value: unknown): unknown {
  if (typeof value === "string") return value.startsWith("./src/") ? value.replace(/\.ts$/, ".js") : value;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !NOT_PUBLISHED.has(name))
      .map(([name, inner]) => [name, toJavaScript(inner)]),
  );
}

function finishPackage(name: string): void {
  const from = join(root, "packages", name);
  const to = join(out, "packages", name);
  const manifest = JSON.parse(readFileSync(join(from, "package.json"), "utf8")) as Json;
  delete manifest.devDependencies;
  for (const field of ["exports", "imports"])
    if (manifest[field] !== undefined) manifest[field] = toJavaScript(manifest[field]);
  if (name === "cli") {
    const own = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Json;
    manifest.optionalDependencies = own.optionalDependencies;
  }
  // Package web is built by Vite (packages/web/build.ts), into a folder of its own.
  const folders = ["bin", "dist", "schemas"].filter((folder) => existsSync(join(from, folder)));
  manifest.files = ["src", ...folders];
  writeFileSync(join(to, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  for (const folder of folders) cpSync(join(from, folder), join(to, folder), { recursive: true });
  cpSync(join(root, "LICENSE"), join(to, "LICENSE"));
  for (const file of globSync("**/*.js", { cwd: to })) pointAtJavaScript(join(to, file));
  const link = join(out, "node_modules", String(manifest.name));
  mkdirSync(dirname(link), { recursive: true });
  symlinkSync(to, link);
}

rmSync(out, { recursive: true, force: true });
compile();
for (const name of readdirSync(join(out, "packages"))) finishPackage(name);

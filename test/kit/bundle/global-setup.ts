/**
 * Tests start hundreds of processes and threads, and loading the sources, some thousand files with the packages', was most of
 * what many of them did. So they are bundled, anew for each run of the tests, and whatever is started from one of the
 * sources in entries.ts runs its bundle instead: a hook that every process loads by NODE_OPTIONS says where that is.
 * Without the hook the same source runs, as it stands.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Plugin, rolldown } from "rolldown";
import type { TestProject } from "vitest/node";
import { ENTRIES } from "./entries.ts";

const ROOT = join(import.meta.dirname, "../../..");
const CACHE = join(ROOT, "node_modules/.cache/undersigned-tests");

const HOOK = "hook.mjs";
/** Holds the process of the run whose folder it is. */
const OWNER = "owner";

/** They start threads of their own, load binaries, or read files beside them. */
const AS_THEY_ARE = [/^piscina$/, /^@fastify\/swagger$/, /typst/, /^@fontsource/, /^@napi-rs\/canvas$/];

export async function setup({ vitest }: TestProject): Promise<(() => void) | undefined> {
  // Each project asks for it. While somebody edits, bundles would be out of date.
  if (vitest.config.watch || process.env.NODE_OPTIONS?.includes(CACHE)) return undefined;
  const folder = takeFolder();
  await bundleInto(folder);
  const before = process.env.NODE_OPTIONS;
  const hook = `--import=${pathToFileURL(join(folder, HOOK))}`;
  process.env.NODE_OPTIONS = before === undefined ? hook : `${before} ${hook}`;
  return () => rmSync(join(folder, OWNER));
}

/** The first that no other run uses. Names stay the same, so that what Node has compiled for one run can serve the next. */
function takeFolder(): string {
  for (let number = 1; ; number++) {
    const folder = join(CACHE, String(number));
    mkdirSync(folder, { recursive: true });
    const owner = join(folder, OWNER);
    if (existsSync(owner) && !isAlive(Number(readFileSync(owner, "utf8")))) rmSync(owner, { force: true });
    try {
      writeFileSync(owner, String(process.pid), { flag: "wx" });
      return folder;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

async function bundleInto(folder: string): Promise<void> {
  const names = new Map(ENTRIES.map((entry) => [entry, entry.replaceAll("/", "_").replace(/\.ts$/, "")]));
  const input = Object.fromEntries([...names].map(([entry, name]) => [name, join(ROOT, entry)]));
  const made = await rolldown({
    input,
    platform: "node",
    external: AS_THEY_ARE,
    plugins: [whereItWas],
    logLevel: "silent",
  });
  await made.write({
    dir: folder,
    format: "esm",
    entryFileNames: "[name].mjs",
    chunkFileNames: "[name].mjs",
  });
  await made.close();
  const url = (path: string) => pathToFileURL(path).href;
  const started = [...names].map(([entry, name]) => [
    url(join(ROOT, entry)),
    url(join(folder, `${name}.mjs`)),
  ]);
  writeFileSync(join(folder, HOOK), hookFor(started));
}

/** What a module asks of its own address it is told of its source's: files, workers and processes are found beside that. */
const whereItWas: Plugin = {
  name: "where-it-was",
  transform: (code, id) =>
    code.includes("import.meta.")
      ? code
          .replaceAll(/\bimport\.meta\.url\b/g, JSON.stringify(pathToFileURL(id).href))
          .replaceAll(/\bimport\.meta\.dirname\b/g, JSON.stringify(join(id, "..")))
      : null,
};

function hookFor(started: readonly (readonly string[])[]): string {
  return `import { registerHooks } from "node:module";
const started = new Map(${JSON.stringify(started)});
registerHooks({
  resolve(specifier, context, next) {
    const found = next(specifier, context);
    const bundle = started.get(found.url);
    return bundle === undefined ? found : { url: bundle, format: "module", shortCircuit: true };
  },
});
`;
}

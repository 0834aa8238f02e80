/**
 * Makes interop/ again from interop/keys.json, byte for byte, and the worked example of docs/PROTOCOL.md. Run it after any
 * change of the protocol: `node scripts/make-interop.ts`. With `--check` nothing is written; it exits with 1 where a file
 * differs from what would be.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { makeAll, worldOf } from "./interop-set/make-all.ts";
import { readTestKeys } from "./interop-set/test-keys.ts";
import { HEADING, workedExample } from "./interop-set/worked-example.ts";

const root = join(import.meta.dirname, "..");
const interop = join(root, "interop");
const protocol = join(root, "docs", "PROTOCOL.md");
/** Folders and files below interop/ that are made; all else there was written by hand. */
const MADE = ["valid", "broken", "valid.zip", "small.zip", "cases.json", "invitation.json"];

function filesBelow(folder: string, prefix = ""): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((item) =>
    item.isDirectory()
      ? filesBelow(join(folder, item.name), `${prefix}${item.name}/`)
      : [`${prefix}${item.name}`],
  );
}

function readOrNull(path: string): Buffer | null {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true ? readFileSync(path) : null;
}

/** The document with the section in place of the one that it has, or at its end. */
function withSection(document: string, section: string): string {
  const start = document.indexOf(`${HEADING}\n`);
  if (start < 0) return `${document.trimEnd()}\n\n${section}`;
  const next = document.indexOf("\n## ", start + HEADING.length);
  return document.slice(0, start) + section + (next < 0 ? "" : document.slice(next));
}

const world = worldOf(readTestKeys(new URL("../interop/keys.json", import.meta.url)));
const made = await makeAll(world);
const documentNow = readFileSync(protocol, "utf8");
const document = withSection(documentNow, await workedExample(world.valid));

if (process.argv.includes("--check")) {
  const wrong = [...made].filter(([path, bytes]) => readOrNull(join(interop, path))?.equals(bytes) !== true);
  const surplus = filesBelow(interop).filter((path) => MADE.includes(path.split("/")[0]!) && !made.has(path));
  const names = [...wrong.map(([path]) => `interop/${path}`), ...surplus.map((path) => `interop/${path}`)];
  if (document !== documentNow) names.push("docs/PROTOCOL.md");
  for (const name of names) console.error(`${name} is not what scripts/make-interop.ts makes.`);
  process.exitCode = names.length === 0 ? 0 : 1;
} else {
  for (const name of MADE) rmSync(join(interop, name), { recursive: true, force: true });
  let total = 0;
  for (const [path, bytes] of made) {
    mkdirSync(dirname(join(interop, path)), { recursive: true });
    writeFileSync(join(interop, path), bytes);
    total += bytes.length;
  }
  writeFileSync(protocol, document);
  console.log(`${made.size} files, ${total} bytes.`);
}

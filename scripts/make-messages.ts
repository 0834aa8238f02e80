/**
 * Checks the catalogues of package messages and writes what TypeScript knows of them: `src/areas.ts`, a type for each message's
 * values. The translations of the threat model are checked too. `--check` writes nothing and fails where it is not as it would be written. A missing message fails both; types are
 * written as soon as the English catalogues are right.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Catalogues, checkArea, namesOf, type Takes } from "../packages/messages/src/check.ts";
import { LANGUAGES } from "../packages/messages/src/languages.ts";
import { listAreas } from "../packages/messages/src/node.ts";
import { readIfThere } from "../packages/messages/src/whole.ts";
import { checkTranslations } from "../packages/web/src/server/learns/check-translations.ts";

const FILE = join(import.meta.dirname, "../packages/messages/src/areas.ts");
const TYPES: Readonly<Record<Takes, string>> = {
  number: "number",
  select: "string",
  tag: "Tag",
  value: "Value",
};

/** Of biome.json. */
const LINE_WIDTH = 110;

const english: string[] = [];
const others: string[] = [];
const lines: string[] = [];
for (const area of listAreas()) {
  const read = LANGUAGES.map((language) => [language, readIfThere(area, language)]);
  const catalogues = Object.fromEntries(read) as Catalogues;
  english.push(...checkArea(area, catalogues, ["en"]));
  others.push(...checkArea(area, catalogues, LANGUAGES.slice(1)));
  if (english.length > 0) fail(english);
  for (const [key, message] of Object.entries(catalogues.en)) lines.push(declared(key, message));
}
const text = `/** Made by \`npm run messages\` from the English catalogues: what each message takes. */
import type { Tag, Value } from "./say.ts";

export interface Messages {
${lines.join("\n")}
}

export type None = Record<never, never>;
/** So that the types are used whatever the messages take. */
export type Taken = Tag | Value;
`;
if (!process.argv.includes("--check")) writeFileSync(FILE, text);
else if (readFileSync(FILE, "utf8") !== text)
  fail(["packages/messages/src/areas.ts is not of these catalogues: run `npm run messages`."]);
if (others.length > 0) fail(others);
checkTranslations();

function fail(problems: readonly string[]): never {
  console.error(problems.join("\n"));
  process.exit(1);
}

/** As the formatter leaves it, so that the file is the same before and after. */
function declared(key: string, message: string): string {
  const names = [...namesOf(message)].map(([name, takes]) => `readonly ${name}: ${TYPES[takes]}`);
  const line = `  readonly "${key}": ${names.length === 0 ? "None" : `{ ${names.join("; ")} }`};`;
  if (line.length <= LINE_WIDTH) return line;
  return [`  readonly "${key}": {`, ...names.map((name) => `    ${name};`), "  };"].join("\n");
}

/** Says messages where Node runs: reads the catalogues that lie beside the sources. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Language } from "./languages.ts";
import { type Catalogue, createSay, type Say } from "./say.ts";

const CATALOGUES = join(import.meta.dirname, "..", "catalogues");

export function listAreas(): string[] {
  return readdirSync(CATALOGUES, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

export function cataloguePath(area: string, language: Language): string {
  return join(CATALOGUES, area, `${language}.json`);
}

/** The text of a catalogue. Throws where it is not there or no JSON. */
export function readCatalogue(area: string, language: Language): Record<string, string> {
  return JSON.parse(readFileSync(cataloguePath(area, language), "utf8"));
}

const said = new Map<Language, Say>();

/** All areas in one. */
export function sayIn(language: Language): Say {
  const there = said.get(language);
  if (there !== undefined) return there;
  const all: Catalogue = Object.assign({}, ...listAreas().map((area) => readCatalogue(area, language)));
  const say = createSay(language, [all]);
  said.set(language, say);
  return say;
}

/** Whether the catalogues of all languages are whole: asked before anything is built of them. */
import { existsSync } from "node:fs";
import { type Catalogues, checkArea } from "./check.ts";
import { LANGUAGES, type Language } from "./languages.ts";
import { cataloguePath, listAreas, readCatalogue } from "./node.ts";

export type ReadCatalogue = (area: string, language: Language) => Record<string, string>;

/** Empty where there is no such file: then each of its messages is missing. */
export function readIfThere(area: string, language: Language): Record<string, string> {
  return existsSync(cataloguePath(area, language)) ? readCatalogue(area, language) : {};
}

/** Throws Error with a line for each message that is missing or wrong in a language. */
export function requireWhole(read: ReadCatalogue = readIfThere): void {
  const problems = listAreas().flatMap((area) => {
    const catalogues = Object.fromEntries(LANGUAGES.map((language) => [language, read(area, language)]));
    return checkArea(area, catalogues as Catalogues);
  });
  if (problems.length > 0) throw new Error(["The catalogues are not whole:", ...problems].join("\n"));
}

/** For builds and checks: every translation of the threat model is of the present English text, and whole. */
import { readFileSync } from "node:fs";
import { LANGUAGES } from "@undersigned/messages";
import { problemsOf } from "./translations.ts";

const DOCS = new URL("../../../../../docs/", import.meta.url);

/** Throws with a line for each thing that is wrong. */
export function checkTranslations(): void {
  const read = (name: string) => readFileSync(new URL(name, DOCS), "utf8");
  const english = read("THREAT_MODEL.md");
  const problems = LANGUAGES.filter((language) => language !== "en").flatMap((language) => {
    const name = `threat-model/${language}.md`;
    return problemsOf(english, read(name)).map((problem) => `docs/${name}: ${problem}`);
  });
  if (problems.length > 0) throw new Error(problems.join("\n"));
}

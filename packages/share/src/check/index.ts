/**
 * @undersigned/share/check: whether files keep to the formats that they claim, by the schemas of these (schemas/) and by programs that
 * are not ours (libxml2, Ajv). For tests and the demo; no server needs it. Node alone: it reads the schemas.
 */
import { atomRules } from "./atom.ts";
import { calendarProblems } from "./calendar.ts";
import { jsonProblems, xmlProblems } from "./schemas.ts";

export type CheckedFormat = "atom" | "json-feed" | "calendar" | "sitemap" | "oembed";

const CHECKS: Readonly<Record<CheckedFormat, (text: string) => string[]>> = {
  atom: (text) => xmlProblems("atom.rng", text, atomRules),
  "json-feed": (text) => jsonProblems("json-feed.json", text),
  calendar: calendarProblems,
  sitemap: (text) => xmlProblems("sitemap.rng", text, () => []),
  oembed: (text) => jsonProblems("oembed.json", text),
};

/** What is wrong with a file, in sentences for whoever works on it, which may quote it; empty where nothing is. */
export function formatProblems(format: CheckedFormat, text: string): string[] {
  return CHECKS[format](text);
}

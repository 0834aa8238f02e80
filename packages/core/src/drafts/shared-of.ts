/** Roles and places of a draft: what is wrong with them. What becomes of them is for `coarsen`. */
import { checkShownText } from "../formats/text.ts";
import type { Problems } from "./problems.ts";
import type { WorkforceValues } from "./workforce-fields.ts";

const WORDS = { roles: "role", places: "place" } as const;

/** `known`: those of the manifest in force. */
export function sharedOf(
  field: "roles" | "places",
  entries: WorkforceValues["roles"],
  known: readonly string[],
  problems: Problems,
): void {
  const what = WORDS[field];
  const names = entries.map(({ name }) => name.trim());
  for (const [i, { people, coarser }] of entries.entries()) {
    const name = problems.text(field, names[i]!, `A ${what}'s name`, 100);
    for (const text of [name, coarser.trim()]) {
      if (text !== "" && checkShownText(text, 100) !== null) {
        problems.stop(
          field,
          "characters",
          `A ${what} must be plain words with single spaces, 100 characters at most.`,
        );
      }
    }
    if (people === null && !known.includes(name)) {
      problems.stop(
        field,
        "no-number",
        `Say of each ${what} about how many people have it: few of them can be guessed.`,
      );
    }
  }
  if (new Set(names).size !== names.length) problems.stop(field, "repeated", `A ${what} stands there twice.`);
}

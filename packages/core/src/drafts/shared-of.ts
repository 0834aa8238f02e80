/** Roles and places of a draft: what is wrong with them. What becomes of them is for `coarsen`. */
import { checkShownText } from "../formats/text.ts";
import type { Problems } from "./problems.ts";
import type { WorkforceValues } from "./workforce-fields.ts";

const ONE_OF = { roles: "role", places: "place" } as const;

/** `known`: those of the manifest in force. */
export function sharedOf(
  field: "roles" | "places",
  entries: WorkforceValues["roles"],
  known: readonly string[],
  problems: Problems,
): void {
  const of = ONE_OF[field];
  const names = entries.map(({ name }) => name.trim());
  for (const [i, { people, coarser }] of entries.entries()) {
    const name = problems.text(field, names[i]!, `${of}-name`, 100);
    for (const text of [name, coarser.trim()]) {
      if (text !== "" && checkShownText(text, 100) !== null) {
        problems.stop(field, "shared-words", { of });
      }
    }
    if (people === null && !known.includes(name)) {
      problems.stop(field, "shared-by-how-many", { of });
    }
  }
  if (new Set(names).size !== names.length) problems.stop(field, "shared-repeated", { of });
}

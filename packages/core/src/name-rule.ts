/** Confirmed names (decision 15): which names a mailbox proves, and which ones a registrar may note. */

export { nameFits } from "./names/name-fits.ts";
export { checkNamePattern, type NameRule } from "./names/name-pattern.ts";
export { checkNotedName } from "./names/noted-name.ts";
export { suggestName } from "./names/suggest-name.ts";

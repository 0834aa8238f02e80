/** Parts of sentences. */
import type { Day } from "@undersigned/core";
import type { Say } from "../say.ts";
import type { Words } from "../words.ts";

/** `on 3 November 2026`, or `between 3 and 20 November 2026`: what both days share is said once. */
export function between(say: Say, from: Day, to: Day): Words {
  return from === to
    ? say.rich("words.on-day", { day: say.day(from) })
    : say.rich("words.between-days", say.dayRange(from, to));
}

export function domainWords(say: Say, domains: readonly string[]): Words {
  return say.list(domains);
}

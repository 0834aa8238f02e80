/**
 * What a quorum of registrars is worth, in words: for pages, for the commands of the key ceremony, for whoever is asked
 * to sign a manifest. One place, so that nobody is told something else than the rest.
 */
import type { WorkforceManifest } from "@undersigned/core";
import type { Say } from "../say.ts";

/**
 * Three sentences for the three bounds: inventing a signatory, letting one person sign twice, being down. Each says
 * how many registrars it takes at most *not* to do it; where that is none, it says what a single one can do.
 */
export function boundsWords(say: Say, { forge, double, outage }: WorkforceManifest["bounds"]): string[] {
  return [
    say("words.bounds.forge", { count: forge }),
    say("words.bounds.double", { count: double }),
    say("words.bounds.outage", { count: outage }),
  ];
}

/**
 * What a quorum of registrars is worth, in words: for pages, for the commands of the key ceremony, for whoever is asked
 * to sign a manifest. One place, so that nobody is told something else than the rest.
 */
import type { WorkforceManifest } from "./formats/workforce-manifest.ts";

const WORDS = [
  "no",
  "one",
  "two",
  "three",
  "four",
  "five",
  "six",
  "seven",
  "eight",
  "nine",
  "ten",
  "eleven",
  "twelve",
  "thirteen",
  "fourteen",
  "fifteen",
];

/**
 * Three sentences for the three bounds: inventing a signatory, letting one person sign twice, being down. Each says
 * how many registrars it takes at most *not* to do it; where that is none, it says what a single one can do.
 */
export function boundsWords({ forge, double, outage }: WorkforceManifest["bounds"]): string[] {
  return [
    forge === 0
      ? "A dishonest registrar could invent signatories."
      : `${dishonest(forge)} could not invent a signatory who never enrolled.`,
    double === 0
      ? "A dishonest registrar could help someone who enrolled to sign twice."
      : `${dishonest(double)} could not let one person sign twice.`,
    outage === 0
      ? "While a registrar is down, nobody can enrol."
      : `People can still enrol while ${inWords(outage)} ${outage === 1 ? "registrar is" : "registrars are"} down.`,
  ];
}

function dishonest(count: number): string {
  const words = inWords(count);
  const start = words.charAt(0).toUpperCase() + words.slice(1);
  return count === 1 ? `${start} dishonest registrar` : `${start} dishonest registrars together`;
}

function inWords(count: number): string {
  return WORDS[count] ?? String(count);
}

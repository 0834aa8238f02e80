/** How many registrars there are, how many a signature needs, and how many of them the demo lets fail or lie. */
import { MAX_REGISTRARS, quorumBounds } from "@undersigned/core";
import { DemoError } from "./demo-error.ts";

export type Quorum = {
  readonly registrars: number;
  readonly quorum: number;
  readonly down: number;
  readonly lying: number;
};

export function smallestMajority(registrars: number): number {
  return Math.floor(registrars / 2) + 1;
}

/**
 * Throws DemoError `usage` unless the quorum is more than half, and as many as are down or dishonest can be borne: all
 * of them together may keep people from enrolling (outage), and the dishonest ones must not be able to invent
 * signatories (forge) or let one person sign twice (double).
 */
export function requireBearable(of: Quorum): void {
  const { registrars, quorum, down, lying } = of;
  if (quorum > registrars) {
    throw new DemoError(
      "usage",
      `There are ${registrars} registrars, so give --quorum a number from ${smallestMajority(registrars)} to ${registrars}.`,
    );
  }
  if (quorum * 2 <= registrars) {
    throw new DemoError(
      "usage",
      `Give --quorum a number from ${smallestMajority(registrars)} to ${registrars}: with half of ${registrars} or fewer, two groups of registrars could each let the same person sign.`,
    );
  }
  const { outage, double } = quorumBounds(registrars, quorum);
  if (down + lying > outage) {
    throw new DemoError(
      "usage",
      `A signature needs ${quorum} of ${registrars} registrars, so ${outage === 0 ? "none" : outage} may be down or dishonest, and you ask for ${down + lying}. ${advice(of)}`,
    );
  }
  // Forging needs k dishonest ones, doubling 2k-n: never more.
  if (lying > double) {
    throw new DemoError(
      "usage",
      `With ${quorum} of ${registrars} registrars, ${double + 1} dishonest ${double === 0 ? "one" : "ones"} could let a person sign twice, and you ask for ${lying}. ${advice(of)}`,
    );
  }
}

/** The fewest registrars that bear so many failures and lies. */
function advice({ down, lying }: Quorum): string {
  for (let n = 1; n <= MAX_REGISTRARS; n++) {
    for (let k = smallestMajority(n); k <= n; k++) {
      const { outage, double } = quorumBounds(n, k);
      if (down + lying <= outage && lying <= double) return `Take --registrars ${n} --quorum ${k}.`;
    }
  }
  return `No quorum of ${MAX_REGISTRARS} registrars bears that many: ask for fewer.`;
}

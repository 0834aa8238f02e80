/** The demo's registrars in a few words. */
import type { Quorum } from "./quorum.ts";

/** Such as "4 registrars (a signature needs 3 of them; 1 is going to be down)". */
export function inWords({ registrars, quorum, down, lying }: Quorum): string {
  if (registrars === 1) return lying === 0 ? "a registrar" : "a dishonest registrar";
  const facts = [`a signature needs ${quorum} of them`];
  if (down > 0) facts.push(`${down} ${down === 1 ? "is" : "are"} going to be down`);
  if (lying > 0) facts.push(`${lying} ${lying === 1 ? "is" : "are"} going to be dishonest`);
  return `${registrars} registrars (${facts.join("; ")})`;
}

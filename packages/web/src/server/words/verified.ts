/** How signatories were verified, by whom, and what that does not prove. */
import type { Day, WorkforceManifest } from "@undersigned/core";
import { between } from "./days.ts";
import { number } from "./numbers.ts";
import { enumerate, foreign, type Words } from "./words.ts";

type Registrars = readonly { readonly name: string; readonly operator: string }[];

/** What each kind of evidence asks of a person. */
export function evidenceWords(evidence: WorkforceManifest["evidence"], domains: readonly string[]): Words[] {
  return evidence.map(({ class: cls }) => {
    if (cls === "vouched")
      return ["A colleague's word. Those signatories are counted apart from the number."];
    return [
      "A code of eight digits, sent to a work mailbox at ",
      ...domainWords(domains),
      " and typed in by the person.",
    ];
  });
}

export function domainWords(domains: readonly string[]): Words {
  return enumerate(domains.map((domain) => [domain]));
}

/** `Sample registrar, run by Example Association`. */
export function registrarWords({ name, operator }: Registrars[number]): Words {
  return [foreign(name), ", run by ", foreign(operator)];
}

export function quorumWords(registrars: number, quorum: number): string {
  if (registrars === 1) return "One registrar checked everyone:";
  if (registrars === quorum) return `All ${number(registrars)} registrars checked everyone:`;
  return `${number(quorum)} of these ${number(registrars)} registrars checked each signatory:`;
}

/** The plain limit of what is proved. */
export function provedWords(domains: readonly string[], from: Day, to: Day | null): Words {
  const at = domainWords(domains);
  if (to === null) {
    return [
      "What a signatory proves is a work mailbox at ",
      ...at,
      ", held on a day before the signature is counted.",
    ];
  }
  return [
    "Each signatory held a work mailbox at ",
    ...at,
    " ",
    ...between(from < to ? from : to, to),
    ". No more than that is proved.",
  ];
}

export function notProvedWords(quorum: number): string[] {
  return [
    "That each mailbox belongs to a different person: the company can make mailboxes.",
    "That a signatory still works there, or worked there on any other day.",
    quorum === 1
      ? "Anything, if the registrar is dishonest."
      : `Anything, if ${number(quorum)} of the registrars are dishonest together.`,
  ];
}

/** How signatories were verified, by whom, and what that does not prove. */
import type { Day } from "../day.ts";
import type { WorkforceManifest } from "../formats/workforce-manifest.ts";
import { between } from "./days.ts";
import { counted, number } from "./numbers.ts";
import { enumerate, foreign, type Words } from "./words.ts";

type Registrars = readonly { readonly name: string; readonly operator: string }[];

type EvidenceRules = Pick<WorkforceManifest, "evidence" | "existingMail" | "vouching">;

/** What each kind of evidence that proves a mailbox asks of a person. */
export function evidenceWords(
  { evidence, existingMail }: EvidenceRules,
  domains: readonly string[],
): Words[] {
  return evidence.flatMap(({ kind }): Words[] => {
    if (kind === "mailbox-code") return [codeWords(domains)];
    return kind === "existing-mail" && existingMail !== null ? [mailWords(existingMail, domains)] : [];
  });
}

function codeWords(domains: readonly string[]): Words {
  return [
    "A code of eight digits, sent to a work mailbox at ",
    ...domainWords(domains),
    " and typed in by the person.",
  ];
}

function mailWords(
  { senders, notBefore, notAfter }: NonNullable<WorkforceManifest["existingMail"]>,
  domains: readonly string[],
): Words {
  return [
    "A mail that the person already had, sent to a work mailbox at ",
    ...domainWords(domains),
    " ",
    ...between(notBefore, notAfter),
    " by ",
    ...enumerate(
      senders.map(({ name }) => [foreign(name)]),
      "or",
    ),
    ". The sender's electronic signature (DKIM) shows that it is genuine. Registrars were shown the signed lines of its header, never its text.",
  ];
}

/** What is said of people without a proved mailbox. Empty where nobody can be vouched for. */
export function vouchedWords({ vouching }: EvidenceRules): string[] {
  if (vouching === null) return [];
  const invitations = counted(vouching.invitations, "invitation", "invitations");
  return [
    `Whoever proves a mailbox gets ${invitations} to give to colleagues, who can sign without proving one. Nothing that is kept says who invited whom.`,
    "Those signatories are counted apart and are never in the number: that a colleague vouches for them proves less, and people can invite themselves.",
  ];
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
export function provedWords(
  domains: readonly string[],
  from: Day,
  to: Day | null,
  vouching: WorkforceManifest["vouching"] = null,
): Words {
  const at = domainWords(domains);
  if (to === null) {
    return [
      "What a signatory proves is a work mailbox at ",
      ...at,
      ", held on a day before the signature is counted.",
    ];
  }
  return [
    vouching === null
      ? "Each signatory held a work mailbox at "
      : "Each signatory in the number held a work mailbox at ",
    ...at,
    " ",
    ...between(from < to ? from : to, to),
    ". No more than that is proved.",
  ];
}

export function notProvedWords(
  quorum: number,
  existingMail: WorkforceManifest["existingMail"] = null,
): string[] {
  return [
    "That each mailbox belongs to a different person: the company can make mailboxes.",
    "That a signatory still works there, or worked there on any other day.",
    ...(existingMail === null
      ? []
      : [
          "That a mail is what it says, if its sender, or whoever signs mails in the sender's name, helped to forge it.",
        ]),
    quorum === 1
      ? "Anything, if the registrar is dishonest."
      : `Anything, if ${number(quorum)} of the registrars are dishonest together.`,
  ];
}

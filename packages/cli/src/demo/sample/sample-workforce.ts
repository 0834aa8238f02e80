/** The sample workforce: the people of Example Corp, who do not exist, and the rules for their mailboxes. */
import { decodeBase64url, logOrigin, quorumBounds, type WorkforceManifest } from "@undersigned/core";

export const DOMAIN = "example.com";
/** Mail to these reaches the same mailboxes. */
export const ALIASES: readonly string[] = ["corp.example.com", "mail.example.com"];
const EMPLOYEES = 4800;

export const ROLES: readonly string[] = [
  "Accountant",
  "Cartographer",
  "Customer support",
  "Data scientist",
  "Designer",
  "Driver",
  "Editor",
  "Engineering manager",
  "Facilities",
  "Field surveyor",
  "Legal counsel",
  "People operations",
  "Product manager",
  "Researcher",
  "Sales",
  "Security engineer",
  "Site reliability engineer",
  "Software engineer",
  "Translator",
  "Warehouse worker",
];

export const PLACES: readonly string[] = [
  "Exampleton",
  "Harbour office",
  "Hill campus",
  "North depot",
  "Remote",
  "River works",
  "South depot",
];

/** Mailboxes that more than one person reads. */
const GROUPS: readonly string[] = ["all", "all-*", "info", "press", "support*", "team-*"];

/**
 * Mailboxes of employees who help a dishonest registrar: the workforce's last ones, which no signatory of the demo has.
 * `number` is from 0.
 */
export function accompliceMailbox(employees: number, number: number): string {
  return mailboxOf(employees - number);
}

/** The canonical mailbox of employee `number`, from 1. */
export function mailboxOf(number: number): string {
  return `p${String(number).padStart(4, "0")}@${DOMAIN}`;
}

/** How many people the company says it has: 4,800, or more where the demo is told to let more sign. */
export function headcount(signatories: number): number {
  return Math.max(EMPLOYEES, Math.ceil(signatories * 1.2));
}

export function sampleManifest(of: {
  readonly registrars: WorkforceManifest["registrars"];
  readonly quorum: number;
  readonly logKey: string;
  readonly board: { readonly key: string; readonly url: string };
  readonly opener: string;
  readonly employees: number;
  readonly day: string;
  /** How many invitations each mailbox may give; 0 if none are taken. */
  readonly invitations: number;
}): WorkforceManifest {
  const { invitations } = of;
  return {
    type: "workforce-manifest",
    v: 1,
    version: 1,
    workforce: null,
    previous: null,
    employer: "Example Corp",
    mailboxes: {
      domains: [{ domain: DOMAIN, aliases: [...ALIASES].sort() }],
      plus: true,
      dots: false,
      groups: [...GROUPS].sort(),
    },
    evidence: [
      { kind: "mailbox-code", class: "mailbox" },
      ...(invitations > 0 ? [{ kind: "vouch" as const, class: "vouched" as const }] : []),
    ],
    registrars: of.registrars.toSorted((a, b) => (a.identity < b.identity ? -1 : 1)),
    quorum: of.quorum,
    bounds: quorumBounds(of.registrars.length, of.quorum),
    log: { key: of.logKey, origin: logOrigin(decodeBase64url(of.logKey, 32)) },
    board: of.board,
    witnesses: [],
    witnessQuorum: 0,
    openers: [of.opener],
    headcount: { number: of.employees, source: "annual report, made up for this sample", day: of.day },
    roles: [...ROLES].sort(),
    places: [...PLACES].sort(),
    existingMail: null,
    vouching: invitations > 0 ? { invitations } : null,
    names: null,
    codeMail: {
      subject: "Your code",
      body: "Your code is {code}\n\nType it into the page or the command that asks for it. It is good for ten minutes.\nIf you did not ask for a code, there is nothing to do.\n",
    },
  };
}

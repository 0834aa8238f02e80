/** What a manifest says of evidence and names, in words, a line each. */
import type { WorkforceManifest } from "@undersigned/core";

type Sender = NonNullable<WorkforceManifest["existingMail"]>["senders"][number];
type KeyRecord = NonNullable<WorkforceManifest["existingMail"]>["records"][number];

const KINDS = {
  "existing-mail": "a mail that somebody already has",
  "mailbox-code": "a code that registrars mail",
  vouch: "a colleague's invitation (counted apart)",
} as const satisfies Record<WorkforceManifest["evidence"][number]["kind"], string>;

export function evidenceLines({ evidence, existingMail, vouching, names }: WorkforceManifest): string[] {
  return [
    `evidence: ${evidence.map(({ kind }) => KINDS[kind]).join("; ")}`,
    ...(existingMail === null ? [] : mailLines(existingMail)),
    ...(vouching === null ? [] : [`invitations: ${vouching.invitations} for each mailbox`]),
    `names: ${names === null ? "none are confirmed" : nameWords(names)}`,
  ];
}

function mailLines(rules: NonNullable<WorkforceManifest["existingMail"]>): string[] {
  const { senders, notBefore, notAfter, records } = rules;
  return [
    ...senders.map((sender) => `mails of: ${senderWords(sender)}`),
    `mails dated: ${notBefore} to ${notAfter}, and after every earlier epoch that took mails`,
    ...records.map((record) => `key where DNS is out of reach: ${recordWords(record)}`),
  ];
}

export function senderWords({ name, from, domain, subject }: Sender): string {
  return `${name}, from ${from}, signed by ${domain}${subject === null ? "" : `, with the subject ${subject}`}`;
}

/** The record's text is long and not for reading: whoever compares it has the file. */
export function recordWords({ name, first, last }: KeyRecord): string {
  return `${name}, for mails of ${first} to ${last}`;
}

export function nameWords({ pattern, order }: NonNullable<WorkforceManifest["names"]>): string {
  return `confirmed where the mailbox says them as ${pattern}, ${order === "given-family" ? "given name first" : "family name first"}`;
}

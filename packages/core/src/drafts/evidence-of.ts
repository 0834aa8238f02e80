/** Kinds of evidence of a draft, and what each needs (PROTOCOL §3.1; decisions 13 to 15). */
import { type EvidenceKind, MAX_INVITATIONS } from "../formats/common.ts";
import type { ExistingMailRules } from "../formats/evidence-rules.ts";
import type { WorkforceManifest } from "../formats/workforce-manifest.ts";
import { checkNamePattern } from "../name-rule.ts";
import { KNOWN_SENDERS } from "./known-senders.ts";
import type { Problems } from "./problems.ts";
import type { WorkforceValues } from "./workforce-fields.ts";

export function evidenceOf({ evidence }: WorkforceValues, problems: Problems): EvidenceKind[] {
  const kinds = [...new Set(evidence)];
  if (kinds.length === 0) {
    problems.stop("evidence", "missing", "Choose at least one way for people to show that they work there.");
  } else if (kinds.every((kind) => kind === "vouch")) {
    problems.stop(
      "evidence",
      "vouch-alone",
      "Invitations are given by people who have enrolled with a mailbox: choose a way for them too.",
    );
  }
  return kinds;
}

/** As in the manifest's rule: what mail programs make links of. */
const LINK = /:\/\/|\bwww\./i;

export function codeMailOf({ codeMail }: WorkforceValues, problems: Problems): WorkforceManifest["codeMail"] {
  const subject = problems.text("codeMail", codeMail.subject, "The subject of the mail with the code", 100);
  // As it is typed, with its last line feed: a new version is not to change it unasked.
  const { body } = codeMail;
  problems.text("codeMail", body, "The text of the mail with the code", 2000, { lines: true });
  if (body.split("{code}").length !== 2) {
    problems.stop("codeMail", "code", "The mail must have {code} in it once: there the code is put in.");
  }
  if (LINK.test(subject) || LINK.test(body)) {
    problems.stop("codeMail", "link", "The mail must have no link: scanners at work open links.");
  }
  return { subject, body };
}

export function existingMailOf(values: WorkforceValues, problems: Problems): ExistingMailRules | null {
  if (!values.evidence.includes("existing-mail")) return null;
  const field = "existingMail";
  const { known, senders, notBefore, notAfter, records } = values.existingMail;
  const first = problems.day(field, notBefore, "The first day of mails");
  const last = problems.day(field, notAfter, "The last day of mails");
  if (first !== null && last !== null && last < first) {
    problems.stop(field, "days", "The last day of mails must not be before the first.");
  }
  const all = [
    ...known.map((name) => KNOWN_SENDERS[name]),
    ...senders.map(({ name, domain, from, subject }) => ({
      name: problems.text(field, name, "The sender's name", 100),
      domain: domain.trim().toLowerCase(),
      from: from.trim().toLowerCase(),
      subject: subject.trim() === "" ? null : problems.text(field, subject, "The sender's subject", 200),
    })),
  ];
  if (all.length === 0) problems.stop(field, "missing", "Choose whose mails people may show.");
  if (new Set(all.map(({ name }) => name)).size !== all.length) {
    problems.stop(field, "repeated", "Two senders have one name.");
  }
  const own = new Set(values.domains.flatMap(({ domain, aliases }) => [domain, ...aliases]));
  for (const { domain, from } of all) {
    if (!/^(?:[a-z0-9-]+\.)+[a-z0-9-]+$/.test(domain)) {
      problems.stop(field, "domain", "The sender's domain must be like example.com.");
    }
    if (!/^[a-z0-9!#$%&'*+/=?^_{|}~.`-]{1,64}@[a-z0-9.-]{3,253}$/.test(from)) {
      problems.stop(
        field,
        "from",
        "The sender's address must be like notices@example.com; * stands for anything.",
      );
    }
    if (own.has(domain)) {
      problems.warn(
        field,
        "employer",
        "A sender is the employer's own: whoever runs its mail can make such mails.",
      );
    }
  }
  return {
    senders: all as ExistingMailRules["senders"],
    notBefore: first ?? "",
    notAfter: last ?? "",
    records: records.map((record) => ({
      name: record.name.trim(),
      record: record.record.trim(),
      first: problems.day(field, record.first, "The first day of a key record") ?? "",
      last: problems.day(field, record.last, "The last day of a key record") ?? "",
    })),
  };
}

export function vouchingOf(
  { evidence, vouching }: WorkforceValues,
  problems: Problems,
): WorkforceManifest["vouching"] {
  if (!evidence.includes("vouch")) return null;
  const { invitations } = vouching;
  const what = "The number of invitations for each mailbox";
  return { invitations: problems.number("vouching", invitations, what, 1, MAX_INVITATIONS) ?? 1 };
}

export function namesOf({ names, dots }: WorkforceValues, problems: Problems): WorkforceManifest["names"] {
  if (names === null) return null;
  const problem = checkNamePattern(names.pattern, dots);
  if (problem !== null)
    problems.stop("names", "pattern", `How mailboxes are made of names must be ${problem}.`);
  return names;
}

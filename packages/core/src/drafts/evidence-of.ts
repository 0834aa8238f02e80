/** Kinds of evidence of a draft, and what each needs (PROTOCOL §3.1; decisions 13 to 15). */
import { type EvidenceKind, MAX_INVITATIONS } from "../formats/common.ts";
import type { ExistingMailRules } from "../formats/evidence-rules.ts";
import type { WorkforceManifest } from "../formats/workforce-manifest.ts";
import { namePatternFault } from "../names/name-pattern.ts";
import { KNOWN_SENDERS } from "./known-senders.ts";
import type { Problems } from "./problems.ts";
import type { WorkforceValues } from "./workforce-fields.ts";

export function evidenceOf({ evidence }: WorkforceValues, problems: Problems): EvidenceKind[] {
  const kinds = [...new Set(evidence)];
  if (kinds.length === 0) {
    problems.stop("evidence", "no-evidence");
  } else if (kinds.every((kind) => kind === "vouch")) {
    problems.stop("evidence", "vouch-alone");
  }
  return kinds;
}

/** As in the manifest's rule: what mail programs make links of. */
const LINK = /:\/\/|\bwww\./i;

export function codeMailOf({ codeMail }: WorkforceValues, problems: Problems): WorkforceManifest["codeMail"] {
  const subject = problems.text("codeMail", codeMail.subject, "code-subject", 100);
  // As it is typed, with its last line feed: a new version is not to change it unasked.
  const { body } = codeMail;
  problems.text("codeMail", body, "code-body", 2000, { lines: true });
  if (body.split("{code}").length !== 2) {
    problems.stop("codeMail", "mail-without-code");
  }
  if (LINK.test(subject) || LINK.test(body)) {
    problems.stop("codeMail", "mail-with-link");
  }
  return { subject, body };
}

export function existingMailOf(values: WorkforceValues, problems: Problems): ExistingMailRules | null {
  if (!values.evidence.includes("existing-mail")) return null;
  const field = "existingMail";
  const { known, senders, notBefore, notAfter, records } = values.existingMail;
  const first = problems.day(field, notBefore, "mails-first");
  const last = problems.day(field, notAfter, "mails-last");
  if (first !== null && last !== null && last < first) {
    problems.stop(field, "mails-last-before-first");
  }
  const all = [
    ...known.map((name) => KNOWN_SENDERS[name]),
    ...senders.map(({ name, domain, from, subject }) => ({
      name: problems.text(field, name, "sender-name", 100),
      domain: domain.trim().toLowerCase(),
      from: from.trim().toLowerCase(),
      subject: subject.trim() === "" ? null : problems.text(field, subject, "sender-subject", 200),
    })),
  ];
  if (all.length === 0) problems.stop(field, "no-senders");
  if (new Set(all.map(({ name }) => name)).size !== all.length) {
    problems.stop(field, "senders-repeated");
  }
  const own = new Set(values.domains.flatMap(({ domain, aliases }) => [domain, ...aliases]));
  for (const { domain, from } of all) {
    if (!/^(?:[a-z0-9-]+\.)+[a-z0-9-]+$/.test(domain)) {
      problems.stop(field, "sender-domain");
    }
    if (!/^[a-z0-9!#$%&'*+/=?^_{|}~.`-]{1,64}@[a-z0-9.-]{3,253}$/.test(from)) {
      problems.stop(field, "sender-address");
    }
    if (own.has(domain)) {
      problems.warn(field, "sender-is-employer");
    }
  }
  return {
    senders: all as ExistingMailRules["senders"],
    notBefore: first ?? "",
    notAfter: last ?? "",
    records: records.map((record) => ({
      name: record.name.trim(),
      record: record.record.trim(),
      first: problems.day(field, record.first, "record-first") ?? "",
      last: problems.day(field, record.last, "record-last") ?? "",
    })),
  };
}

export function vouchingOf(
  { evidence, vouching }: WorkforceValues,
  problems: Problems,
): WorkforceManifest["vouching"] {
  if (!evidence.includes("vouch")) return null;
  const { invitations } = vouching;
  return { invitations: problems.number("vouching", invitations, "invitations", 1, MAX_INVITATIONS) ?? 1 };
}

export function namesOf({ names, dots }: WorkforceValues, problems: Problems): WorkforceManifest["names"] {
  if (names === null) return null;
  const fault = namePatternFault(names.pattern, dots);
  if (fault !== null) problems.stop("names", `name-pattern-${fault}`);
  return names;
}

/** How signatories were verified, by whom, and what that does not prove. */
import type { Day, WorkforceManifest } from "@undersigned/core";
import type { Say } from "../say.ts";
import { foreign, type Words } from "../words.ts";
import { between, domainWords } from "./parts.ts";

type Registrars = readonly { readonly name: string; readonly operator: string }[];

type EvidenceRules = Pick<WorkforceManifest, "evidence" | "existingMail" | "vouching">;

/** What each kind of evidence that proves a mailbox asks of a person. */
export function evidenceWords(
  say: Say,
  { evidence, existingMail }: EvidenceRules,
  domains: readonly string[],
): Words[] {
  return evidence.flatMap(({ kind }): Words[] => {
    if (kind === "mailbox-code")
      return [say.rich("words.evidence.code", { domains: domainWords(say, domains) })];
    return kind === "existing-mail" && existingMail !== null ? [mailWords(say, existingMail, domains)] : [];
  });
}

function mailWords(
  say: Say,
  { senders, notBefore, notAfter }: NonNullable<WorkforceManifest["existingMail"]>,
  domains: readonly string[],
): Words {
  return say.rich("words.evidence.mail", {
    domains: domainWords(say, domains),
    when: between(say, notBefore, notAfter),
    senders: say.list(
      senders.map(({ name }) => [foreign(name)]),
      "or",
    ),
  });
}

/** What is said of people without a proved mailbox. Empty where nobody can be vouched for. */
export function vouchedWords(say: Say, { vouching }: EvidenceRules): string[] {
  if (vouching === null) return [];
  return [say("words.vouching.invitations", { count: vouching.invitations }), say("words.vouching.apart")];
}

/** `Sample registrar, run by Example Association`. */
export function registrarWords(say: Say, { name, operator }: Registrars[number]): Words {
  return say.rich("words.registrar", { name: foreign(name), operator: foreign(operator) });
}

export function quorumWords(say: Say, registrars: number, quorum: number): string {
  if (registrars === 1) return say("words.quorum.one");
  if (registrars === quorum) return say("words.quorum.all", { registrars });
  return say("words.quorum.some", { quorum, registrars });
}

/** The plain limit of what is proved. */
export function provedWords(
  say: Say,
  domains: readonly string[],
  from: Day,
  to: Day | null,
  vouching: WorkforceManifest["vouching"] = null,
): Words {
  const at = domainWords(say, domains);
  if (to === null) return say.rich("words.proved.not-yet", { domains: at });
  return say.rich("words.proved", {
    who: vouching === null ? "all" : "counted",
    domains: at,
    when: between(say, from < to ? from : to, to),
  });
}

export function notProvedWords(
  say: Say,
  quorum: number,
  existingMail: WorkforceManifest["existingMail"] = null,
): string[] {
  return [
    say("words.not-proved.different"),
    say("words.not-proved.still"),
    ...(existingMail === null ? [] : [say("words.not-proved.mail")]),
    say("words.not-proved.registrars", { count: quorum }),
  ];
}

/** Domains and mailbox rules of a draft (PROTOCOL §3.2). */
import { CoreError } from "../errors.ts";
import { domainName, type MailboxRules } from "../formats/common.ts";
import type { Problems } from "./problems.ts";
import { isPublicProvider } from "./public-providers.ts";
import type { WorkforceValues } from "./workforce-fields.ts";

/** A local part in which * stands for anything; as the manifest's shape has it. */
const GROUP = /^[a-z0-9!#$%&'*+/=?^_{|}~.`-]{1,64}$/;

export function mailboxesOf(values: WorkforceValues, problems: Problems): MailboxRules {
  const domains = values.domains.map(({ domain, aliases }) => ({
    domain: domainOf(domain, problems),
    aliases: [...new Set(aliases.map((alias) => domainOf(alias, problems)))],
  }));
  if (domains.length === 0) {
    problems.stop("domains", "no-domains");
  }
  const all = domains.flatMap(({ domain, aliases }) => [domain, ...aliases]);
  if (new Set(all).size !== all.length) problems.stop("domains", "domains-repeated");
  const groups = [...new Set(values.groups.map((group) => group.trim().toLowerCase()))];
  for (const group of groups) checkGroup(group, values, problems);
  if (groups.length === 0) {
    problems.warn("groups", "no-groups");
  }
  return { domains, plus: values.plus, dots: values.dots, groups };
}

function domainOf(typed: string, problems: Problems): string {
  const domain = typed.trim().toLowerCase().replace(/^@/, "").replace(/\.$/, "");
  if (isPublicProvider(domain)) {
    problems.stop("domains", "public-provider");
  }
  try {
    return domainName.check(domain, "");
  } catch (error) {
    if (!(error instanceof CoreError)) throw error;
    problems.stop("domains", "no-domain");
    return domain;
  }
}

function checkGroup(group: string, { plus, dots }: WorkforceValues, problems: Problems): void {
  if (!GROUP.test(group)) {
    problems.stop("groups", "group-form");
    return;
  }
  const fixed = group.replaceAll("*", "");
  if (fixed === "") problems.stop("groups", "group-of-all");
  else if (group.includes("*") && fixed.length < 3) {
    problems.warn("groups", "group-of-many");
  }
  if ((plus && group.includes("+")) || (dots && group.includes("."))) {
    problems.stop("groups", "group-of-none");
  }
}

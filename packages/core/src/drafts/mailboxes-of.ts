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
    problems.stop("domains", "missing", "Name the domain of the work mailboxes: what stands behind the @.");
  }
  const all = domains.flatMap(({ domain, aliases }) => [domain, ...aliases]);
  if (new Set(all).size !== all.length) problems.stop("domains", "repeated", "A domain stands there twice.");
  const groups = [...new Set(values.groups.map((group) => group.trim().toLowerCase()))];
  for (const group of groups) checkGroup(group, values, problems);
  if (groups.length === 0) {
    problems.warn(
      "groups",
      "no-groups",
      "No group mailboxes are named: who reads info@ or team@ could enrol with it.",
    );
  }
  return { domains, plus: values.plus, dots: values.dots, groups };
}

function domainOf(typed: string, problems: Problems): string {
  const domain = typed.trim().toLowerCase().replace(/^@/, "").replace(/\.$/, "");
  if (isPublicProvider(domain)) {
    problems.stop(
      "domains",
      "public-provider",
      "A domain is one at which anybody gets a mailbox: it does not show that somebody works there.",
    );
  }
  try {
    return domainName.check(domain, "");
  } catch (error) {
    if (!(error instanceof CoreError)) throw error;
    problems.stop("domains", "domain", "A domain must be like example.com, without anything before it.");
    return domain;
  }
}

function checkGroup(group: string, { plus, dots }: WorkforceValues, problems: Problems): void {
  const stop = (code: string, message: string) => problems.stop("groups", code, message);
  if (!GROUP.test(group)) {
    stop("pattern", "A group mailbox is what stands before the @, in plain letters; * stands for anything.");
    return;
  }
  const fixed = group.replaceAll("*", "");
  if (fixed === "") stop("matches-everything", "A pattern matches every mailbox: nobody could enrol.");
  else if (group.includes("*") && fixed.length < 3) {
    problems.warn("groups", "matches-many", "A pattern with so few letters may shut out people: look again.");
  }
  if ((plus && group.includes("+")) || (dots && group.includes("."))) {
    stop(
      "matches-nothing",
      "A pattern has a + or a dot, which the rules take out of mailboxes before: it shuts out nobody.",
    );
  }
}

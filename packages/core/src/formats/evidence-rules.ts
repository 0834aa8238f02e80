/** What a workforce manifest says of existing mail and of names (PROTOCOL §3.1; decisions 13 and 15). */
import { domainName } from "./common.ts";
import { day, type Infer, list, matching, nullable, object, oneOf, rule, text } from "./shape.ts";

const sender = object({
  /** What people call it, e.g. in a list of mails to look for. */
  name: text(1, 100),
  /** The `d=` of its signature, exactly. */
  domain: domainName,
  /** The From address; `*` in its local part stands for any run of characters. */
  from: matching(
    /^[a-z0-9!#$%&'*+/=?^_{|}~.`-]{1,64}@[a-z0-9.-]{3,253}$/,
    320,
    "a mail address in lower case, in which * may stand for a part before the @",
  ),
  /** A pattern of the Subject as it stands in the mail, undecoded, or null for any. */
  subject: nullable(text(1, 200)),
});

/** A DKIM key record as it was in DNS, and the days of mails for which it may stand in where DNS cannot be reached. */
const record = object({
  name: matching(
    /^[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\._domainkey\.[a-z0-9.-]+$/,
    320,
    "<selector>._domainkey.<domain>",
  ),
  record: text(1, 2000),
  first: day,
  last: day,
});

export const existingMailRules = rule(
  object({
    senders: list(sender, 1, 50, (item) => item.name),
    notBefore: day,
    notAfter: day,
    records: list(record, 0, 100, (item) => `${item.name} ${item.first}`),
  }),
  (rules) => {
    if (rules.notBefore > rules.notAfter) return { path: "/notAfter", expected: "no earlier than notBefore" };
    if (rules.records.some(({ first, last }) => first > last)) {
      return { path: "/records", expected: "records whose first day is no later than their last" };
    }
    return null;
  },
);
export type ExistingMailRules = Infer<typeof existingMailRules>;

/** How names stand in mailboxes; `checkNamePattern` judges the pattern. */
export const nameRules = object({
  pattern: text(1, 60),
  order: oneOf("given-family", "family-given"),
});

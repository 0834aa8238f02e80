/** Canonical mailbox (PROTOCOL §3.2): a function of the manifest, so that any spelling of a mailbox enrols once. */
import { CoreError } from "./errors.ts";
import type { MailboxRules } from "./formats/common.ts";

const LOCAL = /^[A-Za-z0-9!#$%&'*+/=?^_{|}~.`-]{1,64}$/;
const DOMAIN =
  /^(?=.{3,253}$)(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/;

function lower(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** Whether a text is one that the pattern (`*` for any run of characters) names. Linear in both lengths' product. */
export function matchesPattern(text: string, pattern: string): boolean {
  const parts = pattern.split("*");
  const head = parts[0] as string;
  if (parts.length === 1) return text === head;
  const tail = parts[parts.length - 1] as string;
  if (text.length < head.length + tail.length || !text.startsWith(head) || !text.endsWith(tail)) return false;
  let at = head.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at);
    if (found < 0 || found + part.length > text.length - tail.length) return false;
    at = found + part.length;
  }
  return true;
}

/** A mailbox in canonical spelling, and why the manifest's rules do not allow it; null where they do. */
export type ReadMailbox = {
  readonly mailbox: string;
  readonly refused: "mailbox-not-here" | "group-mailbox" | null;
};

/**
 * Reads a mailbox in the way of `canonicalMailbox`, after the same work for one that the rules allow and one that they
 * do not. A mailbox of another domain is folded by the employer's rules too: it is compared with itself and never used.
 * Throws CoreError `mailbox-malformed`.
 */
export function readMailbox(input: string, rules: MailboxRules): ReadMailbox {
  const at = input.lastIndexOf("@");
  const local = input.slice(0, Math.max(at, 0));
  const domain = input.slice(at + 1);
  if (at < 1 || !LOCAL.test(local) || !DOMAIN.test(domain)) {
    throw new CoreError(
      "mailbox-malformed",
      "This is not a mail address of the form name@domain in plain letters.",
    );
  }
  if (dotsMisplaced(local)) {
    throw new CoreError(
      "mailbox-malformed",
      "The part before the @ may not begin or end with a dot or hold two in a row.",
    );
  }
  const lowerDomain = lower(domain);
  const home = rules.domains.find(
    (entry) => entry.domain === lowerDomain || entry.aliases.includes(lowerDomain),
  );
  let name = lower(local);
  if (rules.plus) name = name.split("+")[0] as string;
  if (rules.dots) name = name.replaceAll(".", "");
  const group = rules.groups.some((pattern) => matchesPattern(name, pattern));
  const mailbox = `${name}@${home?.domain ?? lowerDomain}`;
  if (home === undefined) return { mailbox, refused: "mailbox-not-here" };
  if (name === "" || dotsMisplaced(name)) {
    throw new CoreError("mailbox-malformed", "Nothing is left of this address after the employer's rules.");
  }
  return { mailbox, refused: group ? "group-mailbox" : null };
}

/**
 * The canonical spelling of a mailbox, to which codes are sent and from which the tag is made.
 * Throws CoreError `mailbox-malformed`, `mailbox-not-here` (domain of others) or `group-mailbox`; messages do not repeat the text.
 */
export function canonicalMailbox(input: string, rules: MailboxRules): string {
  const { mailbox, refused } = readMailbox(input, rules);
  if (refused === null) return mailbox;
  throw new CoreError(refused, REFUSALS[refused]);
}

const REFUSALS = {
  "mailbox-not-here": "This address is not at one of the employer's mail domains.",
  "group-mailbox": "This is a mailbox of a group. Use the one that is yours alone.",
};

function dotsMisplaced(local: string): boolean {
  return local.startsWith(".") || local.endsWith(".") || local.includes("..");
}

/** The addresses of To and Cc, by the same narrow reading as a field of one (address.ts), and of mailboxes to compare. */
import { type MailAddress, readOneAddress } from "../address.ts";
import { MailError } from "../errors.ts";
import { unfold } from "../header.ts";
import { Refusal } from "./refusal.ts";

export interface Recipient {
  /** In the form of `mailboxText`. */
  readonly mailbox: string;
  /** What stands beside the address, quotation marks and angle brackets aside; empty where nothing does. */
  readonly words: string;
}

/** More is not read. */
const MOST = 100;

/** How mailboxes are compared: as those that enrol, in lower case (core's `canonicalMailbox`), by no rule besides. */
export function mailboxText({ local, domain }: MailAddress): string {
  return `${local.toLowerCase()}@${domain}`;
}

/** The one address of a field's value. Throws Refusal `address-refused`. */
export function readRecipient(value: string): Recipient {
  try {
    const text = unfold(value);
    const mailbox = mailboxText(readOneAddress(text));
    const open = text.lastIndexOf("<");
    const words = open < 0 ? "" : text.slice(0, open).replace(/["']/g, "").trim();
    return { mailbox, words };
  } catch (error) {
    if (error instanceof MailError) throw new Refusal("address-refused");
    throw error;
  }
}

/** A list of addresses; groups, and whatever `readOneAddress` refuses, refuse the whole. Throws Refusal `address-refused`. */
export function readRecipients(value: string): Recipient[] {
  const parts: string[] = [];
  const text = unfold(value);
  let start = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    // Within quotes a backslash takes the next character along; elsewhere it is refused below.
    if (quoted && text[at] === "\\") at++;
    else if (text[at] === '"') quoted = !quoted;
    else if (!quoted && text[at] === ",") {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  parts.push(text.slice(start));
  if (parts.length > MOST) throw new Refusal("address-refused");
  return parts.map(readRecipient);
}

/**
 * Mails as people have them in their inbox, and as an addressee answers: composed and signed by nodemailer, and kept as they
 * came out of it or, where a mail server is given, as they arrived by SMTP. The sender's key is made for the run.
 */
import { generateKeyPairSync } from "node:crypto";
import type { WorkforceManifest } from "@undersigned/core";
import type { TestSmtp } from "@undersigned/service/testing";
import { createTransport } from "nodemailer";

const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const p = publicKey.export({ format: "der", type: "spki" }).toString("base64");

export const MAIL_SENDER = {
  name: "Example sign-in",
  domain: "login.example.net",
  from: "no-reply@login.example.net",
  subject: "New sign-in *",
};
/** What its mails say. */
export const MAIL_TEXT = "Somebody has signed in.";
const SELECTOR = "s1";
const KEY_NAME = `${SELECTOR}._domainkey.${MAIL_SENDER.domain}`;
/** What DNS says of the sender, by name. */
export const MAIL_KEYS: Readonly<Record<string, string>> = { [KEY_NAME]: `v=DKIM1; k=rsa; p=${p}` };

/** A manifest's fields that take every kind of evidence: mails of the year, two invitations, names like "Jo Doe". */
export const EVERY_EVIDENCE = {
  evidence: [
    { kind: "existing-mail", class: "mailbox" },
    { kind: "mailbox-code", class: "mailbox" },
    { kind: "vouch", class: "vouched" },
  ],
  existingMail: {
    senders: [MAIL_SENDER],
    notBefore: "2031-01-01",
    notAfter: "2031-12-31",
    records: [{ name: KEY_NAME, record: MAIL_KEYS[KEY_NAME]!, first: "2031-01-01", last: "2031-03-31" }],
  },
  vouching: { invitations: 2 },
  names: { pattern: "{given}.{family}{n}", order: "given-family" },
} satisfies Partial<WorkforceManifest>;

interface About {
  /** Of its Date. */
  readonly day: string;
  readonly subject?: string;
  /** Of the signature; the one of MAIL_KEYS if left out. */
  readonly selector?: string;
}

const dkim = (selector = SELECTOR, domainName = MAIL_SENDER.domain) => ({
  domainName,
  keySelector: selector,
  privateKey: privateKey.export({ format: "pem", type: "pkcs8" }) as string,
});

function composed(to: string, { day, subject = "New sign-in to your account" }: About) {
  return {
    from: `Sign-in <${MAIL_SENDER.from}>`,
    to,
    subject,
    date: new Date(`${day}T08:15:00Z`),
    text: `${MAIL_TEXT}\n\nIf it was you, there is nothing to do.`,
  };
}

/** The bytes of a signed mail. Another one each time, since each has an id of its own. */
export async function signedMail(to: string, about: About): Promise<Uint8Array> {
  const transport = createTransport({
    streamTransport: true,
    buffer: true,
    newline: "windows",
    dkim: dkim(about.selector),
  });
  const { message } = await transport.sendMail(composed(to, about));
  return new Uint8Array(message as Buffer);
}

/** Has the sender's machine send a mail, and gives the bytes of the file that its owner would save. */
export async function receiveSignedMail(smtp: TestSmtp, to: string, about: About): Promise<Uint8Array> {
  const transport = createTransport({
    host: "127.0.0.1",
    port: smtp.port,
    ignoreTLS: true,
    dkim: dkim(about.selector),
  });
  const { messageId } = await transport.sendMail(composed(to, about));
  transport.close();
  const mail = smtp.messages.find(({ raw }) => raw.includes(messageId));
  if (mail === undefined) throw new Error("The mail did not arrive.");
  return new Uint8Array(Buffer.from(mail.raw, "latin1"));
}

export interface AnswerAbout {
  /** The addressee's, who writes. */
  readonly mailbox: string;
  /** The letter's answer address. */
  readonly address: string;
  /** Stands in the subject; null for a mail without it. */
  readonly nonce: string | null;
  /** Of its Date. */
  readonly day: string;
  readonly text: string;
  readonly html?: string;
  /** The domain that signs; the mailbox's own if left out, nobody if null. */
  readonly signedBy?: string | null;
}

/** What DNS says of a domain whose answers `makeAnswerMail` signs, by name. */
export function answerKeys(domain: string): Readonly<Record<string, string>> {
  return { [`${SELECTOR}._domainkey.${domain}`]: MAIL_KEYS[KEY_NAME]! };
}

/** The bytes of an answer by mail: one that counts, unless something about it is left out or somebody else's. */
export async function makeAnswerMail(about: AnswerAbout): Promise<Uint8Array> {
  const { mailbox, address, nonce, day, text, html } = about;
  const { signedBy = mailbox.slice(mailbox.lastIndexOf("@") + 1) } = about;
  const transport = createTransport({
    streamTransport: true,
    buffer: true,
    newline: "windows",
    ...(signedBy === null ? {} : { dkim: dkim(SELECTOR, signedBy) }),
  });
  const { message } = await transport.sendMail({
    from: mailbox,
    to: address,
    subject: nonce === null ? "Your letter" : `Your letter ${nonce}`,
    date: new Date(`${day}T08:15:00Z`),
    text,
    ...(html === undefined ? {} : { html }),
  });
  return new Uint8Array(message as Buffer);
}

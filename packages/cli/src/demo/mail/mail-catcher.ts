/**
 * A mail server on this machine that keeps what it gets in memory and passes nothing on. Stands for the employer's mail
 * server, and lets a visitor read the mail of any mailbox.
 */
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { DemoError } from "../demo-error.ts";
import { readMail } from "./mail-text.ts";

export type CaughtMail = {
  /** The envelope's recipient, in lower case. */
  readonly mailbox: string;
  /** The envelope's sender, in lower case: each registrar has its own. */
  readonly sender: string;
  /** The From line as a person sees it. */
  readonly from: string;
  readonly subject: string;
  readonly text: string;
};

export type MailCatcher = {
  readonly port: number;
  /** Newest first, KEPT at most. */
  readonly mails: () => readonly CaughtMail[];
  /** All that were ever caught. */
  readonly caught: () => number;
  /**
   * The code of the next mail of the sender to the mailbox that nobody has taken yet, in the order of arrival; each mail
   * serves one call. Rejects with DemoError `mail-missing` if there is none within `timeoutMs`.
   */
  readonly takeCode: (mailbox: string, sender: string, timeoutMs: number) => Promise<string>;
  readonly close: () => Promise<void>;
};

const KEPT = 2000;
/** More than one registrar's limits let through to one mailbox while somebody enrols. */
const KEPT_OF_ONE = 10;
const MAX_MAIL_BYTES = 64 * 1024;

/** Listens on 127.0.0.1 at a free port, without TLS and without asking for a name. */
export async function startMailCatcher(): Promise<MailCatcher> {
  const mails: CaughtMail[] = [];
  const untaken = new Map<string, string[]>();
  const waiting = new Map<string, ((code: string) => void)[]>();
  let caught = 0;

  function keep(mail: CaughtMail): void {
    caught++;
    mails.push(mail);
    if (mails.length > KEPT) mails.shift();
    const code = /\b\d{8}\b/.exec(mail.text)?.[0];
    if (code === undefined) return;
    const place = placeOf(mail.mailbox, mail.sender);
    const first = waiting.get(place)?.shift();
    if (first !== undefined) {
      first(code);
      return;
    }
    const codes = [...(untaken.get(place) ?? []), code].slice(-KEPT_OF_ONE);
    untaken.delete(place);
    untaken.set(place, codes);
    // A visitor's codes are taken by eye and never from here: the oldest go.
    const oldest = untaken.size > KEPT ? untaken.keys().next().value : undefined;
    if (oldest !== undefined) untaken.delete(oldest);
  }

  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["AUTH", "STARTTLS"],
    disableReverseLookup: true,
    logger: false,
    size: MAX_MAIL_BYTES,
    onData(stream, session, done) {
      const chunks: Uint8Array[] = [];
      stream.on("data", (chunk: Uint8Array) => {
        if (!stream.sizeExceeded) chunks.push(chunk);
      });
      stream.on("error", () => done(new Error("The mail was cut off.")));
      stream.on("end", () => {
        if (stream.sizeExceeded) {
          done(Object.assign(new Error("The mail is too large."), { responseCode: 552 }));
          return;
        }
        const text = readMail(Buffer.concat(chunks));
        const { mailFrom, rcptTo } = session.envelope;
        const sender = mailFrom === false ? "" : mailFrom.address.toLowerCase();
        for (const { address } of rcptTo) keep({ mailbox: address.toLowerCase(), sender, ...text });
        done();
      });
    },
  });
  // A connection that breaks is its sender's trouble.
  server.on("error", () => {});
  await new Promise<void>((resolve, reject) => {
    server.server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      server.server.off("error", reject);
      resolve();
    });
  });

  return {
    port: (server.server.address() as AddressInfo).port,
    mails: () => mails.toReversed(),
    caught: () => caught,
    takeCode(mailbox, sender, timeoutMs) {
      const place = placeOf(mailbox, sender);
      const kept = untaken.get(place);
      const code = kept?.shift();
      if (kept !== undefined && kept.length === 0) untaken.delete(place);
      if (code !== undefined) return Promise.resolve(code);
      return new Promise((resolve, reject) => {
        const queue = waiting.get(place) ?? [];
        waiting.set(place, queue);
        const leave = (): void => {
          clearTimeout(timer);
          const at = queue.indexOf(answer);
          if (at >= 0) queue.splice(at, 1);
          if (queue.length === 0 && waiting.get(place) === queue) waiting.delete(place);
        };
        const answer = (found: string): void => {
          leave();
          resolve(found);
        };
        const timer = setTimeout(() => {
          leave();
          reject(
            new DemoError("mail-missing", "No mail with a code came in time: the machine may be too busy."),
          );
        }, timeoutMs);
        queue.push(answer);
      });
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** No address has a space in it. */
function placeOf(mailbox: string, sender: string): string {
  return `${mailbox} ${sender}`;
}

/**
 * The addressee: a mail server that takes what is handed over, and the mails with which they answer, one that counts and three that
 * somebody forges. Of a letter they know what they were sent, and nothing else: the answer address and the mark are read out of
 * the mail.
 */
import { generateKeyPairSync } from "node:crypto";
import type { AddressInfo } from "node:net";
import { createTransport } from "nodemailer";
import { SMTPServer } from "smtp-server";
import { DemoError } from "../demo-error.ts";
import { readMail } from "../mail/mail-text.ts";
import { ANSWER, FORGED_ANSWER } from "../sample/sample-answers.ts";

export type Handed = {
  readonly text: string;
  /** Files by their name. */
  readonly files: ReadonlyMap<string, Buffer>;
};

export type Addressee = {
  readonly port: number;
  /** What DNS says of the keys of the addressee's domain and of the forger's, by name. */
  readonly keys: Readonly<Record<string, string>>;
  /** The last mail. Throws DemoError `mail-missing`. */
  readonly handed: () => Handed;
  /** Sends the mails to the board's receiver, with this day in Date. */
  readonly answer: (receiver: number, day: string) => Promise<void>;
  readonly close: () => Promise<void>;
};

const MAX_MAIL_BYTES = 32 * 1024 * 1024;
const SELECTOR = "letters";
const FORGER = "forger.example.net";

/** Takes mail for this mailbox alone, at a free port of 127.0.0.1. */
export async function startAddressee(mailbox: string): Promise<Addressee> {
  const domain = mailbox.slice(mailbox.lastIndexOf("@") + 1);
  const own = signingKey(domain);
  const forgers = signingKey(FORGER);
  const mails: Buffer[] = [];
  const server = new SMTPServer({
    name: domain,
    authOptional: true,
    disabledCommands: ["AUTH", "STARTTLS"],
    disableReverseLookup: true,
    logger: false,
    size: MAX_MAIL_BYTES,
    onRcptTo({ address }, _session, done) {
      const here = address.toLowerCase() === mailbox.toLowerCase();
      done(here ? null : Object.assign(new Error("There is no such mailbox here"), { responseCode: 550 }));
    },
    onData(stream, _session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("error", () => done(new Error("The mail was cut off.")));
      stream.on("end", () => {
        mails.push(Buffer.concat(chunks));
        done(null, "Taken for the mailbox");
      });
    },
  });
  server.on("error", () => {});
  await new Promise<void>((resolve, reject) => {
    server.server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      server.server.off("error", reject);
      resolve();
    });
  });
  const handed = (): Handed => {
    const mail = mails.at(-1);
    if (mail === undefined) throw new DemoError("mail-missing", "The letter did not reach its addressee.");
    return readParts(mail);
  };

  return {
    port: (server.server.address() as AddressInfo).port,
    keys: { ...own.record, ...forgers.record },
    handed,
    async answer(receiver, day) {
      const { address, mark } = howToAnswer(handed().text);
      const subject = `${ANSWER.subject} (${mark})`;
      const write = (text: string, change: { subject?: string; by?: typeof own } = {}) =>
        signed(
          { from: mailbox, to: address, subject: change.subject ?? subject, text, day },
          (change.by ?? own).dkim,
        );
      const genuine = await write(ANSWER.text);
      const forged = [
        await write(FORGED_ANSWER, { by: forgers }),
        await write(FORGED_ANSWER, { subject: ANSWER.subject }),
        changed(genuine, ANSWER.promise, ANSWER.opposite),
      ];
      for (const raw of [...forged, genuine]) await send(receiver, { from: mailbox, to: address }, raw);
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function signingKey(domainName: string) {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const p = publicKey.export({ format: "der", type: "spki" }).toString("base64");
  return {
    record: { [`${SELECTOR}._domainkey.${domainName}`]: `v=DKIM1; k=rsa; p=${p}` },
    dkim: {
      domainName,
      keySelector: SELECTOR,
      privateKey: privateKey.export({ format: "pem", type: "pkcs8" }) as string,
    },
  };
}

type Written = {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly day: string;
};

async function signed(
  { day, ...mail }: Written,
  dkim: ReturnType<typeof signingKey>["dkim"],
): Promise<Buffer> {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: "windows", dkim });
  const { message } = await transport.sendMail({ ...mail, date: new Date(`${day}T09:00:00Z`) });
  return message as Buffer;
}

/** After it was signed. Throws DemoError `not-as-planned` where there is nothing to change. */
function changed(mail: Buffer, from: string, to: string): Buffer {
  const text = mail.toString("latin1");
  if (!text.includes(from)) throw new DemoError("not-as-planned", "The demo's answer has other words.");
  return Buffer.from(text.replace(from, to), "latin1");
}

async function send(port: number, envelope: { from: string; to: string }, raw: Buffer): Promise<void> {
  const transport = createTransport({ host: "127.0.0.1", port, ignoreTLS: true, name: FORGER });
  try {
    await transport.sendMail({ envelope, raw });
  } finally {
    transport.close();
  }
}

function howToAnswer(text: string): { address: string; mark: string } {
  const address = /write a mail to (\S+)/.exec(text)?.[1];
  const mark = /this mark in the subject: (\S+)/.exec(text)?.[1];
  if (address === undefined || mark === undefined)
    throw new DemoError("not-as-planned", "The mail that hands the letter over does not say how to answer.");
  return { address, mark };
}

/** Of a multipart mail with one level of parts, as the board composes it. */
function readParts(mail: Buffer): Handed {
  const source = mail.toString("latin1");
  const boundary = /boundary="?([^"\r\n;]+)/i.exec(source)?.[1] ?? "";
  const files = new Map<string, Buffer>();
  let text = "";
  for (const part of source.split(`--${boundary}`).slice(1, -1)) {
    const raw = part.replace(/^\r\n/, "");
    const name = /filename="?([^"\r\n;]+)/i.exec(raw)?.[1];
    const body = raw.slice(raw.indexOf("\r\n\r\n") + 4);
    if (name === undefined) ({ text } = readMail(Buffer.from(raw, "latin1")));
    else files.set(name, Buffer.from(body, "base64"));
  }
  return { text, files };
}

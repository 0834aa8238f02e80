/** A mail server for tests: takes every mail on 127.0.0.1 without TLS or login, keeps it in memory, delivers nothing. */
import { once } from "node:events";
import { SMTPServer } from "smtp-server";

export type CaughtMail = {
  /** Envelope addresses, as sent. */
  from: string;
  to: readonly string[];
  /** What the sender called itself in EHLO; mail servers write it into the mail. */
  hello: string;
  /** Headers and body as sent, read as Latin-1 so that no byte is lost. */
  raw: string;
};

export type TestSmtp = {
  readonly host: "127.0.0.1";
  readonly port: number;
  /** All mail, in order of arrival. */
  readonly messages: readonly CaughtMail[];
  /** The oldest mail to this address that no call has returned yet; waits for it. Rejects after `timeoutMs`, 30 s if left out. */
  waitFor(to: string, timeoutMs?: number): Promise<CaughtMail>;
  /** Refuses mail to addresses for which this returns true. */
  refuse(test: (to: string) => boolean): void;
  /** Takes so long to accept each mail from now on. */
  delay(ms: number): void;
  stop(): Promise<void>;
};

export async function startSmtp(): Promise<TestSmtp> {
  const messages: CaughtMail[] = [];
  const returned = new Set<string>();
  const waiting = new Set<() => void>();
  let delayMs = 0;
  let refused: (to: string) => boolean = () => false;

  const server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    logger: false,
    onRcptTo({ address }, _session, done) {
      done(refused(address) ? new Error("No such mailbox") : null);
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const { mailFrom, rcptTo } = session.envelope;
        messages.push({
          from: mailFrom === false ? "" : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          hello: String(session.hostNameAppearsAs),
          raw: Buffer.concat(chunks).toString("latin1"),
        });
        setTimeout(() => done(null), delayMs);
        for (const look of [...waiting]) look();
      });
    },
  });
  // A client that breaks off is the test's business.
  server.on("error", () => undefined);
  const listening = server.listen(0, "127.0.0.1");
  await once(listening, "listening");
  const address = listening.address();
  if (typeof address !== "object" || address === null) throw new Error("The mail server has no port.");

  function take(to: string): CaughtMail | undefined {
    const index = messages.findIndex((mail, i) => mail.to.includes(to) && !returned.has(`${i} ${to}`));
    if (index === -1) return undefined;
    returned.add(`${index} ${to}`);
    return messages[index];
  }

  return {
    host: "127.0.0.1",
    port: address.port,
    messages,
    refuse(test) {
      refused = test;
    },
    delay(ms) {
      delayMs = ms;
    },
    waitFor(to, timeoutMs = 30_000) {
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(look);
          reject(new Error(`No mail to ${to} came.`));
        }, timeoutMs);
        const look = () => {
          const mail = take(to);
          if (mail === undefined) return;
          clearTimeout(timer);
          waiting.delete(look);
          resolve(mail);
        };
        waiting.add(look);
        look();
      });
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

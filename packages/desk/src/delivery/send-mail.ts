/**
 * Hands one mail to the operator's mail server (RFC 5321) and says for certain what became of it. Between the first byte of the
 * text and the server's answer the connection can break off: then nobody knows, and `unknown` says so. Neither conversations nor
 * errors are logged: they hold the address.
 */
import { Readable } from "node:stream";
import { mailServerOptions, type SmtpOptions } from "@undersigned/service";
import SMTPConnection from "nodemailer/lib/smtp-connection";

export type SendOutcome =
  /** `reply`: the server's last line, as it said it. */
  | { readonly kind: "accepted" | "refused"; readonly reply: string }
  /** Nothing of the text was handed over. */
  | { readonly kind: "unsent" }
  | { readonly kind: "unknown" };

export type SendMail = (mail: { readonly to: string; readonly raw: Uint8Array }) => Promise<SendOutcome>;

interface SmtpError {
  readonly code?: string;
  readonly response?: string;
  readonly responseCode?: number;
}

/** Connects anew for each mail. */
export function createMailSender(options: SmtpOptions): SendMail {
  return async ({ to, raw }) => {
    const connection = new SMTPConnection(mailServerOptions(options));
    // Breaks in the middle of a step come here only; what breaks after the answer changes nothing.
    const broken = new Promise<never>((_, reject) => connection.on("error", reject));
    broken.catch(() => {});
    const step = <T>(begin: (done: Done<T>) => void) => Promise.race([called(begin), broken]);
    let begun = false;
    const text = new Readable({
      read() {
        begun = true;
        this.push(raw);
        this.push(null);
      },
    });
    try {
      await step<void>((done) => connection.connect(done));
      const { auth } = options;
      if (auth !== undefined) {
        await step<unknown>((done) =>
          connection.login({ credentials: { user: auth.user, pass: auth.pass } }, done),
        );
      }
      const envelope = { from: addressOf(options.from), to: [to], size: raw.length };
      const info = await step<{ response: string }>((done) => connection.send(envelope, text, done));
      return { kind: "accepted", reply: info.response };
    } catch (error) {
      return outcomeOf(error as SmtpError, begun);
    } finally {
      connection.close();
    }
  };
}

/** A refused login is the operator's to mend, and no answer to the mail. */
function outcomeOf({ code, response, responseCode }: SmtpError, begun: boolean): SendOutcome {
  const answered = typeof response === "string" && typeof responseCode === "number" && responseCode >= 400;
  if (answered && code !== "EAUTH") return { kind: "refused", reply: response };
  return { kind: begun ? "unknown" : "unsent" };
}

type Done<T> = (error?: Error | null, value?: T) => void;

function called<T>(begin: (done: Done<T>) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    begin((error, value) => {
      if (error) reject(error);
      else resolve(value as T);
    });
  });
}

/** Of `Name <letters@example.org>`. */
function addressOf(from: string): string {
  return /<([^<>]+)>\s*$/.exec(from)?.[1] ?? from.trim();
}

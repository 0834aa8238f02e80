/**
 * Hands mails to the operator's mail server (RFC 5321) in plain text, with no more headers than a mail needs. To
 * another machine only over TLS: who enrols stands in every envelope.
 */
import { randomBytes } from "node:crypto";
import { isIPv4 } from "node:net";
import nodemailer from "nodemailer";
import type { Mail } from "./mail-queue.ts";

export type SmtpOptions = {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte; otherwise STARTTLS, which is demanded unless the server is on this machine. */
  readonly secure?: boolean;
  readonly auth?: { readonly user: string; readonly pass: string };
  /** Sender, as `codes@example.com` or `Name <codes@example.com>`. */
  readonly from: string;
};

export type SendOutcome = { readonly sent: true } | { readonly sent: false; readonly permanent: boolean };

const TIMEOUTS = {
  connectionTimeout: 20_000,
  greetingTimeout: 20_000,
  socketTimeout: 30_000,
  dnsTimeout: 20_000,
};

/**
 * Sends a mail dated with the beginning of `day` (`YYYY-MM-DD`). Connects anew for each. Neither errors nor
 * conversations are kept or logged: they hold the address.
 */
export function createSmtpSender(options: SmtpOptions): (mail: Mail, day: string) => Promise<SendOutcome> {
  const domain = domainOf(options.from);
  const transport = nodemailer.createTransport({
    host: options.host,
    port: options.port,
    secure: options.secure ?? false,
    // Instead of the machine's name, which mail servers write into the mail.
    name: domain,
    ...(isLoopback(options.host) ? { ignoreTLS: true } : { requireTLS: true }),
    ...(options.auth && { auth: { user: options.auth.user, pass: options.auth.pass } }),
    ...TIMEOUTS,
    logger: false,
    disableFileAccess: true,
    disableUrlAccess: true,
  });

  return async (mail, day) => {
    try {
      await transport.sendMail({
        from: options.from,
        to: { name: "", address: mail.to },
        subject: mail.subject,
        text: mail.text,
        date: new Date(`${day}T00:00:00Z`),
        messageId: `<${randomBytes(16).toString("hex")}@${domain}>`,
        // So that no vacation reply tells others of it (RFC 3834).
        headers: { "Auto-Submitted": "auto-generated" },
      });
      return { sent: true };
    } catch (error) {
      return { sent: false, permanent: isPermanent(error) };
    }
  };
}

/** Of `codes@example.com` or `Name <codes@example.com>`. */
function domainOf(from: string): string {
  return /@([^@\s<>]+)>?\s*$/.exec(from)?.[1] ?? "localhost";
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || (isIPv4(host) && host.startsWith("127."));
}

/** A 5xx reply to the mail itself. A refused login is the operator's to mend, and the mail can wait for that. */
function isPermanent(error: unknown): boolean {
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown };
  return code !== "EAUTH" && typeof responseCode === "number" && responseCode >= 500 && responseCode < 600;
}

/**
 * How mail is handed to the operator's mail server (RFC 5321): to another machine only over TLS, since addresses stand in every
 * envelope; under the sender's domain and never the machine's name, which mail servers write into the mail.
 */
import { isIPv4 } from "node:net";

export type SmtpOptions = {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte; otherwise STARTTLS, which is demanded unless the server is on this machine. */
  readonly secure?: boolean;
  readonly auth?: { readonly user: string; readonly pass: string };
  /** Sender, as `codes@example.com` or `Name <codes@example.com>`. */
  readonly from: string;
};

const TIMEOUTS = {
  connectionTimeout: 20_000,
  greetingTimeout: 20_000,
  socketTimeout: 30_000,
  dnsTimeout: 20_000,
};

/** For nodemailer's transport or connection; the login is left to the caller. */
export function mailServerOptions({ host, port, secure = false, from }: SmtpOptions) {
  const tls = isLoopback(host) ? { ignoreTLS: true } : { requireTLS: true };
  return { host, port, secure, name: senderDomain(from), ...tls, ...TIMEOUTS, logger: false } as const;
}

/** Of `codes@example.com` or `Name <codes@example.com>`. */
export function senderDomain(from: string): string {
  return /@([^@\s<>]+)>?\s*$/.exec(from)?.[1] ?? "localhost";
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || (isIPv4(host) && host.startsWith("127."));
}

/**
 * Hands mails to the operator's mail server (RFC 5321) in plain text, with no more headers than a mail needs. To
 * another machine only over TLS: who enrols stands in every envelope.
 */
import { randomBytes } from "node:crypto";
import { mailServerOptions, type SmtpOptions, senderDomain } from "@undersigned/service/mail-server";
import nodemailer from "nodemailer";
import type { Mail } from "./mail-queue.ts";

export type SendOutcome = { readonly sent: true } | { readonly sent: false; readonly permanent: boolean };

/**
 * Sends a mail dated with the beginning of `day` (`YYYY-MM-DD`). Connects anew for each. Neither errors nor
 * conversations are kept or logged: they hold the address.
 */
export function createSmtpSender(options: SmtpOptions): (mail: Mail, day: string) => Promise<SendOutcome> {
  const domain = senderDomain(options.from);
  const transport = nodemailer.createTransport({
    ...mailServerOptions(options),
    ...(options.auth && { auth: { user: options.auth.user, pass: options.auth.pass } }),
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

/** A 5xx reply to the mail itself. A refused login is the operator's to mend, and the mail can wait for that. */
function isPermanent(error: unknown): boolean {
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown };
  return code !== "EAUTH" && typeof responseCode === "number" && responseCode >= 500 && responseCode < 600;
}

/**
 * The mail with which a letter is handed over: plain text, the PDF, and the bundle where it is not too large. It names no tool,
 * machine, organiser or minute. English, as the rest of the board's words.
 *
 * The mark is in the text and not in the subject: an answer is published word for word, so it must take more than a reply that
 * was sent in haste.
 */
import type { LetterManifest } from "@undersigned/core";
import { senderDomain } from "@undersigned/service";
import MailComposer from "nodemailer/lib/mail-composer";

export interface DeliveryMail {
  readonly manifest: LetterManifest;
  readonly employer: string;
  /** How many signed, by evidence of a mailbox. */
  readonly count: number;
  /** The letter at the board, without a fragment. */
  readonly link: string;
  readonly workforce: string;
  /** SHA-256, base64url. */
  readonly document: string;
  readonly bundle: string | null;
  readonly files: { readonly document: Uint8Array; readonly bundle: Uint8Array | null };
  /** Where answers go, and the mark they bear; null where the board takes none. */
  readonly answers: { readonly address: string; readonly nonce: string } | null;
  /** Sender, as `letters@example.org` or `Name <letters@example.org>`. */
  readonly from: string;
  readonly mailbox: string;
  /** Of the sending. */
  readonly day: string;
}

/** The bytes of the mail: the same for the same input. */
export async function composeDelivery(mail: DeliveryMail): Promise<Uint8Array> {
  const { from, mailbox, manifest, files, document, day } = mail;
  const { Buffer: buffer } = globalThis;
  const attachments = [
    { filename: "letter.pdf", contentType: "application/pdf", content: buffer.from(files.document) },
    ...(files.bundle === null
      ? []
      : [{ filename: "bundle.zip", contentType: "application/zip", content: buffer.from(files.bundle) }]),
  ];
  const composer = new MailComposer({
    from,
    to: { name: "", address: mailbox },
    subject: manifest.title,
    text: deliveryText(mail),
    attachments,
    // The day on which the organisers hand it over; the servers on the way add times of their own.
    date: new Date(`${day}T00:00:00Z`),
    messageId: `<${document}@${senderDomain(from)}>`,
    baseBoundary: document.replaceAll(/[^A-Za-z0-9]/g, "").slice(0, 32),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return new Uint8Array(await composer.compile().build());
}

export function deliveryText(mail: DeliveryMail): string {
  const { manifest, employer, count, link, workforce, document, bundle, answers, mailbox } = mail;
  const { title, addressee, demands } = manifest;
  const lines = [
    `To ${addressee.name}, ${addressee.organisation}`,
    "",
    `${count} people who work at ${employer} have signed an open letter to you, “${title}”. It is attached as letter.pdf, with those who signed as they chose to appear${demands.length === 0 ? "" : `, and makes ${demands.length === 1 ? "one demand" : `${demands.length} demands`}`}.`,
    "",
    "HOW TO CHECK THE NUMBER",
    "Who signed by name, by role or not at all was each shown to hold a work mailbox, once. Nobody can tell who the anonymous ones are, and everybody can count them:",
    `${link}#${workforce}`,
    bundle === null
      ? "The files of the count are too large for a mail. They can be had at that address."
      : `The attached bundle.zip has all files of the count; \`undersigned verify bundle.zip\` counts them again without us (SHA-256 ${bundle}, base64url).`,
    `The SHA-256 of letter.pdf, which is published with the day of this mail, is ${document} (base64url).`,
    "",
    ...(answers === null ? noAnswers : howToAnswer({ ...answers, mailbox })),
    "",
  ];
  return lines.join("\n");
}

const noAnswers = [
  "HOW TO ANSWER",
  "This mailbox is not read by those who signed. What you say publicly can be shown beside the letter.",
];

function howToAnswer(to: { address: string; nonce: string; mailbox: string }): string[] {
  return [
    "HOW TO ANSWER",
    "An answer is published beside the letter, word for word, for everybody to read. So it takes some care:",
    `- write a mail to ${to.address}`,
    `- from ${to.mailbox}, the mailbox that the letter names, by your usual mail server, which signs it (DKIM)`,
    `- with this mark in the subject: ${to.nonce}`,
    "- as plain text: that part alone is shown; attachments are not.",
    "A reply to this very mail, without the mark, is not published. Please do not name those whom you take for signatories.",
  ];
}

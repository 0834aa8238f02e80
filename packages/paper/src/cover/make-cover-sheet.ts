/** The sheet that lies on top of a letter which is handed over by hand or by post: to whom, how to check it, how to answer. */

import { MAX_QR_BYTES, qrSvg } from "@undersigned/share/qr";
import { PaperError } from "../errors.ts";
import { Faces } from "../fonts/text-faces.ts";
import { isRightToLeft } from "../text/direction.ts";
import { typeset } from "../typeset.ts";
import { COVER } from "./template.ts";

export interface CoverSheet {
  readonly title: string;
  /** BCP 47, of the title. */
  readonly language: string;
  readonly employer: string;
  readonly addressee: { readonly name: string; readonly organisation: string };
  /** Where the letter is, with its fragment. */
  readonly link: string;
  /** SHA-256 of the letter's PDF, base64url. */
  readonly document: string;
  /** Where answers go, from which mailbox, and the mark that they bear; null where none are taken by mail. */
  readonly answers: { readonly address: string; readonly mailbox: string; readonly mark: string } | null;
}

const LANGUAGE = /^[a-z]{2,3}(?=-|$)/i;

/** One A4 page, tagged PDF; the same input makes the same bytes. Throws PaperError `link-too-long`, `not-typeset`. */
export function makeCoverSheet(sheet: CoverSheet): Uint8Array {
  const { title, language, employer, addressee, link, document, answers } = sheet;
  if (new TextEncoder().encode(link).length > MAX_QR_BYTES) {
    throw new PaperError("link-too-long", "The letter's address is too long for a code: print it as text.");
  }
  const faces = new Faces();
  const shown = faces.take(title, language);
  const text = (said: string) => faces.take(said).text;
  const inputs = {
    to: text(`To ${addressee.name}, ${addressee.organisation}`),
    kicker: text(`An open letter from people who work at ${employer}`),
    title: shown.text,
    language: LANGUAGE.exec(language)?.[0].toLowerCase() ?? "en",
    rtl: isRightToLeft(title) ? "yes" : "no",
    checkTitle: "How to check who signed",
    check:
      "Each signatory was shown to hold a work mailbox, once. Everybody can count them at this address, and nobody can tell who the anonymous ones are:",
    link: withBreaks(text(link)),
    qr: qrSvg(link),
    qrAlt: "QR code that leads to the letter",
    document: withBreaks(text(`SHA-256 of the letter’s PDF, base64url: ${document}`)),
    answerTitle: "How to answer",
    answer:
      answers === null
        ? "What you say publicly can be shown beside the letter."
        : "An answer by mail is published beside the letter, word for word. So it takes some care:",
    to1: answers === null ? "" : text(`To: ${answers.address}`),
    from1:
      answers === null
        ? ""
        : text(`From: ${answers.mailbox}, by your usual mail server, which signs it (DKIM)`),
    mark1: answers === null ? "" : text(`With this mark in the subject: ${answers.mark}`),
    form1: answers === null ? "" : "As plain text: that part alone is shown.",
  };
  return typeset(COVER, { ...inputs, families: JSON.stringify(faces.families(shown.face)) }, faces).pdf;
}

/** Lets a long address break behind its separators. */
function withBreaks(text: string): string {
  return text.replace(/[/#.-]/g, "$&\u200b");
}

/** A poster with a QR code that leads to a letter. */

import { MAX_QR_BYTES, qrSvg } from "@undersigned/share/qr";
import { PaperError } from "../errors.ts";
import { Faces } from "../fonts/text-faces.ts";
import { isRightToLeft } from "../text/direction.ts";
import { typeset } from "../typeset.ts";
import { POSTER } from "./template.ts";

export interface Poster {
  readonly title: string;
  /** BCP 47, of the title. */
  readonly language: string;
  readonly employer: string;
  /** Where the letter is, with its fragment. */
  readonly link: string;
  /** Whether the link is all that one needs to read a text that is not public. */
  readonly unlisted: boolean;
}

const LANGUAGE = /^[a-z]{2,3}(?=-|$)/i;

/** One A4 page, tagged PDF; the same input makes the same bytes. Throws PaperError `link-too-long`, `not-typeset`. */
export function makePoster(poster: Poster): Uint8Array {
  const { title, language, employer, link, unlisted } = poster;
  if (new TextEncoder().encode(link).length > MAX_QR_BYTES) {
    throw new PaperError(
      "link-too-long",
      "The letter's address is too long for a code on a poster: print it as text.",
    );
  }
  const faces = new Faces();
  const shown = faces.take(title, language);
  const inputs = {
    kicker: faces.take(`An open letter from people who work at ${employer}`).text,
    title: shown.text,
    language: LANGUAGE.exec(language)?.[0].toLowerCase() ?? "en",
    rtl: isRightToLeft(title) ? "yes" : "no",
    qr: qrSvg(link),
    qrAlt: "QR code that leads to the letter",
    link: withBreaks(faces.take(link).text),
    adviceTitle: "Use your own phone",
    advice:
      "and not the employer’s network. Read first; nobody sees that you did. You can sign later, from elsewhere.",
    promiseTitle: "Everyone can count, nobody can unmask",
    promise:
      "You show once that you work there, and choose how to appear: by name, by role, or not at all. Who signed is known to nobody who keeps the count.",
    note: unlisted
      ? "The text is not public yet. Whoever has this code can read it and pass it on: put it up where colleagues pass, and nowhere else."
      : "",
  };
  return typeset(POSTER, { ...inputs, families: JSON.stringify(faces.families(shown.face)) }, faces).pdf;
}

/** Lets a long address break behind its separators. */
function withBreaks(link: string): string {
  return link.replace(/[/#.-]/g, "$&\u200b");
}

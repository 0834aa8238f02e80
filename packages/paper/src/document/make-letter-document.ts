/**
 * The letter as a PDF, to be handed over: a function of public files alone, so that it has the same bytes on every machine that has
 * the same versions of typesetter and fonts (decision 26).
 */
import { encodeHex, sha256 } from "@undersigned/core";
import { MAX_QR_BYTES } from "@undersigned/share/qr";
import { PaperError } from "../errors.ts";
import { Faces } from "../fonts/text-faces.ts";
import { cut } from "../text/breakable.ts";
import { typeset } from "../typeset.ts";
import { composeDocument, linkOf } from "./compose.ts";
import type { LetterDocument } from "./letter-document.ts";
import { DOCUMENT } from "./template.ts";
import { languageOf, Writer } from "./writer.ts";

export interface MadeDocument {
  readonly pdf: Uint8Array;
  readonly pages: number;
  /** Of the PDF, in hexadecimal digits. */
  readonly sha256: string;
}

/** A4, tagged, with outline. Texts may be anything. Throws PaperError `link-too-long`, `not-typeset`. */
export function makeLetterDocument(data: LetterDocument): MadeDocument {
  if (new TextEncoder().encode(linkOf(data)).length > MAX_QR_BYTES) {
    throw new PaperError("link-too-long", "The board's address is too long for a code on paper.");
  }
  const { title, language } = data.manifest;
  const faces = new Faces();
  const blocks = composeDocument(data, new Writer(faces, language));
  const shown = faces.show(cut(title, 300), "latin");
  const fonts = Object.fromEntries(faces.codes.map((code) => [code, faces.families(code)]));
  const input = JSON.stringify({ title: shown, language: languageOf(language), fonts, blocks });
  const { pdf, pages } = typeset(DOCUMENT, { data: input }, faces);
  return { pdf, pages, sha256: encodeHex(sha256(pdf)) };
}

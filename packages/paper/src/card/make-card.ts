/** A letter's social card: the picture that others show beside a link to it. Drawn from outlines, so no font of the machine's is in it. */
import { createCanvas, loadImage } from "@napi-rs/canvas";
import { PaperError } from "../errors.ts";
import { Faces } from "../fonts/text-faces.ts";
import { breakable } from "../text/breakable.ts";
import { typesetSvg } from "../typeset.ts";
import { piecesOf } from "./cutting.ts";
import { outlinesOf } from "./outlines.ts";
import { CARD } from "./template.ts";
import { type CountWords, countInputs, inOneLine, LINE_EMS } from "./words.ts";

export interface Card extends CountWords {
  /** The company, or a sentence with it; in `language`. */
  readonly company: string;
  /** Of the board. */
  readonly host: string;
}

/** Pixels. */
export const CARD_SIZE = { width: 1200, height: 630 } as const;

/**
 * PNG, less than 300 kB; the same bytes for the same card, with the same versions of typesetter, fonts and rasteriser on the same kind of
 * machine. Takes some 200 ms and 60 MB. Throws PaperError `not-typeset`.
 */
export async function makeCard(card: Card): Promise<Uint8Array> {
  const faces = new Faces();
  const pieces = (text: string) =>
    JSON.stringify(piecesOf(breakable(faces.take(inOneLine(text), card.language).text, LINE_EMS)));
  const more = { company: pieces(card.company), host: pieces(card.host) };
  const inputs = { ...countInputs(card, faces), ...more };
  const { width, height, body } = outlinesOf(typesetSvg(CARD, inputs, faces), ({ fill, stroke }) => {
    return `${fill === null ? ' fill="none"' : ` fill="${fill}"`}${stroke === null ? "" : ` stroke="${stroke}"`}`;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${CARD_SIZE.width}" height="${CARD_SIZE.height}" viewBox="0 0 ${width} ${height}">${body}</svg>`;
  try {
    const canvas = createCanvas(CARD_SIZE.width, CARD_SIZE.height);
    canvas.getContext("2d").drawImage(await loadImage(Buffer.from(svg)), 0, 0);
    return new Uint8Array(await canvas.encode("png"));
  } catch {
    throw new PaperError(
      "not-typeset",
      "The picture could not be drawn. Pass the link on without it, and report this.",
    );
  }
}

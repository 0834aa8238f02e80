/**
 * @undersigned/share/qr: a QR code (ISO/IEC 18004) as one path, with the quiet zone that readers need. Browser and Node, nothing else
 * of this package comes along.
 */
import encodeQR from "qr";

const QUIET = 4;
/** Beyond version 20 the modules on a poster are too small for a phone at arm's length. */
export const MAX_QR_BYTES = 660;

/** How much of it may be lost. On a screen nothing is, and less correction makes larger modules; print is folded and rained upon. */
export type QrCorrection = "low" | "medium";

export interface QrPath {
  /** Modules along a side, the quiet zone among them. */
  readonly size: number;
  /** SVG path data of the dark modules, a run at a time, row by row. */
  readonly path: string;
}

/** Throws what the encoder throws where the text is longer than any code holds (some 2,300 bytes at medium). */
export function qrPath(text: string, ecc: QrCorrection): QrPath {
  const rows = encodeQR(text, "raw", { ecc, border: QUIET });
  let path = "";
  for (const [y, row] of rows.entries()) {
    for (let x = 0; x < row.length; x++) {
      if (!row[x]) continue;
      const from = x;
      while (row[x + 1]) x++;
      path += `M${from} ${y}h${x + 1 - from}v1H${from}z`;
    }
  }
  return { size: rows.length, path };
}

/** A file of its own, black on white in every colour scheme. */
export function qrSvg(text: string, ecc: QrCorrection = "medium"): string {
  const { size, path } = qrPath(text, ecc);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}"><rect width="${size}" height="${size}" fill="#fff"/><path d="${path}" fill="#000"/></svg>`;
}

/** A QR code (ISO/IEC 18004) as an SVG of one path, with the quiet zone that readers need. */
import encodeQR from "qr";

const QUIET = 4;
/** Beyond version 20 the modules on a poster are too small for a phone at arm's length. */
export const MAX_QR_BYTES = 660;

/** Medium correction: a poster is folded, rained upon and written over. */
export function qrSvg(text: string): string {
  const rows = encodeQR(text, "raw", { ecc: "medium", border: QUIET });
  const size = rows.length;
  let path = "";
  for (const [y, row] of rows.entries()) {
    for (let x = 0; x < row.length; x++) {
      if (!row[x]) continue;
      const from = x;
      while (row[x + 1]) x++;
      path += `M${from} ${y}h${x + 1 - from}v1H${from}z`;
    }
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}"><rect width="${size}" height="${size}" fill="#fff"/><path d="${path}" fill="#000"/></svg>`;
}

/** A link as a code to scan (ISO/IEC 18004), black on white in every colour scheme, with the quiet zone that readers need. */

import { useMemo } from "preact/hooks";
import encodeQR from "qr";

export function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  const { size, path } = useMemo(() => draw(text), [text]);
  return (
    <svg
      class="qr"
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      shape-rendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}

const QUIET = 4;

/** Runs of dark modules, row by row. */
function draw(text: string): { size: number; path: string } {
  // Shown on a screen, nothing of it is lost: less correction makes larger modules.
  const rows = encodeQR(text, "raw", { ecc: "low", border: QUIET });
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

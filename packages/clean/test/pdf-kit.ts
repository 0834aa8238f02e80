/** PDF files built byte by byte, with a table of where their objects are. */

/** Objects by number, from 1 on; the first is the catalog. A stream is a pair of entries and content. */
export type PdfObjects = Record<number, string | readonly [string, Uint8Array | string]>;

export function pdf(objects: PdfObjects, trailer = "", prefix: Uint8Array = new Uint8Array()): Uint8Array {
  const parts: Buffer[] = [Buffer.from(prefix)];
  if (prefix.length === 0) parts.push(Buffer.from("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "latin1"));
  const offsets = new Map<number, number>();
  const size = () => parts.reduce((sum, part) => sum + part.length, 0);
  for (const [number, object] of Object.entries(objects)) {
    offsets.set(Number(number), size());
    parts.push(Buffer.from(`${number} 0 obj\n`));
    if (typeof object === "string") parts.push(Buffer.from(object, "latin1"));
    else {
      const content = Buffer.from(object[1] as string, "latin1");
      parts.push(Buffer.from(`<< ${object[0]} /Length ${content.length} >>\nstream\n`, "latin1"), content);
      parts.push(Buffer.from("\nendstream"));
    }
    parts.push(Buffer.from("\nendobj\n"));
  }
  const start = size();
  const rows = [...offsets].map(([number, at]) => `${number} 1\n${String(at).padStart(10, "0")} 00000 n \n`);
  parts.push(Buffer.from(`xref\n0 1\n0000000000 65535 f \n${rows.join("")}`));
  parts.push(
    Buffer.from(`trailer\n<< /Size 100 /Root 1 0 R ${trailer} >>\nstartxref\n${start}\n%%EOF\n`, "latin1"),
  );
  return new Uint8Array(Buffer.concat(parts));
}

/** A catalog and one page with a line of text; more entries for catalog and page, and more objects. */
export function page(catalog = "", entries = "", more: PdfObjects = {}, trailer = ""): Uint8Array {
  return pdf(
    {
      1: `<< /Type /Catalog /Pages 2 0 R ${catalog} >>`,
      2: "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
      3: `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> ${entries} >>`,
      4: ["", "BT /F1 12 Tf 20 50 Td (We ask for an answer.) Tj ET"],
      5: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
      ...more,
    },
    trailer,
  );
}

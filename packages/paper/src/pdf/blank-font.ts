/**
 * Fonts of blank glyphs (ISO 32000-1, 9.6.5, Type 3), one for each letter that shares its glyph with others or has none: what they
 * draw is nothing, and what they say is the letter.
 */
import { utf16Hex } from "./page-fonts.ts";
import type { PdfFile } from "./pdf-file.ts";

/** Of each glyph, in sizes. Poppler takes a font of this kind to have the size that it says where this is so, to the last digit. */
const WIDTH = 0.5;
/** Codes have one byte. */
const CODES = 256;

export interface Room {
  /** Where the first letter begins, how much each has, and how high they are; in points. */
  readonly x: number;
  readonly y: number;
  readonly room: number;
  readonly size: number;
}

export class BlankFont {
  readonly #codes = new Map<string, number>();

  /** Lines of content that set each letter beside the other, from left to right. */
  show(letters: readonly string[], { x, y, room, size }: Room): string[] {
    return letters.flatMap((letter, i) => {
      const code = this.#codes.get(letter) ?? this.#codes.size;
      this.#codes.set(letter, code);
      return [
        `${nameOf(Math.floor(code / CODES))} ${number(size)} Tf`,
        `${number((100 * room) / size / WIDTH)} Tz`,
        `1 0 0 -1 ${number(x + i * room)} ${number(-y)} Tm`,
        `<${hex(code % CODES)}> Tj`,
        "100 Tz",
      ];
    });
  }

  /** The fonts, in a file and on its pages. */
  addTo(file: PdfFile, pages: readonly number[]): void {
    const letters = [...this.#codes.keys()];
    if (letters.length === 0) return;
    const glyph = file.addStream(`${WIDTH} 0 0 0 0 0 d1`);
    let resources = "";
    for (let i = 0; i * CODES < letters.length; i++) {
      const part = letters.slice(i * CODES, (i + 1) * CODES);
      const texts = file.addStream(toUnicode(part));
      const id = file.add(`<<
  /Type /Font
  /Subtype /Type3
  /FontBBox [0 0 0 0]
  /FontMatrix [1 0 0 1 0 0]
  /CharProcs << /blank ${glyph} 0 R >>
  /Encoding << /Type /Encoding /Differences [0 ${part.map(() => "/blank").join(" ")}] >>
  /FirstChar 0
  /LastChar ${part.length - 1}
  /Widths [${part.map(() => WIDTH).join(" ")}]
  /Resources << >>
  /ToUnicode ${texts} 0 R
>>`);
      resources += `\n      ${nameOf(i)} ${id} 0 R`;
    }
    for (const page of pages) file.edit(page, (object) => object.replace("/Font <<", `/Font <<${resources}`));
  }
}

function nameOf(font: number): string {
  return `/blank${font}`;
}

function toUnicode(letters: readonly string[]): string {
  const rows = letters.map((letter, code) => `<${hex(code)}> <${utf16Hex(letter)}>`);
  const parts: string[] = [];
  for (let i = 0; i < rows.length; i += 100) {
    const part = rows.slice(i, i + 100);
    parts.push(`${part.length} beginbfchar`, ...part, "endbfchar");
  }
  return `/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Blank def
/CMapType 2 def
1 begincodespacerange
<00> <FF>
endcodespacerange
${parts.join("\n")}
endcmap
CMapName currentdict /CMap defineresource pop
end
end`;
}

function hex(code: number): string {
  return code.toString(16).padStart(2, "0").toUpperCase();
}

/** As PDF has them: without an exponent. */
function number(value: number): string {
  return String(Number(value.toFixed(4)) + 0);
}

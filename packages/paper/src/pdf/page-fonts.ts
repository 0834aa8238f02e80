/** Fonts of a PDF as the typesetter writes them: what the codes of glyphs mean, and how wide they are. */
import { matched, type PdfFile } from "./pdf-file.ts";

export interface PageFont {
  /** UTF-16; empty where the font does not say. Codes are of two bytes. */
  text(code: number): string;
  /** In thousandths of the size. */
  width(code: number): number;
}

/** By object; null for a font that is not made of outlines under two-byte codes. */
export function readFont(file: PdfFile, id: number): PageFont | null {
  const font = file.object(id);
  if (!font.includes("/Type0") || !font.includes("/Identity-H")) return null;
  const texts = readTexts(file.stream(Number(matched(font, /\/ToUnicode (\d+) 0 R/)[1])));
  const widths = readWidths(file.object(Number(matched(font, /\/DescendantFonts \[(\d+) 0 R\]/)[1])));
  return { text: (code) => texts.get(code) ?? "", width: (code) => widths.get(code) ?? 0 };
}

function readTexts(map: string): Map<number, string> {
  const texts = new Map<number, string>();
  for (const [, code, text] of map.matchAll(/<([\dA-F]{4})> <((?:[\dA-F]{4})+)>/g)) {
    texts.set(Number.parseInt(code!, 16), utf16(Buffer.from(text!, "hex").toString("latin1")));
  }
  return texts;
}

/** Of `first last width` by turns, the only form that there is; all others are 0. */
function readWidths(font: string): Map<number, number> {
  const widths = new Map<number, number>();
  const list = matched(font, /\/W \[([\d.\s-]*)\]/)[1]!
    .trim()
    .split(/\s+/)
    .map(Number);
  for (let i = 0; i + 2 < list.length; i += 3) {
    for (let code = list[i]!; code <= list[i + 1]!; code++) widths.set(code, list[i + 2]!);
  }
  return widths;
}

/** Of bytes, the higher first. */
export function utf16(bytes: string): string {
  let text = "";
  for (let i = 0; i + 1 < bytes.length; i += 2) {
    text += String.fromCharCode(bytes.charCodeAt(i) * 256 + bytes.charCodeAt(i + 1));
  }
  return text;
}

export function utf16Hex(text: string): string {
  let hex = "";
  for (let i = 0; i < text.length; i++) hex += text.charCodeAt(i).toString(16).padStart(4, "0");
  return hex.toUpperCase();
}

/**
 * What stands on a page, text by text (ISO 32000-1, 9.4): which glyphs are where, and what they are said to mean. The typesetter
 * sets each run of one font and height by itself, and names the text of a piece that several glyphs draw (14.9.4, ActualText).
 */
import { type Bytes, type Operand, type Operation, operationsOf } from "./content.ts";
import { type PageFont, utf16 } from "./page-fonts.ts";

export interface Glyph {
  readonly code: number;
  /** In points, from where its item begins; upwards is more. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** The least that has a text of its own. */
export interface Piece {
  readonly text: string;
  readonly glyphs: readonly Glyph[];
  /** Where it begins and where the next one does, in points from where its item begins. */
  readonly from: number;
  readonly to: number;
  /** Whether its text is said beside its glyphs. */
  readonly said: boolean;
}

export interface TextItem {
  /** Of the content, from BT to ET. */
  readonly from: number;
  readonly to: number;
  /** Of its marked content; null where it has none. */
  readonly mark: number | null;
  /** What is said between its place and itself: its colour. */
  readonly setup: string;
  /** Name of a resource. */
  readonly font: string;
  /** In points. */
  readonly size: number;
  readonly mode: number;
  /** Whether it is marked as set from its end to its beginning. */
  readonly reversed: boolean;
  /** On the page, in points from its lower left corner. */
  readonly x: number;
  readonly y: number;
  readonly pieces: readonly Piece[];
}

type Matrix = readonly [number, number, number, number, number, number];

/** In the order of the page. Items that are turned, leaning or of other fonts are left out. */
export function textItemsOf(content: string, fonts: ReadonlyMap<string, PageFont>): TextItem[] {
  const items: TextItem[] = [];
  const kept: Matrix[] = [];
  const marks: (number | null)[] = [];
  let matrix: Matrix = [1, 0, 0, 1, 0, 0];
  let placed = 0;
  let text: Operation[] | null = null;
  for (const operation of operationsOf(content)) {
    const { operator, operands, to } = operation;
    text?.push(operation);
    if (operator === "q") kept.push(matrix);
    else if (operator === "Q") matrix = kept.pop() ?? matrix;
    else if (operator === "cm") {
      matrix = product(operands as unknown as Matrix, matrix);
      placed = to;
    } else if (operator === "BT") text = [operation];
    else if (operator === "ET" && text !== null) {
      const mark = marks.findLast((id) => id !== null) ?? null;
      const item = readItem(text, matrix, fonts);
      if (item !== null) items.push({ ...item, mark, setup: content.slice(placed, item.from) });
      text = null;
    } else if (text === null && (operator === "BMC" || operator === "BDC")) {
      const at = operands.indexOf("/MCID");
      marks.push(at === -1 ? null : Number(operands[at + 1]));
    } else if (text === null && operator === "EMC") marks.pop();
  }
  return items;
}

function product(a: Matrix, b: Matrix): Matrix {
  return [
    a[0] * b[0] + a[1] * b[2],
    a[0] * b[1] + a[1] * b[3],
    a[2] * b[0] + a[3] * b[2],
    a[2] * b[1] + a[3] * b[3],
    a[4] * b[0] + a[5] * b[2] + b[4],
    a[4] * b[1] + a[5] * b[3] + b[5],
  ];
}

function readItem(
  operations: readonly Operation[],
  [a, b, c, d, x, y]: Matrix,
  fonts: ReadonlyMap<string, PageFont>,
): Omit<TextItem, "mark" | "setup"> | null {
  if (a !== 1 || b !== 0 || c !== 0 || d !== -1) return null;
  const reader = new ItemReader(fonts);
  if (!operations.every((operation) => reader.read(operation)) || reader.pieces.length === 0) return null;
  const { font, size, mode, reversed } = reader;
  const pieces = reader.pieces.map((piece, i) => ({
    ...piece,
    to: reader.pieces[i + 1]?.from ?? end(piece),
  }));
  return { from: operations[0]!.from, to: operations.at(-1)!.to, font, size, mode, reversed, x, y, pieces };
}

function end({ glyphs }: Pick<Piece, "glyphs">): number {
  return Math.max(...glyphs.map(({ x, width }) => x + width));
}

class ItemReader {
  readonly pieces: Omit<Piece, "to">[] = [];
  font = "";
  size = 0;
  mode = 0;
  reversed = false;
  readonly #fonts: ReadonlyMap<string, PageFont>;
  readonly #open: (string | null)[] = [];
  #x = 0;

  constructor(fonts: ReadonlyMap<string, PageFont>) {
    this.#fonts = fonts;
  }

  /** Says whether it is one that the typesetter uses, in the way in which it does. */
  read({ operator, operands }: Operation): boolean {
    switch (operator) {
      case "BT":
      case "ET":
        return true;
      case "BMC":
        this.reversed ||= operands[0] === "/ReversedChars";
        this.#open.push(null);
        return operands[0] === "/ReversedChars";
      case "BDC":
        return this.#begin(operands);
      case "EMC":
        this.#open.pop();
        return true;
      case "Tr":
        return this.#same("mode", Number(operands[0]));
      case "Tf":
        return this.#same("font", String(operands[0])) && this.#same("size", Number(operands[1]));
      case "Tm":
        this.#x = Number(operands[4]);
        return operands.join(" ") === `1 0 0 -1 ${operands[4]} 0`;
      case "Tj":
      case "TJ":
        return this.#show(operands);
      default:
        return false;
    }
  }

  #same<K extends "font" | "size" | "mode">(key: K, value: this[K]): boolean {
    if (this.pieces.some(({ glyphs }) => glyphs.length > 0)) return this[key] === value;
    this[key] = value;
    return true;
  }

  #begin(operands: readonly Operand[]): boolean {
    const said = operands[operands.indexOf("/ActualText") + 1] as Bytes | undefined;
    if (operands[0] !== "/Span" || operands.length !== 5 || typeof said !== "object") return false;
    const text = textString(said.bytes);
    if (text === null || this.#open.some((outer) => outer !== null)) return false;
    this.#open.push(text);
    this.pieces.push({ text, glyphs: [], from: Number.NaN, said: true });
    return true;
  }

  #show(operands: readonly Operand[]): boolean {
    const font = this.#fonts.get(this.font);
    if (font === undefined) return false;
    const said = this.#open.some((text) => text !== null);
    let from = this.#x;
    for (const operand of operands) {
      if (typeof operand === "number") this.#x -= (operand * this.size) / 1000;
      if (typeof operand !== "object") continue;
      for (let i = 0; i + 1 < operand.bytes.length; i += 2) {
        const code = operand.bytes.charCodeAt(i) * 256 + operand.bytes.charCodeAt(i + 1);
        const glyph = { code, x: this.#x, y: 0, width: (font.width(code) * this.size) / 1000 };
        if (said) {
          const piece = this.pieces.pop()!;
          const begins = Number.isNaN(piece.from) ? from : piece.from;
          this.pieces.push({ ...piece, from: begins, glyphs: [...piece.glyphs, glyph] });
        } else {
          this.pieces.push({ text: font.text(code), glyphs: [glyph], from: this.#x, said: false });
        }
        this.#x += glyph.width;
        from = this.#x;
      }
    }
    return true;
  }
}

/** ISO 32000-1, 7.9.2.2; of PDFDocEncoding what ASCII has. */
function textString(bytes: string): string | null {
  if (bytes.startsWith("\xfe\xff")) return utf16(bytes.slice(2));
  return /^[\x20-\x7e]*$/.test(bytes) ? bytes : null;
}

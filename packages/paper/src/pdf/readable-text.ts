/**
 * Makes the text of a PDF come back letter for letter when it is copied, searched or read aloud. No glyph moves: what changes is
 * how the file says which letters the glyphs draw. Readers (poppler among them) take a piece of text to stand from its first glyph
 * to the end of its last, and share that room out among its letters, from left to right. So
 *
 * - what a piece says is said once, though its raised marks are set by themselves;
 * - its first glyph is the one that it begins with, and its last one is given the room up to the next piece;
 * - of what runs from right to left, each letter has a room of its own, in the order in which letters stand on the page. Letters
 *   that share their glyphs with others, or have none, have blank ones.
 */
import { BlankFont } from "./blank-font.ts";
import { type PageFont, readFont, utf16Hex } from "./page-fonts.ts";
import { matched, PdfFile } from "./pdf-file.ts";
import { parentsOf } from "./structure.ts";
import { type Glyph, type Piece, type TextItem, textItemsOf } from "./text-items.ts";
import { linesOf, RIGHT_TO_LEFT, SPACE, type TextLine } from "./text-lines.ts";

const LETTER = /\p{L}/u;
/** What has no direction of its own: marks upon letters; and signs and points as well. */
const MARK = /[\p{Mn}\p{Me}]$/u;
const SIGN = /[^\p{L}\p{N}\p{Mc}\s]$/u;
/** Points that do not show. */
const NOTHING = 0.01;

/** Of a PDF as the typesetter writes it; throws where it is not. */
export function withReadableText(pdf: Uint8Array): Uint8Array {
  const file = new PdfFile(pdf);
  const blanks = new BlankFont();
  const known = new Map<number, PageFont | null>();
  const pages: number[] = [];
  const parents = parentsOf(file);
  for (const id of file.ids()) {
    const page = file.object(id);
    if (!page.includes("/Type /Page\n") || !page.includes("/Font <<")) continue;
    pages.push(id);
    const fonts = new Map<string, PageFont>();
    const resources = matched(page, /\/Font <<([^>]*)>>/)[1]!;
    for (const [, name, of] of resources.matchAll(/(\/\S+) (\d+) 0 R/g)) {
      const object = Number(of);
      if (!known.has(object)) known.set(object, readFont(file, object));
      const font = known.get(object)!;
      if (font !== null) fonts.set(name!, font);
    }
    const contents = Number(matched(page, /\/Contents (\d+) 0 R/)[1]);
    const content = file.stream(contents);
    const lines = linesOf(textItemsOf(content, fonts), parents(page));
    const readable = rewritten(content, lines, blanks);
    if (readable !== content) file.setStream(contents, readable);
  }
  blanks.addTo(file, pages);
  return file.bytes();
}

function rewritten(content: string, lines: readonly TextLine[], blanks: BlankFont): string {
  let at = 0;
  let out = "";
  const ends = endsOf(lines);
  for (const line of lines) {
    const words = wordsOf(line).map((word, i, { length }) =>
      ended(word, i + 1 === length ? SIGN : MARK, ends),
    );
    if (words.flat().every(reads) && line.items.every(({ y }) => y === line.items[0]!.y)) continue;
    for (const [i, { from, to }] of line.items.entries()) {
      out += content.slice(at, from) + (i === 0 ? drawn(line, words, blanks) : "");
      at = to;
    }
  }
  return out + content.slice(at);
}

/** Whether what a piece says is found where it stands. */
function reads({ said, text }: Piece): boolean {
  return !said && !(text.length > 1 && RIGHT_TO_LEFT.test(text));
}

/** Marks of direction that a page's words have behind their last letter. */
interface Ends {
  readonly toLeft: string;
  readonly toRight: string;
}

/**
 * What has no direction, and ends a word, is taken to have the page's; so to stand before a word that runs the other way. Readers
 * count letters to know the page's direction, not quite as we do.
 */
function endsOf(lines: readonly TextLine[]): Ends {
  const letters = lines.flatMap(({ pieces }) => pieces).filter(({ text }) => LETTER.test(text));
  const share = letters.filter(({ text }) => RIGHT_TO_LEFT.test(text)).length / Math.max(1, letters.length);
  return { toLeft: share < 0.7 ? "\u200f" : "", toRight: share > 0.3 ? "\u200e" : "" };
}

function ended(word: readonly Piece[], without: RegExp, { toLeft, toRight }: Ends): Piece[] {
  const runsToLeft = word.some(({ text }) => RIGHT_TO_LEFT.test(text));
  const at = runsToLeft ? 0 : word.length - 1;
  const end = runsToLeft ? toLeft : toRight;
  if (end === "" || !without.test(word[at]!.text)) return [...word];
  return word.with(at, { ...word[at]!, said: true, text: word[at]!.text + end });
}

function drawn(line: TextLine, words: readonly (readonly Piece[])[], blanks: BlankFont): string {
  const [item] = line.items as readonly [TextItem];
  const lines = ["BT", `${item.mode} Tr`, `${item.font} ${number(item.size)} Tf`];
  const reversed = line.items.some((one) => one.reversed);
  for (const word of words) {
    if (reversed) lines.push("/ReversedChars BMC");
    let plain: Glyph[] = [];
    for (const piece of word) {
      if (reads(piece)) {
        plain.push(...piece.glyphs);
        continue;
      }
      lines.push(...shown(plain, item), ...said(piece, line, blanks));
      plain = [];
    }
    lines.push(...shown(plain, item));
    if (reversed) lines.push("EMC");
  }
  lines.push("ET");
  return lines.join("\n");
}

/** In the order in which they are drawn: what runs from right to left word by word, the first one first. */
function wordsOf({ pieces }: TextLine): Piece[][] {
  const toLeft = pieces.some(({ text }) => RIGHT_TO_LEFT.test(text));
  const words: Piece[][] = [[]];
  for (const piece of pieces) {
    if (SPACE.test(piece.text)) words.push([piece], []);
    else words.at(-1)!.push(piece);
  }
  return (toLeft ? words.reverse() : words).filter((word) => word.length > 0);
}

function said(piece: Piece, { items, base }: TextLine, blanks: BlankFont): string[] {
  const [item] = items as readonly [TextItem];
  const { text, from, to } = piece;
  const letters = Array.from(text);
  const apart = letters.length > 1 && RIGHT_TO_LEFT.test(text) ? letters.reverse() : [text];
  const room = (to - from) / apart.length;
  const glyphs = fromItsBeginning(piece, base);
  const last = glyphs.at(-1)!;
  const more = from + room - (last.x + last.width);
  return [
    `/Span <</ActualText <FEFF${utf16Hex(apart[0]!)}>>> BDC`,
    ...shown(glyphs.slice(0, -1), item),
    ...(Math.abs(more) < NOTHING
      ? shown([last], item)
      : [`${number(more)} Tc`, ...shown([last], item), "0 Tc"]),
    "EMC",
    ...blanks.show(apart.slice(1), { x: from + room, y: base, room, size: item.size }),
    ...(apart.length > 1 ? [`${item.font} ${number(item.size)} Tf`] : []),
  ];
}

/** The first of those that stand on the line goes before all others: they have one colour, so nothing else changes. */
function fromItsBeginning({ glyphs }: Piece, base: number): readonly Glyph[] {
  const letters = glyphs.filter(({ y, width }) => y === base && width > 0);
  if (letters.length === 0) return glyphs;
  const first = letters.reduce((a, b) => (b.x < a.x ? b : a));
  return [first, ...glyphs.filter((glyph) => glyph !== first)];
}

/** Glyphs, each in its place. */
function shown(glyphs: readonly Glyph[], { size }: TextItem): string[] {
  const lines: string[] = [];
  let parts: string[] = [];
  let pen = { x: 0, y: Number.NaN };
  const flush = () => {
    if (parts.length > 0) lines.push(`[${parts.join(" ").replaceAll("> <", "")}] TJ`);
    parts = [];
  };
  for (const { code, x, y, width } of glyphs) {
    if (y !== pen.y) {
      flush();
      lines.push(`1 0 0 -1 ${number(x)} ${number(-y)} Tm`);
      pen = { x: rounded(x, 4), y };
    }
    const move = rounded(((pen.x - x) * 1000) / size, 2);
    if (move !== 0) parts.push(number(move));
    parts.push(`<${code.toString(16).padStart(4, "0").toUpperCase()}>`);
    pen = { x: pen.x - (move * size) / 1000 + width, y };
  }
  flush();
  return lines;
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

function number(value: number): string {
  return String(rounded(value, 4) + 0);
}

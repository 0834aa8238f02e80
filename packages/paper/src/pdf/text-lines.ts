/**
 * Lines of a page: items beside each other that continue one text. The typesetter makes an item of its own of marks that stand
 * higher or lower than their letter, and says again there what the letter says; in a line each piece is one, and says it once.
 */
import type { Glyph, Piece, TextItem } from "./text-items.ts";

/** Letters that run so, their marks, and the mark of that direction. */
export const RIGHT_TO_LEFT =
  /[\u200f\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
export const SPACE = /^\s+$/;
/** Where a long word may break: ours, and nothing that anybody wrote, since texts have no such letter. */
const BREAK = "\u200b";

export interface TextLine {
  readonly items: readonly TextItem[];
  /** From left to right. Places are from where the first item begins. */
  readonly pieces: readonly Piece[];
  /** How high its letters stand, where the first item may be a mark. */
  readonly base: number;
}

/** `parentOf` says which element of the document's structure a marked content belongs to. */
export function linesOf(
  items: readonly TextItem[],
  parentOf: (mark: number) => number | undefined,
): TextLine[] {
  const groups: TextItem[][] = [];
  for (const item of items) {
    const group = groups.at(-1);
    if (group !== undefined && continues(group.at(-1)!, item, parentOf)) group.push(item);
    else groups.push([item]);
  }
  return groups.map(lineOf);
}

function continues(a: TextItem, b: TextItem, parentOf: (mark: number) => number | undefined): boolean {
  const end = a.x + Math.max(0, a.pieces.at(-1)!.to);
  return (
    a.font === b.font &&
    a.size === b.size &&
    a.mode === b.mode &&
    a.setup === b.setup &&
    a.mark !== null &&
    b.mark !== null &&
    parentOf(a.mark) !== undefined &&
    parentOf(a.mark) === parentOf(b.mark) &&
    Math.abs(a.y - b.y) < a.size &&
    b.x > a.x - a.size / 20 &&
    b.x < end + a.size
  );
}

function lineOf(items: readonly TextItem[]): TextLine {
  const [first] = items as readonly [TextItem];
  const pieces: Piece[] = [];
  for (const item of items) {
    const [x, y] = [item.x - first.x, item.y - first.y];
    for (const [i, piece] of item.pieces.entries()) {
      const moved: Piece = {
        ...piece,
        text: piece.text.replaceAll(BREAK, ""),
        said: piece.said || piece.text.includes(BREAK),
        from: piece.from + x,
        to: piece.to + x,
        glyphs: piece.glyphs.map((glyph) => ({ ...glyph, x: glyph.x + x, y })),
      };
      const before = pieces.at(-1);
      if (i === 0 && before !== undefined && isOne(before, moved))
        pieces[pieces.length - 1] = joined(before, moved);
      else pieces.push(moved);
    }
  }
  const base = baseOf(pieces.flatMap(({ glyphs }) => glyphs));
  const wide = withRoom(pieces);
  return {
    items,
    base,
    pieces: wide.map((piece, i) => {
      const next = wide[i + 1];
      const end = endOf(piece, base);
      if (next === undefined) return { ...piece, to: end };
      // Letters so far from each other, or upon each other, are taken for words.
      const apart =
        Math.abs(next.from - end) > first.size / 20 && !SPACE.test(piece.text) && !SPACE.test(next.text);
      return { ...piece, to: next.from, said: piece.said || apart };
    }),
  };
}

/** Each with room of its own: what has none belongs to the letter before it, which is on its right where a line runs to the left. */
function withRoom(pieces: readonly Piece[]): Piece[] {
  const toLeft = pieces.some(({ text }) => RIGHT_TO_LEFT.test(text));
  const wide: Piece[] = [];
  for (const piece of toLeft ? pieces.toReversed() : pieces) {
    const before = wide.at(-1);
    if (before !== undefined && !SPACE.test(before.text) && isMark(piece)) {
      const glyphs = [...before.glyphs, ...piece.glyphs];
      wide[wide.length - 1] = { ...before, said: true, glyphs, text: before.text + piece.text };
    } else wide.push(piece);
  }
  return toLeft ? wide.reverse() : wide;
}

/** Whether one goes on, higher or lower, with what the other began; what is said twice is drawn twice. */
function isOne(a: Piece, b: Piece): boolean {
  if (a.text !== b.text || a.glyphs.at(-1)!.y === b.glyphs[0]!.y) return false;
  const again = (glyph: Glyph) =>
    a.glyphs.some(({ code, y }) => code === glyph.code && Math.abs(y - glyph.y) < 0.01);
  return !b.glyphs.every(again);
}

/** A mark's place is not where its letter begins. */
function joined(a: Piece, b: Piece): Piece {
  const from = isMark(a) && !isMark(b) ? b.from : a.from;
  return { ...a, said: true, from, glyphs: [...a.glyphs, ...b.glyphs] };
}

/** Takes no room. */
function isMark({ glyphs }: Piece): boolean {
  return glyphs.every(({ width }) => width === 0);
}

/** The height that has most of the width: marks stand at several. */
function baseOf(glyphs: readonly Glyph[]): number {
  const widths = new Map<number, number>();
  for (const { y, width } of glyphs) widths.set(y, (widths.get(y) ?? 0) + width);
  return [...widths].reduce((a, b) => (b[1] > a[1] ? b : a))[0];
}

function endOf({ glyphs, from }: Piece, base: number): number {
  const ends = glyphs.filter(({ y }) => y === base).map(({ x, width }) => x + width);
  return Math.max(from, ...ends);
}

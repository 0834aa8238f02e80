/** Titles that are too long: shrunk by the template as far as can be read, then cut at a word. */

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });
const LONG_WORD = 14;

/**
 * A title in pieces, of which a template takes as many as have room: words with the space before them; what has no spaces (or a word
 * that is longer than a line) letter by letter.
 */
export function piecesOf(title: string): string[] {
  return (title.match(/\s*\S+/g) ?? []).flatMap((word) =>
    word.length <= LONG_WORD ? [word] : Array.from(graphemes.segment(word), ({ segment }) => segment),
  );
}

/**
 * Typst: `shrunk(pieces, sizes, fits, set-in)` sets in the first size in which all fits; if none does, in the last one as many
 * pieces as fit, with an ellipsis.
 */
export const SHRUNK = `
#let shrunk(pieces, sizes, fits, set-in) = {
  let whole = pieces.join()
  let size = sizes.find(size => fits(set-in(size, whole)))
  if size != none { return set-in(size, whole) }
  let size = sizes.last()
  let (low, high) = (1, pieces.len())
  while low < high {
    let middle = calc.quo(low + high + 1, 2)
    if fits(set-in(size, pieces.slice(0, middle).join() + "…")) { low = middle } else { high = middle - 1 }
  }
  set-in(size, pieces.slice(0, low).join() + "…")
}
`;

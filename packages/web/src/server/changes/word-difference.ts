/**
 * The difference of two texts, word by word (Myers, npm diff). Words are those of the language (UAX #29), so that what belongs
 * together is not cut: Arabic letters join, and Thai has no spaces. Texts are other people's and may be made to be hard to
 * compare: so work is bounded by steps, never by time, and what takes more is compared line by line, or shown as one text for
 * another.
 */
import { diffArrays } from "diff";

/** Put one after another, `same` and `removed` are the old text, `same` and `added` the new one. */
export interface Piece {
  readonly is: "same" | "removed" | "added";
  readonly text: string;
}

/** Words, or lines, that may be different. Work grows with its square. */
const MOST_CHANGES = 1000;

/** `language` is a BCP 47 tag; one that nobody knows is taken for English. */
export function wordDifference(before: string, after: string, language: string): Piece[] {
  if (before === after) return before === "" ? [] : [{ is: "same", text: before }];
  const segmenter = segmenterOf(language);
  const pieces = compared(wordsOf(before, segmenter), wordsOf(after, segmenter)) ??
    compared(linesOf(before), linesOf(after)) ?? [piece("removed", before), piece("added", after)];
  return joined(pieces);
}

/** Null where it takes too much work. */
function compared(before: string[], after: string[]): Piece[] | null {
  const changes = diffArrays(before, after, { maxEditLength: MOST_CHANGES });
  if (changes === undefined) return null;
  return changes.map(({ added, removed, value }) =>
    piece(added ? "added" : removed ? "removed" : "same", value.join("")),
  );
}

function piece(is: Piece["is"], text: string): Piece {
  return { is, text };
}

/** White space is kept as it is, line feeds one by one. */
function wordsOf(text: string, segmenter: Intl.Segmenter): string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** Each with the line feed that ends it. */
function linesOf(text: string): string[] {
  return text.split(/(?<=\n)/);
}

function segmenterOf(language: string): Intl.Segmenter {
  try {
    return new Intl.Segmenter(language, { granularity: "word" });
  } catch {
    return new Intl.Segmenter("en", { granularity: "word" });
  }
}

/**
 * What stands between two changes and is only a space or a sign belongs to them: a new sentence then reads as one, and not as
 * every second word. Of a run of changes the removed comes first.
 */
function joined(pieces: readonly Piece[]): Piece[] {
  const out: Piece[] = [];
  let removed = "";
  let added = "";
  const flush = () => {
    if (removed !== "") out.push(piece("removed", removed));
    if (added !== "") out.push(piece("added", added));
    removed = added = "";
  };
  pieces.forEach(({ is, text }, i) => {
    const within = removed !== "" || added !== "";
    if (is === "removed") removed += text;
    else if (is === "added") added += text;
    else if (within && i < pieces.length - 1 && /^[^\S\n]+$/.test(text)) {
      removed += text;
      added += text;
    } else {
      flush();
      out.push({ is, text });
    }
  });
  flush();
  return out;
}

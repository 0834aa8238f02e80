/**
 * How two texts differ, by their sentences: which of the one are nowhere in the other. Where a sentence stands does not count:
 * pages are rearranged every day. Both texts may be an attacker's; the work grows with their length alone.
 */
import type { Comparison } from "@undersigned/core";

export interface TextDifference {
  /** Percent of the copy, by characters, that is not in the other text; 0 only if nothing is missing. */
  readonly gone: number;
  /** Percent of the other text that is not in the copy. */
  readonly added: number;
  /** The first sentences that are missing in the other, cut to 200 characters. */
  readonly differences: Comparison["differences"];
}

const SHOWN = 3;
const SHOWN_CHARACTERS = 200;

/** Paragraphs of each, without line ends. */
export function textDifference(copy: readonly string[], source: readonly string[]): TextDifference {
  const [ours, theirs] = [sentencesOf(copy), sentencesOf(source)];
  const gone = missing(ours, theirs);
  const added = missing(theirs, ours);
  const shown = (all: readonly string[], where: "copy" | "source") =>
    all.slice(0, SHOWN).map((text) => ({ in: where, text: cut(text) }));
  return {
    gone: percent(gone, ours),
    added: percent(added, theirs),
    differences: [...shown(gone, "copy"), ...shown(added, "source")],
  };
}

function sentencesOf(paragraphs: readonly string[]): string[] {
  return paragraphs
    .flatMap((paragraph) => paragraph.normalize("NFC").split(/(?<=[.!?…。！？؟])\s+|\n+/u))
    .map((sentence) => sentence.replace(/\s+/g, " ").trim())
    .filter((sentence) => sentence !== "");
}

function missing(all: readonly string[], within: readonly string[]): string[] {
  const known = new Set(within);
  return all.filter((sentence) => !known.has(sentence));
}

function percent(part: readonly string[], whole: readonly string[]): number {
  const [some, all] = [lengthOf(part), lengthOf(whole)];
  return some === 0 ? 0 : Math.max(1, Math.floor((100 * some) / all));
}

const lengthOf = (sentences: readonly string[]) => sentences.reduce((sum, { length }) => sum + length, 0);

function cut(sentence: string): string {
  const characters = Array.from(sentence.slice(0, 2 * SHOWN_CHARACTERS));
  // A pair that was cut in two is no text.
  const text = characters.slice(0, SHOWN_CHARACTERS).join("").toWellFormed();
  return characters.length > SHOWN_CHARACTERS ? `${text}…` : text;
}

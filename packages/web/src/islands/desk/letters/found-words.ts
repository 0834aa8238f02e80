/**
 * What package clean says of traces, in the page's language. It says sentences of its own, in English, and never repeats what it
 * found. Each has a message: a test holds them against each other.
 */
import type { FoundWords } from "@undersigned/clean";
import { say } from "../../say.ts";

export function foundWords(words: FoundWords): string {
  return say.known(`desk.found.${foundKey(words)}`) ?? words;
}

/** A message's name, made of the sentence: its letters alone. */
export function foundKey(words: string): string {
  return words
    .toLowerCase()
    .replace(/[^a-z]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 60)
    .replace(/-$/, "");
}

/** How long the text is to read, and how hard. */
import { readingLevel } from "@undersigned/clean";
import { useMemo } from "preact/hooks";
import { counted, number } from "../../../../shared/words/numbers.ts";

const LEVELS = {
  easy: "Easy to read, as a newspaper is.",
  plain: "Plain enough for most people who read at work.",
  hard: "Hard to read. Shorter sentences and shorter words reach more people.",
} as const;

export function Reading({ text, language }: { readonly text: string; readonly language: string }) {
  const level = useMemo(() => readingLevel(text, language), [text, language]);
  if (level === null) return null;
  return (
    <p>
      {counted(level.words, "word", "words")}, {counted(level.minutes, "minute", "minutes")} to read,{" "}
      {number(Math.round(level.words / level.sentences))} words to a sentence. {LEVELS[level.level]}
    </p>
  );
}

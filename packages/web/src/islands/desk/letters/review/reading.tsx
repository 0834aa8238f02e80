/** How long the text is to read, and how hard. */

import { readingLevel } from "@undersigned/clean";
import { useMemo } from "preact/hooks";
import { say } from "../../../say.ts";

export function Reading({ text, language }: { readonly text: string; readonly language: string }) {
  const level = useMemo(() => readingLevel(text, language), [text, language]);
  if (level === null) return null;
  return (
    <p>
      {say("desk-writing.reading", {
        words: level.words,
        minutes: level.minutes,
        each: Math.round(level.words / level.sentences),
      })}{" "}
      {say(`desk-writing.reading.${level.level}`)}
    </p>
  );
}

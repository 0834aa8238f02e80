/** Words as elements: other people's text is isolated, so that its direction stays its own; days are machine-readable. */
import type { Day } from "@undersigned/core";
import { longDay } from "./words/days.ts";
import type { Words } from "./words/words.ts";

export function Says({ words }: { readonly words: Words }) {
  return (
    <>
      {words.map((word) => {
        if (typeof word === "string") return word;
        return "foreign" in word ? <bdi>{word.foreign}</bdi> : <time datetime={word.day}>{word.text}</time>;
      })}
    </>
  );
}

export function DayTime({ day }: { readonly day: Day }) {
  return <time datetime={day}>{longDay(day)}</time>;
}

/** Text with blank lines between its paragraphs and line feeds within them. */
export function Paragraphs({ text }: { readonly text: string }) {
  return (
    <>
      {text
        .split(/\n{2,}/)
        .filter((paragraph) => paragraph.trim() !== "")
        .map((paragraph) => (
          <p class="lines">{paragraph}</p>
        ))}
    </>
  );
}

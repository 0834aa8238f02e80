/** Words as elements: other people's text is isolated, so that its direction stays its own; days are machine-readable. */
import type { Day } from "@undersigned/core";
import type { Words } from "@undersigned/messages";
import type { ComponentChildren } from "preact";
import { Speech } from "./speech-context.ts";

export function Says({ words }: { readonly words: Words }) {
  return (
    <>
      {words.map((word) => {
        if (typeof word === "string") return word;
        if ("foreign" in word) return <bdi>{word.foreign}</bdi>;
        if ("day" in word)
          return (
            <time datetime={word.day} dir="auto">
              {word.text}
            </time>
          );
        return word.made as ComponentChildren;
      })}
    </>
  );
}

/** As the page's language writes it. */
export function DayTime({ day }: { readonly day: Day }) {
  // Without a hook: the signing page's first load has none.
  return (
    <Speech.Consumer>
      {(say) => (
        <time datetime={day} dir="auto">
          {say?.day(day).text ?? day}
        </time>
      )}
    </Speech.Consumer>
  );
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

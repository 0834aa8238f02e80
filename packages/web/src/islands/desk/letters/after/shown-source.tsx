/** A source as it stands in the log. */
import type { Source } from "@undersigned/core";
import { longDay } from "../../../../shared/words/days.ts";

export function ShownSource({ source }: { readonly source: Source }) {
  const { title, publisher, day, url, quote, copy } = source;
  return (
    <div class="sources">
      <p>
        <a href={url} target="_blank" rel="noreferrer noopener">
          <bdi>{title}</bdi> (in a new tab)
        </a>
        , <bdi>{publisher}</bdi>
        {day !== null && `, ${longDay(day)}`}
        {copy !== null && ". A captured copy is kept"}.
      </p>
      {quote !== "" && (
        <blockquote dir="auto">
          <Lines text={quote} />
        </blockquote>
      )}
    </div>
  );
}

/** A text of several lines, as it was written: never as HTML. */
export function Lines({ text }: { readonly text: string }) {
  return (
    <>
      {text.split(/\n{2,}/).map((part, i) => (
        <p dir="auto" key={i}>
          {part.split("\n").flatMap((line, j) => (j === 0 ? [line] : [<br key={j} />, line]))}
        </p>
      ))}
    </>
  );
}

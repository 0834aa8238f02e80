/** A source as it stands in the log. */

import type { Source } from "@undersigned/core";
import { foreign } from "@undersigned/messages";
import { Says } from "../../../../shared/says.tsx";
import { say } from "../../../say.ts";

export interface ShownSourceProps {
  readonly source: Source;
  /** Of the part that shows it: each brings its own words. */
  readonly area?: "desk-after" | "desk-timeline";
}

export function ShownSource({ source, area = "desk-after" }: ShownSourceProps) {
  const { title, publisher, day, url, quote, copy } = source;
  return (
    <div class="sources">
      <p>
        <Says
          words={say.rich(`${area}.shown-source`, {
            title: foreign(title),
            publisher: foreign(publisher),
            dated: day === null ? "no" : "yes",
            day: day === null ? "" : say.day(day),
            copied: copy === null ? "no" : "yes",
            link: (words) => (
              <a href={url} target="_blank" rel="noreferrer noopener">
                <Says words={words} />
              </a>
            ),
          })}
        />
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

/** The supplementary document: each claim with its sources, and the words that it rests on. */
import type { LetterManifest } from "@undersigned/core";
import { DayTime, Paragraphs } from "../says.tsx";
import { AWAY, webLink } from "../web-link.ts";

type Document = NonNullable<LetterManifest["supplement"]>;
type Source = Document["claims"][number]["sources"][number];

export function Supplement({ supplement }: { readonly supplement: Document }) {
  return (
    <section class="supplement" aria-labelledby="supplement">
      <h2 id="supplement">
        <bdi>{supplement.title}</bdi>
      </h2>
      <ol class="items">
        {supplement.claims.map(({ id, text, sources }) => (
          <li key={id} class="item" id={`claim-${id}`}>
            <div class="claim" dir="auto">
              <Paragraphs text={text} />
            </div>
            <p class="visually-hidden" lang="en">
              Sources
            </p>
            <ul class="sources">
              {sources.map((source) => (
                <SourceEntry key={source.url} source={source} />
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </section>
  );
}

function SourceEntry({ source }: { readonly source: Source }) {
  const { title, publisher, day, url, quote, copy } = source;
  const link = webLink(url);
  return (
    <li class="source">
      <p>
        <cite>
          {link === null ? (
            <bdi>{title}</bdi>
          ) : (
            <a href={link} rel={AWAY}>
              <bdi>{title}</bdi>
            </a>
          )}
        </cite>
        , <bdi>{publisher}</bdi>
        {day !== null && (
          <>
            , <DayTime day={day} />
          </>
        )}
      </p>
      {link === null && (
        <p class="address">
          <bdi>{url}</bdi>
        </p>
      )}
      {quote !== "" && (
        <blockquote dir="auto">
          <Paragraphs text={quote} />
        </blockquote>
      )}
      {copy !== null && (
        <p class="small" lang="en">
          SHA-256 of a kept copy: <code>{copy}</code>
        </p>
      )}
    </li>
  );
}

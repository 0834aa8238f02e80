/** The supplementary document: each claim with its sources, and the words that it rests on. */
import type { LetterManifest, Source } from "@undersigned/core";
import { DayTime, Paragraphs } from "../says.tsx";
import { AWAY, webLink } from "../web-link.ts";

type Document = NonNullable<LetterManifest["supplement"]>;

interface SupplementProps {
  readonly supplement: Document;
  readonly copyAt: ((sha256: string) => string) | undefined;
}

export function Supplement({ supplement, copyAt }: SupplementProps) {
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
                <SourceEntry key={source.url} source={source} copyAt={copyAt} />
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </section>
  );
}

export function SourceEntry({
  source,
  copyAt,
}: { readonly source: Source } & Pick<SupplementProps, "copyAt">) {
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
          {copyAt !== undefined && (
            <>
              <a href={copyAt(copy)}>See the kept copy</a>.{" "}
            </>
          )}
          SHA-256 of a kept copy: <code>{copy}</code>
        </p>
      )}
    </li>
  );
}

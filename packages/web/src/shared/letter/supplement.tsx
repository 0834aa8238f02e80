/** The supplementary document: each claim with its sources, and the words that it rests on. */
import type { LetterManifest, Source } from "@undersigned/core";
import { foreign } from "@undersigned/messages";
import type { ComponentChildren } from "preact";
import { Paragraphs, Says } from "../says.tsx";
import { useSay } from "../speech.ts";
import { linkTo, TAGS } from "../tags.tsx";
import { AWAY, webLink } from "../web-link.ts";

type Document = NonNullable<LetterManifest["supplement"]>;

interface SupplementProps {
  readonly supplement: Document;
  readonly copyAt: ((sha256: string) => string) | undefined;
}

export function Supplement({ supplement, copyAt }: SupplementProps) {
  const say = useSay();
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
            <p class="visually-hidden" lang={say.language} dir={say.direction}>
              {say("shared.sources")}
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
  const say = useSay();
  const { title, url, quote, copy } = source;
  const link = webLink(url);
  return (
    <li class="source">
      <p>
        <SourceLine source={source}>
          {link === null ? (
            <bdi>{title}</bdi>
          ) : (
            <a href={link} rel={AWAY}>
              <bdi>{title}</bdi>
            </a>
          )}
        </SourceLine>
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
        <p class="small" lang={say.language} dir={say.direction}>
          <Says
            words={
              copyAt === undefined
                ? say.rich("shared.copy", { ...TAGS, hash: copy })
                : say.rich("shared.copy.shown", { ...TAGS, link: linkTo(copyAt(copy)), hash: copy })
            }
          />
        </p>
      )}
    </li>
  );
}

/** Title, which is given as it is to be shown, publisher and day. */
export function SourceLine({
  source: { publisher, day },
  children,
}: {
  readonly source: Source;
  readonly children: ComponentChildren;
}) {
  const say = useSay();
  const title = { made: <cite>{children}</cite> };
  const by = { title, publisher: foreign(publisher) };
  return (
    <Says
      words={
        day === null
          ? say.rich("shared.source", by)
          : say.rich("shared.source.of-day", { ...by, day: say.day(day) })
      }
    />
  );
}

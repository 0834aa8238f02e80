/**
 * `/w/…/letters/…/copies/…`: a kept copy of a source, to look at. It was cleaned before it was taken, and nothing here rests on
 * that: a picture is shown as one, a text as one, a page in a frame in which nothing runs, loads or leads out; a PDF is kept as
 * a file, since browsers let no frame hold one that they open.
 */
import type { CopyType } from "@undersigned/core";
import type { PublicFile } from "@undersigned/service";
import { copyPath } from "@undersigned/verify";
import {
  copiedPage as copiedAddress,
  letterPage as letterAddress,
  publicFile,
} from "../../../shared/addresses.ts";
import { DayTime, Paragraphs } from "../../../shared/says.tsx";
import { AWAY, webLink } from "../../../shared/web-link.ts";
import { directionOf } from "../../../shared/words/direction.ts";
import type { ClientBuild } from "../../client-build.ts";
import { FIXED_HEADERS, htmlPage } from "../../html.tsx";
import type { KeptCopy } from "../../load-copy.ts";
import type { LetterData } from "../../load-letter.ts";
import { titleOf } from "./letter-page.tsx";

const KINDS: Readonly<Record<CopyType, string>> = {
  "application/pdf": "a PDF",
  "image/jpeg": "a picture",
  "image/png": "a picture",
  "image/webp": "a picture",
  "text/html": "a page",
  "text/plain": "a text",
};

export function copyPage(build: ClientBuild, data: LetterData, copy: KeptCopy): PublicFile {
  const { manifest, workforce, letter, clientLogged } = data;
  const language = manifest?.language ?? "en";
  return htmlPage(build, {
    title: `A kept copy: ${titleOf(data)}`,
    leave: true,
    rehearsal: data.rehearsal,
    clientLogged,
    // What others have written and published is found where they keep it.
    noindex: true,
    frames: copy.type === "text/html",
    children: (
      <div class="column">
        <p class="over">
          <a href={letterAddress(workforce, letter)}>
            <bdi lang={language} dir={directionOf(language)}>
              {titleOf(data)}
            </bdi>
          </a>
        </p>
        <h1>A kept copy of a source</h1>
        <p>
          This is {KINDS[copy.type]} that organisers of the letter have kept, in case it vanishes elsewhere.
          What could give readers or organisers away was taken out of it; so it may look otherwise than where
          it comes from. That it is a faithful copy, nobody vouches for but them: compare it with the source.
        </p>
        <ul class="sources">
          {copy.sources.map((source) => (
            <Source source={source} />
          ))}
        </ul>
        <Shown copy={copy} data={data} />
        <p>
          <a href={publicFile(workforce, copyPath(copy.sha256))} download={`copy${ENDINGS[copy.type]}`}>
            Save the copy as a file
          </a>
        </p>
        <p class="small">
          Its SHA-256 in base64url, as the letter names it: <code>{copy.sha256}</code>
        </p>
      </div>
    ),
  });
}

const ENDINGS: Readonly<Record<CopyType, string>> = {
  "application/pdf": ".pdf",
  "image/jpeg": ".jpg",
  "image/png": ".png",
  "image/webp": ".webp",
  "text/html": ".html",
  "text/plain": ".txt",
};

function Source({ source }: { readonly source: KeptCopy["sources"][number] }) {
  const { title, publisher, day, url, quote } = source;
  const link = webLink(url);
  return (
    <li class="source">
      <p>
        <cite>
          <bdi>{title}</bdi>
        </cite>
        , <bdi>{publisher}</bdi>
        {day !== null && (
          <>
            , <DayTime day={day} />
          </>
        )}
      </p>
      <p class="address">
        {link === null ? (
          <bdi>{url}</bdi>
        ) : (
          <a href={link} rel={AWAY}>
            <bdi>{url}</bdi>
          </a>
        )}
      </p>
      {quote !== "" && (
        <blockquote dir="auto">
          <Paragraphs text={quote} />
        </blockquote>
      )}
    </li>
  );
}

function Shown({ copy, data }: { readonly copy: KeptCopy; readonly data: LetterData }) {
  const { workforce, letter } = data;
  const { type, sha256, bytes } = copy;
  if (type === "text/plain")
    return (
      <pre class="copy-text" dir="auto">
        {new TextDecoder().decode(bytes)}
      </pre>
    );
  if (type === "text/html") {
    const page = copiedAddress(workforce, letter, sha256);
    return (
      <>
        <iframe class="copy-frame" src={page} title="The kept copy" sandbox="" />
        <p class="small">
          Links in it lead nowhere from here. <a href={page}>See the page by itself</a>
        </p>
      </>
    );
  }
  if (type === "application/pdf")
    return <p>A PDF is not shown here: save it, and your browser or another program opens the file.</p>;
  return <img class="copy-picture" src={publicFile(workforce, copyPath(sha256))} alt="The kept copy" />;
}

/**
 * Null for what is no page by its first bytes. Its origin is none, so that it could reach nothing of this site; it may run
 * and load nothing; and only pages of this site may hold it in a frame.
 */
export function copiedPage({ type, bytes }: KeptCopy): PublicFile | null {
  if (type !== "text/html") return null;
  return {
    body: bytes,
    contentType: "text/html; charset=utf-8",
    cache: "short",
    headers: {
      ...FIXED_HEADERS,
      "content-security-policy":
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox",
      "x-frame-options": "SAMEORIGIN",
      "x-robots-tag": "noindex",
    },
  };
}

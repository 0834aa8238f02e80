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
  inLanguage,
  letterPage as letterAddress,
  publicFile,
} from "../../../shared/addresses.ts";
import { SourceLine } from "../../../shared/letter/supplement.tsx";
import { Paragraphs, Says } from "../../../shared/says.tsx";
import { useSay } from "../../../shared/speech.ts";
import { linkTo, TAGS } from "../../../shared/tags.tsx";
import { AWAY, webLink } from "../../../shared/web-link.ts";
import { directionOf } from "../../../shared/words/direction.ts";
import { FIXED_HEADERS, type Frame, htmlPage } from "../../html.tsx";
import type { KeptCopy } from "../../load-copy.ts";
import type { LetterData } from "../../load-letter.ts";
import { titleOf } from "./letter-page.tsx";

const KINDS: Readonly<Record<CopyType, string>> = {
  "application/pdf": "pdf",
  "image/jpeg": "picture",
  "image/png": "picture",
  "image/webp": "picture",
  "text/html": "page",
  "text/plain": "text",
};

export function copyPage(frame: Frame, data: LetterData, copy: KeptCopy): PublicFile {
  const { manifest, workforce, letter, clientLogged } = data;
  const language = manifest?.language ?? "en";
  const { say } = frame;
  return htmlPage(frame, {
    title: say("public.copy.title", { letter: titleOf(say, data) }),
    leave: true,
    rehearsal: data.rehearsal,
    clientLogged,
    // What others have written and published is found where they keep it.
    noindex: true,
    frames: copy.type === "text/html",
    children: (
      <div class="column">
        <p class="over">
          <a href={inLanguage(say.language, letterAddress(workforce, letter))}>
            <bdi lang={language} dir={directionOf(language)}>
              {titleOf(say, data)}
            </bdi>
          </a>
        </p>
        <h1>{say("public.copy")}</h1>
        <p>{say("public.copy.what", { type: KINDS[copy.type] })}</p>
        <ul class="sources">
          {copy.sources.map((source) => (
            <Source source={source} />
          ))}
        </ul>
        <Shown copy={copy} data={data} />
        <p>
          <a href={publicFile(workforce, copyPath(copy.sha256))} download={`copy${ENDINGS[copy.type]}`}>
            {say("public.copy.save")}
          </a>
        </p>
        <p class="small">
          <Says words={say.rich("public.copy.hash", { ...TAGS, hash: copy.sha256 })} />
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
  const { title, url, quote } = source;
  const link = webLink(url);
  return (
    <li class="source">
      <p>
        <SourceLine source={source}>
          <bdi>{title}</bdi>
        </SourceLine>
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
  const say = useSay();
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
        <iframe class="copy-frame" src={page} title={say("public.copy.shown")} sandbox="" />
        <p class="small">
          <Says words={say.rich("public.copy.links", { link: linkTo(page) })} />
        </p>
      </>
    );
  }
  if (type === "application/pdf") return <p>{say("public.copy.pdf")}</p>;
  return (
    <img class="copy-picture" src={publicFile(workforce, copyPath(sha256))} alt={say("public.copy.shown")} />
  );
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

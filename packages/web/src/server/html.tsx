/**
 * The frame of every page, and the headers that hold it: no script but our own files (none at all where a page only is to be
 * read), nothing from elsewhere, no frame around it, nothing kept where a person acts.
 */
import type { Day } from "@undersigned/core";
import { LANGUAGES, type Language, MANNERS, type Say } from "@undersigned/messages";
import type { PublicFile } from "@undersigned/service";
import type { ComponentChildren } from "preact";
import { renderToString } from "preact-render-to-string";
import { FRONT, inLanguage, LEARNS, LEFT, RECOUNT } from "../shared/addresses.ts";
import type { IslandData } from "../shared/island-data.ts";
import { type Island, PARTS, type PartOf, partAttribute } from "../shared/parts.ts";
import { Says } from "../shared/says.tsx";
import { useSay } from "../shared/speech.ts";
import { SpeechProvider } from "../shared/speech-context.ts";
import { TAGS } from "../shared/tags.tsx";
import type { ClientBuild } from "./client-build.ts";
import { ClientLine } from "./pages/client-line.tsx";

/** What all pages of a request have in common. */
export interface Frame {
  readonly build: ClientBuild;
  /** In the page's language. */
  readonly say: Say;
  /** The page's address as it is in English; null for what is no page of its own. */
  readonly path: string | null;
}

/** What stands in a page's head for programs. */
export interface Ways {
  readonly links: readonly { readonly type: string; readonly href: string; readonly title: string }[];
  /** Of Open Graph where the name begins with `og:`. */
  readonly metas: readonly (readonly [name: string, content: string])[];
}

export interface PageOptions {
  readonly title: string;
  readonly status?: 200 | 404;
  /** Whether search engines are asked to leave the page out. */
  readonly noindex?: boolean;
  /** Whether it shows a letter that is only played. */
  readonly rehearsal?: boolean;
  /** Whether the page offers to be left quickly. */
  readonly leave?: boolean;
  /** By what else this page is found, followed or shown: addresses on this site, in English. */
  readonly ways?: Ways;
  /** Whether it has a form, which leads to this site by GET. */
  readonly forms?: boolean;
  /** Whether it shows a file of this site in a frame. */
  readonly frames?: boolean;
  /** Where the workforce's log states the client build, null where it does not; left out on pages of no workforce. */
  readonly clientLogged?: { readonly index: number; readonly day: Day } | null;
  readonly island?: {
    readonly name: Island;
    readonly data: Omit<IslandData, "client" | "parts">;
    /** Origins beside our own that the island asks: the registrars'. */
    readonly connect: readonly string[];
    /** What stands in its place until it runs. */
    readonly starting: string;
  };
  /** The island stands behind them, or where they put it. */
  readonly children: ComponentChildren | ((island: ComponentChildren) => ComponentChildren);
}

/** A page as a public file. Pages with an island are kept by nobody. */
export function htmlPage(frame: Frame, options: PageOptions): PublicFile {
  const { build, say, path } = frame;
  const { title, status = 200, island, leave = false, rehearsal = false } = options;
  const noindex = options.noindex === true || rehearsal;
  const script = island === undefined ? null : build.script(island.name, say.language);
  const place = island === undefined ? null : <IslandPlace frame={frame} of={island} />;
  const at = (address: string) => inLanguage(say.language, address);
  // A page that is asked to be left out, or is not there, is the same page in no other language.
  const others = path === null || noindex || status !== 200 ? [] : LANGUAGES;
  const { children } = options;
  const page = (
    <html lang={say.language} dir={say.direction}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <meta name="color-scheme" content="light dark" />
        {noindex && <meta name="robots" content="noindex" />}
        <title>{title}</title>
        {others.map((language) => (
          <link
            key={language}
            rel="alternate"
            hreflang={language}
            href={inLanguage(language, path ?? FRONT)}
          />
        ))}
        {options.ways?.links.map(({ type, href, title }) => (
          <link key={href} rel="alternate" type={type} href={at(href)} title={title} />
        ))}
        {options.ways?.metas.map(([name, content]) =>
          name.startsWith("og:") ? (
            <meta key={name} property={name} content={content} />
          ) : (
            <meta key={name} name={name} content={content} />
          ),
        )}
        <link rel="stylesheet" href={build.style.path} integrity={build.style.integrity} />
        {script !== null && script.style !== null && (
          <link rel="stylesheet" href={script.style.path} integrity={script.style.integrity} />
        )}
        {script?.chunks.map(({ path, integrity }) => (
          <link key={path} rel="modulepreload" href={path} integrity={integrity} />
        ))}
        {script?.messages.map(({ path, integrity }) => (
          <script key={path} type="module" src={path} integrity={integrity} />
        ))}
        {script !== null && (
          <script type="module" src={script.entry.path} integrity={script.entry.integrity} />
        )}
      </head>
      <body>
        <a class="skip" href="#main">
          {say("public.skip")}
        </a>
        <header class="site-header">
          <a href={at(FRONT)}>Undersigned</a>
          {leave && (
            <a class="leave" href={at(LEFT)}>
              {say("public.leave")}
            </a>
          )}
        </header>
        <main id="main">
          {rehearsal && <RehearsalNote />}
          {typeof children === "function" ? children(place) : [children, place]}
        </main>
        <footer class="site-footer">
          <nav aria-label={say("public.about-site")}>
            <a href={at(LEARNS)}>{say("public.learns")}</a>{" "}
            <a href={at(RECOUNT)}>{say("public.recount-file")}</a>
          </nav>
          {path !== null && <LanguageList path={path} say={say} />}
          <ClientLine hash={build.hash} logged={options.clientLogged} />
        </footer>
      </body>
    </html>
  );
  return {
    body: `<!doctype html>${renderToString(<SpeechProvider value={say}>{page}</SpeechProvider>)}`,
    contentType: "text/html; charset=utf-8",
    cache: island === undefined ? "short" : "none",
    status,
    headers: { "content-security-policy": policy(options), ...FIXED_HEADERS },
  };
}

function LanguageList({ path, say }: { readonly path: string; readonly say: Say }) {
  return (
    <nav class="languages" aria-label={say("public.languages")}>
      <ul>
        {LANGUAGES.map((language) => (
          <li key={language}>
            <a
              href={inLanguage(language, path)}
              lang={language}
              hreflang={language}
              {...(language === say.language && { "aria-current": "true" })}
            >
              {MANNERS[language].name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

interface IslandPlaceProps {
  readonly frame: Frame;
  readonly of: NonNullable<PageOptions["island"]>;
}

function IslandPlace({ frame: { build, say }, of }: IslandPlaceProps) {
  const { workforce, letter } = of.data;
  return (
    <div
      id="island"
      data-workforce={workforce}
      data-letter={letter}
      data-client={build.hash}
      {...partsOf(build, of.name, say.language)}
    >
      <p class="starting">{of.starting}</p>
    </div>
  );
}

function RehearsalNote() {
  const say = useSay();
  return (
    <p class="rehearsal" role="note">
      <Says words={say.rich("public.rehearsal", TAGS)} />
    </p>
  );
}

/** What the island may load later, and the hash by which it knows each file. */
function partsOf<I extends Island>(
  build: ClientBuild,
  island: I,
  language: Language,
): Record<string, string> {
  const parts: readonly PartOf<I>[] = PARTS[island];
  return Object.fromEntries(
    parts.map((name) => [`data-part-${name}`, partAttribute(build.part(island, name, language))]),
  );
}

export const FIXED_HEADERS = {
  "cross-origin-opener-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
  "x-frame-options": "DENY",
};

/** An island that starts workers makes the one Trusted Types policy that there is, which lets through its own address only. */
function policy({
  island,
  forms = false,
  frames = false,
}: Pick<PageOptions, "island" | "forms" | "frames">): string {
  const rules = ["default-src 'none'", "style-src 'self'", "img-src 'self'", "base-uri 'none'"];
  rules.push(
    `form-action ${forms ? "'self'" : "'none'"}`,
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  );
  rules.push(`trusted-types ${island === undefined ? "'none'" : "undersigned"}`);
  if (frames) rules.push("frame-src 'self'");
  if (island !== undefined) {
    const connect = ["'self'", ...island.connect].join(" ");
    rules.push("script-src 'self'", "worker-src 'self'", `connect-src ${connect}`);
  }
  return rules.join("; ");
}

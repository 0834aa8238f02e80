/**
 * The frame of every page, and the headers that hold it: no script but our own files (none at all where a page only is to be
 * read), nothing from elsewhere, no frame around it, nothing kept where a person acts.
 */
import type { Day } from "@undersigned/core";
import type { PublicFile } from "@undersigned/service";
import type { ComponentChildren } from "preact";
import { renderToString } from "preact-render-to-string";
import { FRONT, LEARNS, LEFT, RECOUNT } from "../shared/addresses.ts";
import type { IslandData } from "../shared/island-data.ts";
import { type Island, PARTS, type PartOf, partAttribute } from "../shared/parts.ts";
import type { ClientBuild } from "./client-build.ts";
import { ClientLine } from "./pages/client-line.tsx";

export interface PageOptions {
  readonly title: string;
  /** BCP 47 tag of the page's own words. */
  readonly lang?: string;
  /** Of the whole page; parts of another direction say so themselves. */
  readonly dir?: "ltr" | "rtl";
  readonly status?: 200 | 404;
  /** Whether search engines are asked to leave the page out. */
  readonly noindex?: boolean;
  /** Whether it shows a letter that is only played. */
  readonly rehearsal?: boolean;
  /** Whether the page offers to be left quickly. */
  readonly leave?: boolean;
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
export function htmlPage(build: ClientBuild, options: PageOptions): PublicFile {
  const { title, lang = "en", dir = "ltr", status = 200, island, leave = false, rehearsal = false } = options;
  const noindex = options.noindex === true || rehearsal;
  const script = island === undefined ? null : build.script(island.name);
  const place = island === undefined ? null : <IslandPlace build={build} of={island} />;
  const { children } = options;
  const page = (
    <html lang={lang} dir={dir}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <meta name="color-scheme" content="light dark" />
        {noindex && <meta name="robots" content="noindex" />}
        <title>{title}</title>
        <link rel="stylesheet" href={build.style.path} integrity={build.style.integrity} />
        {script !== null && script.style !== null && (
          <link rel="stylesheet" href={script.style.path} integrity={script.style.integrity} />
        )}
        {script?.chunks.map(({ path, integrity }) => (
          <link key={path} rel="modulepreload" href={path} integrity={integrity} />
        ))}
        {script !== null && (
          <script type="module" src={script.entry.path} integrity={script.entry.integrity} />
        )}
      </head>
      <body>
        <a class="skip" href="#main">
          Skip to the text
        </a>
        <header class="site-header">
          <a href={FRONT}>Undersigned</a>
          {leave && (
            <a class="leave" href={LEFT}>
              Leave quickly
            </a>
          )}
        </header>
        <main id="main">
          {rehearsal && <RehearsalNote />}
          {typeof children === "function" ? children(place) : [children, place]}
        </main>
        <footer class="site-footer">
          <nav aria-label="About this site">
            <a href={LEARNS}>Who can learn what</a> <a href={RECOUNT}>Recount from a file</a>
          </nav>
          <ClientLine hash={build.hash} logged={options.clientLogged} />
        </footer>
      </body>
    </html>
  );
  return {
    body: `<!doctype html>${renderToString(page)}`,
    contentType: "text/html; charset=utf-8",
    cache: island === undefined ? "short" : "none",
    status,
    headers: { "content-security-policy": policy(options), ...FIXED_HEADERS },
  };
}

interface IslandPlaceProps {
  readonly build: ClientBuild;
  readonly of: NonNullable<PageOptions["island"]>;
}

function IslandPlace({ build, of }: IslandPlaceProps) {
  const { workforce, letter } = of.data;
  return (
    <div
      id="island"
      data-workforce={workforce}
      data-letter={letter}
      data-client={build.hash}
      {...partsOf(build, of.name)}
    >
      <p class="starting">{of.starting}</p>
    </div>
  );
}

function RehearsalNote() {
  return (
    <p class="rehearsal" role="note">
      <strong>Rehearsal.</strong> The colleagues are made up, the days are played, and nothing here is in any
      log. It is gone when organisers end it.
    </p>
  );
}

/** What the island may load later, and the hash by which it knows each file. */
function partsOf<I extends Island>(build: ClientBuild, island: I): Record<string, string> {
  const parts: readonly PartOf<I>[] = PARTS[island];
  return Object.fromEntries(
    parts.map((name) => [`data-part-${name}`, partAttribute(build.part(island, name))]),
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

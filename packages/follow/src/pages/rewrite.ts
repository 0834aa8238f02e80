/** Pages for a mirror's folder: links lead inside by relative ways, and to the board for what is not here or is done there. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Day } from "@undersigned/core";
import { type Found, insidePath } from "./crawl.ts";
import { mirrorNote } from "./note.ts";
import { type ChangeLink, changeLinks, readPage, writePage } from "./page-tree.ts";
import { addressOf, relativeTo } from "./place.ts";

export interface Rewriting {
  /** Address of the board, with a slash at its end. */
  readonly url: string;
  readonly day: Day;
  readonly found: ReadonlyMap<string, Found>;
  /** Files of logs in the folder, from its root. */
  readonly logFiles: ReadonlySet<string>;
  /** Folder into which pages are written. */
  readonly into: string;
}

const AWAY: readonly string[] = ["https:", "http:", "mailto:"];

/** Paths of the files that were written. */
export async function rewritePages(of: Rewriting): Promise<string[]> {
  const written: string[] = [];
  for (const [path, { file, kind, raw }] of of.found) {
    const bytes = new Uint8Array(await readFile(raw));
    const made =
      kind === "page"
        ? rewritePage(bytes, path, file, of)
        : kind === "style"
          ? rewriteStyle(bytes, path, file, of)
          : bytes;
    await mkdir(dirname(join(of.into, file)), { recursive: true });
    await writeFile(join(of.into, file), made);
    written.push(file);
  }
  return written;
}

function rewritePage(bytes: Uint8Array, path: string, file: string, of: Rewriting): Uint8Array {
  const page = readPage(bytes);
  changeLinks(page, changeFor(path, file, of));
  const { url, day } = of;
  return writePage(page, { policy: policyFor(url), note: mirrorNote(url, day, page.language) });
}

/** As the board's own pages have it, without script, and with forms that lead to the board. */
function policyFor(url: string): string {
  return `default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; frame-src 'self'; base-uri 'none'; form-action ${new URL(url).origin}`;
}

function changeFor(path: string, file: string, of: Rewriting): ChangeLink {
  const at = new URL(path, of.url).href;
  return (use, text) => {
    if (use === "named" || (use === "go" && text.startsWith("#"))) return text;
    const url = URL.parse(text, at);
    if (url === null || !AWAY.includes(url.protocol)) return null;
    const inside = insidePath(text, at, of.url);
    if (inside === null) return use === "go" || use === "form" ? url.href : null;
    if (use === "form") return url.href;
    const there = fileAt(inside, of);
    if (there !== null) return relativeTo(there, file) + url.hash;
    // What is to be shown and is not here cannot be had from elsewhere either.
    return use === "go" ? url.href : null;
  };
}

function fileAt(path: string, { found, logFiles }: Rewriting): string | null {
  const address = addressOf(path);
  if (address.kind === "log") return logFiles.has(address.file) ? address.file : null;
  return found.get(path)?.file ?? null;
}

/** Only links from the root change: others lead to the same place from here, too. */
function rewriteStyle(bytes: Uint8Array, path: string, file: string, of: Rewriting): Uint8Array {
  const text = new TextDecoder().decode(bytes);
  const change = changeFor(path, file, of);
  const changed = text.replace(
    /(url\(\s*["']?|@import\s+["'])(\/[^"')\s]*)/gi,
    (_, before: string, link: string) => before + (change("show", link) ?? "about:blank"),
  );
  return changed === text ? bytes : new TextEncoder().encode(changed);
}

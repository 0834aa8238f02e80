/**
 * A board's pages, and what they show: found by the links of one from the other, beginning with the front page and the site map, and never by
 * guessing. They are put aside as they came; only when all are there is it known which links lead inside (rewrite.ts).
 */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { FollowError } from "../errors.ts";
import type { Limits } from "../limits.ts";
import type { Got, Visit } from "../outside/visit.ts";
import { isHarmless } from "./harmless.ts";
import { changeLinks, readPage } from "./page-tree.ts";
import { addressOf, fileFor, workforceOf } from "./place.ts";

export interface Found {
  /** In the mirror's folder. */
  readonly file: string;
  readonly kind: "page" | "style" | "other";
  /** Where it was put aside. */
  readonly raw: string;
}

export interface Crawl {
  readonly visit: Visit;
  /** Folder where what comes is put aside. */
  readonly raw: string;
  readonly workforces: readonly string[];
  readonly limits: Limits;
}

const MOST_BYTES = 32_000_000;
/** Not copied itself: it names the board's own addresses. */
const SITE_MAP = "sitemap.xml";
const BEGIN = ["", "following.json"];

/** By path from the root. Throws FollowError as the visit does, and `too-many-pages`. */
export async function crawl(of: Crawl): Promise<Map<string, Found>> {
  const found = new Map<string, Found>();
  const places = new Places();
  const queue: string[] = [];
  const known = new Set<string>();
  const meet = (path: string | null) => {
    if (path === null || known.has(path) || !isWanted(path, of.workforces)) return;
    known.add(path);
    if (known.size > of.limits.pages) {
      throw new FollowError(
        "too-many-pages",
        "The board has more pages than are taken: raise the limit, if it is to be so.",
      );
    }
    queue.push(path);
  };
  await mkdir(of.raw, { recursive: true });
  for (const path of BEGIN) meet(path);
  for (const path of await siteMap(of.visit)) meet(path);
  while (queue.length > 0) {
    const paths = queue.splice(0, of.limits.atOnce);
    const taken = await Promise.all(
      paths.map(async (path) => ({ path, got: await of.visit.get(path, MOST_BYTES) })),
    );
    for (const { path, got } of taken) {
      const one = got === null ? null : what(path, got);
      // Two addresses of which one would have to be a file and a folder at once, or that would be one file.
      if (got === null || one === null || !places.take(one.file)) continue;
      const raw = join(of.raw, String(found.size));
      await writeFile(raw, got.bytes);
      found.set(path, { ...one, raw });
      for (const link of linksOf(one.kind, got.bytes, path, of.visit.url)) meet(link);
    }
  }
  return found;
}

function isWanted(path: string, workforces: readonly string[]): boolean {
  const workforce = workforceOf(path);
  return addressOf(path).kind === "linked" && (workforce === null || workforces.includes(workforce));
}

function what(path: string, { bytes, contentType }: Got): Omit<Found, "raw"> | null {
  const type = contentType.split(";")[0]?.trim().toLowerCase() ?? "";
  const isPage = type === "text/html" || type === "application/xhtml+xml";
  const file = fileFor(path, isPage);
  if (file === null || (!isPage && !isHarmless(file, bytes))) return null;
  return { file, kind: isPage ? "page" : /\.css$/i.test(file) ? "style" : "other" };
}

/** Files that have a place, and the folders that they lie in. */
class Places {
  readonly #files = new Set<string>();
  readonly #folders = new Set<string>();

  /** False, and nothing is taken, where a file or folder is already, or a file in the place of a folder. */
  take(file: string): boolean {
    const parts = file.split("/");
    const folders = parts.slice(0, -1).map((_, i) => parts.slice(0, i + 1).join("/"));
    if (this.#files.has(file) || this.#folders.has(file) || folders.some((folder) => this.#files.has(folder)))
      return false;
    this.#files.add(file);
    for (const folder of folders) this.#folders.add(folder);
    return true;
  }
}

/** Paths from the root that lead inside, without what stands behind `?` and `#`. */
function linksOf(kind: Found["kind"], bytes: Uint8Array, path: string, root: string): (string | null)[] {
  const at = new URL(path, root).href;
  const links: (string | null)[] = [];
  if (kind === "page") {
    changeLinks(readPage(bytes), (use, text) => {
      if (use !== "form") links.push(insidePath(text, at, root));
      return text;
    });
  }
  if (kind === "style") {
    for (const text of styleLinks(new TextDecoder().decode(bytes))) links.push(insidePath(text, at, root));
  }
  return links;
}

/** Null for what leads elsewhere. */
export function insidePath(text: string, at: string, root: string): string | null {
  const url = URL.parse(text, at);
  if (url === null || !url.href.startsWith(root)) return null;
  return url.pathname.slice(new URL(root).pathname.length).replace(/\/$/, "");
}

export function styleLinks(text: string): string[] {
  const found = text.matchAll(
    /url\(\s*(?:"([^"]*)"|'([^']*)'|([^"')\s]*))\s*\)|@import\s+(?:"([^"]*)"|'([^']*)')/gi,
  );
  return [...found].map((match) => match.slice(1).find((part) => part !== undefined) ?? "");
}

async function siteMap(visit: Visit): Promise<(string | null)[]> {
  const got = await visit.get(SITE_MAP, MOST_BYTES);
  if (got === null) return [];
  const text = new TextDecoder().decode(got.bytes);
  return [...text.matchAll(/<loc>\s*([^<]+?)\s*<\/loc>/g)].map(([, address]) =>
    insidePath((address as string).replaceAll("&amp;", "&"), visit.url, visit.url),
  );
}

/**
 * Where a board's address lies in a mirror's folder. A static server gives each file the type that its name tells, so names are what
 * decides here what a browser may take a file for: pages are `index.html` in a folder of their own, and of other files only those are taken
 * whose ending is known to be of something that is not run.
 */
import { isFileOfLog } from "../copy-log/files-of-log.ts";

const SEGMENT = /^[A-Za-z0-9_~-][A-Za-z0-9._~-]{0,99}$/;
const ENDINGS =
  /\.(?:atom|csv|css|gif|ico|ics|jpe?g|json|pdf|png|rss|svg|txt|webmanifest|webp|woff2|xml|zip)$/i;
const MOST_LENGTH = 400;

/** Below which a workforce's files and pages are. */
const WORKFORCE = /^w\/([A-Za-z0-9_-]{43})(?:\/(.*))?$/;

/** Names that the mirror itself has. */
const TAKEN: readonly string[] = ["README.txt", "board.json", "robots.txt", "sitemap.xml"];

export type Address =
  /** A log's file: its path from the root of the folder. */
  | { readonly kind: "log"; readonly file: string }
  /** May be a page or a file that pages show. */
  | { readonly kind: "linked"; readonly path: string }
  /** What is done, which is done at the board itself; or what cannot lie in a folder. */
  | { readonly kind: "elsewhere" };

const ELSEWHERE: Address = { kind: "elsewhere" };

/** In any language: signing, counting in the browser, the desk. */
const DONE = /^(?:[a-z]{2}\/)?(?:desk|recount|w\/[^/]+\/letters\/[^/]+\/(?:sign|recount))$/;

/** What an address is, by its path from the root, without a slash in front. */
export function addressOf(path: string): Address {
  const plain = path.replace(/\/$/, "");
  if (plain.length > MOST_LENGTH || (plain !== "" && !plain.split("/").every((part) => SEGMENT.test(part))))
    return ELSEWHERE;
  const inside = WORKFORCE.exec(plain)?.[2];
  if (inside !== undefined && isFileOfLog(inside)) return { kind: "log", file: plain };
  return DONE.test(plain) || TAKEN.includes(plain) ? ELSEWHERE : { kind: "linked", path: plain };
}

/** The workforce that a path belongs to; null for those of the whole board. A language may come first. */
export function workforceOf(path: string): string | null {
  return WORKFORCE.exec(path.replace(/^[a-z]{2}\//, ""))?.[1] ?? null;
}

/** The file of what was found at a path; null for what is not taken. */
export function fileFor(path: string, isPage: boolean): string | null {
  if (isPage)
    return path === "" ? "index.html" : /(?:^|\/)index\.html$/.test(path) ? path : `${path}/index.html`;
  return ENDINGS.test(path) ? path : null;
}

/** From one file of the folder to another. Whole names, so that it leads there on any server, and from a disk too. */
export function relativeTo(file: string, from: string): string {
  const [here, there] = [from.split("/").slice(0, -1), file.split("/")];
  let same = 0;
  while (same < here.length && same < there.length - 1 && here[same] === there[same]) same++;
  return [...here.slice(same).map(() => ".."), ...there.slice(same)].join("/");
}

/**
 * A page as it was served, held against the client builds that its board has stated in the log (PROTOCOL §3.5): which build it
 * runs, and whether every file of that build comes as it was stated.
 */
import { encodeBase64url, sha256 } from "@undersigned/core";
import type { Client } from "@undersigned/verify";
import { readPage } from "./read-page.ts";

export interface ServedPage {
  readonly url: string;
  readonly html: string;
  /** Value of the header; null where there was none. */
  readonly contentSecurityPolicy: string | null;
}

export interface PageCheck {
  /** The newest stated build that has all files which the page names; null where none has. */
  readonly client: Client | null;
  /** Sentences; empty exactly if all holds. */
  readonly problems: readonly string[];
}

/** The bytes at an address of the page's own server, or null where it does not give them. */
export type FetchFile = (url: string, maxBytes: number) => Promise<Uint8Array | null>;

export async function checkPage(
  page: ServedPage,
  stated: readonly Client[],
  fetchFile: FetchFile,
): Promise<PageCheck> {
  const { files, problems: found } = readPage(page.html);
  const problems = [...found, ...policyProblems(page.contentSecurityPolicy)];
  const named = new Map<string, string>();
  for (const { address, sha256: hash } of files) {
    const url = URL.parse(address, page.url);
    if (url === null || url.origin !== new URL(page.url).origin || url.search !== "") {
      problems.push("The page loads a file from elsewhere, or one that is made for this request.");
    } else if (hash === null) {
      problems.push(`The page loads ${url.pathname} without demanding its hash.`);
    } else named.set(url.pathname.slice(1), hash);
  }
  const client = stated.findLast(({ build }) => hasAll(build.files, named)) ?? null;
  if (client === null) {
    problems.push("No client build in the log has the files that the page names.");
    return { client, problems };
  }
  for (const { path, sha256: hash, bytes } of client.build.files) {
    const file = await fetchFile(new URL(`/${path}`, page.url).href, bytes);
    if (file === null) problems.push(`The server does not give ${path}.`);
    else if (encodeBase64url(sha256(file)) !== hash)
      problems.push(`The file ${path} is not the one in the log.`);
  }
  return { client, problems };
}

function hasAll(files: Client["build"]["files"], named: ReadonlyMap<string, string>): boolean {
  const own = new Map(files.map(({ path, sha256: hash }) => [path, hash]));
  return [...named].every(([path, hash]) => own.get(path) === hash);
}

/** What a browser would run besides the files that the page names. */
function policyProblems(header: string | null): string[] {
  if (header === null) return ["The page comes without a Content-Security-Policy."];
  const rules = new Map(
    header.split(";").map((rule) => {
      const [name = "", ...sources] = rule.trim().split(/\s+/);
      return [name.toLowerCase(), sources] as const;
    }),
  );
  const scripts = rules.get("script-src") ?? rules.get("default-src") ?? ["*"];
  const allowed = scripts.every((source) => source === "'self'" || source === "'none'");
  return allowed ? [] : ["The page's policy lets other scripts run than its own files."];
}

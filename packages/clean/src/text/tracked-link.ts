/**
 * Links that tell who was sent them. What follows the question mark is gone through by name, and written anew only as far
 * as parts go, so that an address keeps its spelling otherwise.
 */
import type { Mending } from "./finding.ts";
import { HOST_RULES, OPAQUE_HOSTS, TRACKER_PREFIXES, TRACKERS } from "./link-rules.ts";
import { isAt, parseLink, unwrapLink } from "./unwrap-link.ts";

const LINK = /https?:\/\/[^\s<>"`\p{Cc}\p{Cf}]+/giu;
/** Longer than any browser's own limit that matters; a longer one is left to the person. */
const MOST = 8_192;

export const WORDS = {
  tracked: "A link with a mark of who was sent it or who shared it. It works without.",
  wrapped:
    "A link that leads over a service which sees who opens it, and which may name whose mail it was in.",
  opaque:
    "A shortened or guarded link: its maker sees who opens it. Open it, then copy the address that it leads to.",
  personal: "A link into somebody's own folder: its address holds that person's account.",
  signIn: "A link with a name to sign in.",
  long: "A link that is too long to be looked at.",
} as const;

export function findTrackedLinks(text: string): Mending[] {
  return linksIn(text).flatMap(({ start, end }) => {
    const judged = judgeLink(text.slice(start, end));
    return judged === null ? [] : [{ kind: "tracked-link" as const, start, end, ...judged }];
  });
}

/** Where links stand, without the brackets and stops that belong to the sentence around them. */
export function linksIn(text: string): { start: number; end: number }[] {
  return Array.from(text.matchAll(LINK), (match) => {
    const start = match.index;
    return { start, end: start + lengthOfLink(match[0]) };
  });
}

function lengthOfLink(run: string): number {
  let depth = 0;
  let end = run.length;
  for (let i = 0; i < run.length; i++) {
    const character = run[i];
    if (character === "(" || character === "[") depth++;
    else if (character === ")" || character === "]") {
      depth--;
      if (depth < 0) {
        end = i;
        break;
      }
    }
  }
  while (end > 0 && ".,;:!?'*_~|".includes(run[end - 1] as string)) end--;
  return end;
}

function judgeLink(text: string): Pick<Mending, "words" | "instead"> | null {
  if (text.length > MOST) return { words: WORDS.long, instead: null };
  const link = parseLink(text);
  if (link === null) return null;
  const inner = innermost(link);
  if (inner !== link)
    return { words: WORDS.wrapped, instead: withoutTrackers(asText(inner)) ?? asText(inner) };
  if (isAt(link.hostname, OPAQUE_HOSTS)) return { words: WORDS.opaque, instead: null };
  const clean = withoutTrackers(text);
  if (clean !== null) return { words: link.username === "" ? WORDS.tracked : WORDS.signIn, instead: clean };
  return isPersonal(link) ? { words: WORDS.personal, instead: null } : null;
}

function innermost(link: URL): URL {
  let at = link;
  for (let next = unwrapLink(at); next !== null; next = unwrapLink(at)) at = next;
  return at;
}

/** A link as it may stand in Markdown: letters of ASCII alone, and no bracket that would end it. */
function asText(link: URL): string {
  return link.href.replace(/[()[\]<>"'`*_~|]/g, (sign) =>
    sign === "_" || sign === "~" || sign === "*" ? sign : `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** The same address without what tracks; null where there is nothing of that. */
function withoutTrackers(text: string): string | null {
  const link = parseLink(text);
  if (link === null) return null;
  const rules = HOST_RULES.filter(({ hosts }) => isAt(link.hostname, hosts)).flatMap(
    (rule) => rule.parameters,
  );
  const cut = (parts: string) =>
    parts
      .split("&")
      .filter((part) => !isTracker(part, rules))
      .join("&");
  const [, address = "", query, fragment] = /^([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(text) as RegExpExecArray;
  const plain = address.replace(/^(https?:\/\/)[^/@]*@/i, "$1");
  const part = (sign: string, parts: string | undefined) => {
    if (parts === undefined) return "";
    const kept = cut(parts.slice(1));
    return kept === parts.slice(1) || kept !== "" ? sign + kept : "";
  };
  const out = plain + part("?", query) + part("#", fragment);
  return out === text ? null : out;
}

function isTracker(part: string, rules: readonly string[]): boolean {
  const spelled = (part.split("=", 1)[0] as string).replace(/^amp;/i, "");
  let name = spelled.toLowerCase();
  try {
    name = decodeURIComponent(name).toLowerCase();
  } catch {
    // A name that does not decode is nobody's tracker.
  }
  return (
    TRACKERS.has(name) || rules.includes(name) || TRACKER_PREFIXES.some((prefix) => name.startsWith(prefix))
  );
}

/** A folder that is named for its owner's account. */
function isPersonal(link: URL): boolean {
  return isAt(link.hostname, ["sharepoint.com"]) && /\/personal\/[^/]+/i.test(link.pathname);
}

/** What to follow, out of a link as people pass it on: a letter's or a board's, with the workforce's id in its path or its fragment. */
import { decodeBase64url } from "@undersigned/core";
import { FollowError } from "../errors.ts";
import { isLoopbackName } from "../outside/visit.ts";

export interface FollowLink {
  /** Of the board or mirror, without the workforce's prefix and without a slash at its end. */
  readonly url: string;
  readonly workforce: string;
}

/** Pages of other languages than English have a prefix; files have none. */
const LANGUAGE = /^\/(?:ar|de|es|fr|zh)$/;
const IN_PATH = /^(.*)\/w\/([A-Za-z0-9_-]{43})(?:\/.*)?$/;

/**
 * Throws FollowError `link-malformed` for what is no such link, or where path and fragment name two workforces. The key of an unlisted
 * letter, which its link has in the fragment too, is dropped: nothing here needs it, and it is to be written down nowhere. Plain http is
 * for this machine alone: no board would ask there, and whoever adds a link is to hear of it now.
 */
export function parseFollowLink(text: string): FollowLink {
  const url = URL.parse(text);
  const isAsked = url?.protocol === "https:" || (url?.protocol === "http:" && isLoopbackName(url.hostname));
  if (url === null || !isAsked) throw malformed();
  if (url.username !== "" || url.password !== "") throw malformed();
  const [, before = url.pathname, inPath] = IN_PATH.exec(url.pathname) ?? [];
  const inFragment = url.hash.slice(1).split(".")[0] ?? "";
  const workforce = inPath ?? inFragment;
  if (inPath !== undefined && isId(inFragment) && inFragment !== inPath) throw malformed();
  if (!isId(workforce)) throw malformed();
  const base = before.replace(/\/+$/, "");
  return { url: url.origin + (LANGUAGE.test(base) ? "" : base), workforce };
}

function isId(text: string): boolean {
  try {
    return decodeBase64url(text, 32).length === 32;
  } catch {
    return false;
  }
}

function malformed(): FollowError {
  return new FollowError(
    "link-malformed",
    "Give the link of a letter or board, as it is passed on: on https, with the workforce's id in its path or behind #.",
  );
}

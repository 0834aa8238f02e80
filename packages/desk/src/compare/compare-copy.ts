/**
 * Compares a kept copy with what now stands at its link. What was fetched is cleaned in the same way first, so that what was
 * taken out of the copy is no difference. What comes from outside is an attacker's, and is handled as a file that
 * somebody brings: nothing in it is followed, and cleaning is bounded. It takes seconds all the same: compare-apart.ts.
 */
import { CleanError, cleanFile } from "@undersigned/clean";
import { type Comparison, type CopyType, equalBytes, utf8Decode, utf8Encode } from "@undersigned/core";
import type { Fetched } from "@undersigned/service";
import type { Copy } from "../model/copies.ts";
import { CLEAN_PARTS, typeOf } from "../model/copy-types.ts";
import { textDifference } from "./text-difference.ts";

/** What the comparison says, without the day and the address. */
export type Compared = Pick<Comparison, "state" | "why" | "gone" | "added" | "differences">;

/** A page of more bytes would take more than seconds. */
const PAGE_MOST = 8_000_000;
/** From here on, what stands at another address than was asked for is taken for another page. */
const ANOTHER_PAGE = 80;

/** `url` is the one that was asked for. */
export async function compareCopy(copy: Copy, url: string, fetched: Fetched): Promise<Compared> {
  if (fetched.kind === "failure") return notComparable(fetched.why);
  if (fetched.status === 404 || fetched.status === 410) return plain("gone");
  if (fetched.status !== 200) return notComparable("status");
  const moved = isElsewhere(url, fetched.url);
  const found = await cleaned(copy.type, fetched);
  if ("why" in found) return moved && found.why === "kind" ? plain("moved") : notComparable(found.why);
  if (equalBytes(found.bytes, copy.bytes)) return plain("same");
  if (!copy.type.startsWith("text/")) return plain(moved ? "moved" : "changed");
  const [ours, theirs] = [await textsOf(copy.type, copy.bytes), await textsOf(copy.type, found.bytes)];
  const difference = textDifference(ours, theirs);
  if (difference.gone === 0 && difference.added === 0) return plain("same");
  const state = moved && difference.gone >= ANOTHER_PAGE ? "moved" : "changed";
  return { state, why: null, ...difference };
}

const plain = (state: Comparison["state"]): Compared => ({
  ...{ state, why: null, gone: null, added: null },
  differences: [],
});

export const notComparable = (why: NonNullable<Comparison["why"]>): Compared => ({
  ...plain("not-comparable"),
  why,
});

/** Another host or path; but for the secure address of the same, `www.`, and a stroke at the end. */
function isElsewhere(asked: string, came: string): boolean {
  const placeOf = (text: string) => {
    const { hostname, pathname, search } = new URL(text);
    return `${hostname.replace(/^www\./, "")}${pathname.replace(/\/$/, "")}${search}`;
  };
  return placeOf(asked) !== placeOf(came);
}

type Answer = Extract<Fetched, { kind: "answer" }>;

async function cleaned(
  type: CopyType,
  { bytes, contentType }: Answer,
): Promise<{ bytes: Uint8Array } | { why: "kind" | "unreadable" | "large" }> {
  try {
    if (type === "text/html") {
      if (!/^\s*(?:text\/html|application\/xhtml\+xml)/i.test(contentType)) return { why: "kind" };
      if (bytes.length > PAGE_MOST) return { why: "large" };
      const { cleanHtml } = await CLEAN_PARTS.html();
      return { bytes: cleanHtml(withCharset(bytes, contentType)).bytes };
    }
    const text = type === "text/plain" ? withCharset(bytes, contentType) : bytes;
    const found = await cleanFile(text, CLEAN_PARTS);
    return typeOf(found.format) === type ? { bytes: found.bytes } : { why: "kind" };
  } catch (error) {
    if (!(error instanceof CleanError)) throw error;
    return { why: error.code === "file-unsupported" ? "kind" : "unreadable" };
  }
}

/** What an answer's header says of its characters counts before what a page says itself. */
function withCharset(bytes: Uint8Array, contentType: string): Uint8Array {
  const [, charset] = /;\s{0,9}charset\s{0,9}=\s{0,9}"?([\w:.+-]{1,40})/i.exec(contentType) ?? [];
  if (charset === undefined) return bytes;
  try {
    return utf8Encode(`\ufeff${new TextDecoder(charset).decode(bytes)}`);
  } catch {
    // A name that nobody knows says nothing.
    return bytes;
  }
}

async function textsOf(type: CopyType, bytes: Uint8Array): Promise<readonly string[]> {
  if (type === "text/plain") return utf8Decode(bytes).split("\n");
  const { textsOfHtml } = await CLEAN_PARTS.html();
  return textsOfHtml(bytes);
}

/**
 * What a page would load or run, were it to take a text's markup as it is: pictures from elsewhere tell their server who
 * reads, HTML can hide words. Pages of ours show neither; a text is passed on to others.
 */
import type { Mending } from "./finding.ts";

/** `![words](address`, up to the address. The words may hold no bracket. Looking behind keeps this linear. */
const PICTURE = /(?<!!)!+\[([^[\]\n]{0,500})\](?=\(\s{0,3}<?(?:https?:)?\/\/|\[)/giu;
const TAG = /<(?=\/?[a-z][a-z0-9-]*(?:[\s/>]|$)|!--|!\[CDATA|!doctype|\?)/giu;

export const WORDS = {
  picture: "A picture from another server, which sees who reads this. It is made a link.",
  tag: "HTML: it can hide words or load things. It is made plain text, so that you can see and delete it.",
} as const;

export function findRemoteImages(text: string): Mending[] {
  return Array.from(text.matchAll(PICTURE), (match) => ({
    kind: "remote-image" as const,
    start: match.index,
    end: match.index + match[0].length,
    words: WORDS.picture,
    instead: `[${match[1] === "" ? "picture" : match[1]}]`,
  }));
}

export function findRawHtml(text: string): Mending[] {
  return Array.from(text.matchAll(TAG), (match) => ({
    kind: "raw-html" as const,
    start: match.index,
    end: match.index + 1,
    words: WORDS.tag,
    instead: "&lt;",
  }));
}

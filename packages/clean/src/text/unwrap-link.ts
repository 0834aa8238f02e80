/** Takes a redirect apart that says itself where it leads. Asks nobody: what only its maker can follow stays as it is. */
import { decodeBase64url, utf8Decode } from "@undersigned/core";
import { WRAPPERS } from "./link-rules.ts";

/** Whether `host` is one of `hosts` or below one of them. */
export function isAt(host: string, hosts: readonly string[]): boolean {
  return hosts.some((one) => host === one || host.endsWith(`.${one}`));
}

/** The address that this one leads to; null where it is no wrapper, or does not say. */
export function unwrapLink(link: URL): URL | null {
  const wrapper = WRAPPERS.find(({ hosts, path }) => isAt(link.hostname, hosts) && path.test(link.pathname));
  const inside = wrapper === undefined ? fromDefence(link) : fromParameters(link, wrapper.parameters);
  return inside === null ? null : parseLink(inside);
}

/** A link to the web, or null. */
export function parseLink(text: string): URL | null {
  if (!URL.canParse(text)) return null;
  const link = new URL(text);
  return link.protocol === "https:" || link.protocol === "http:" ? link : null;
}

function fromParameters(link: URL, names: readonly string[]): string | null {
  for (const [name, value] of link.searchParams) if (names.includes(name.toLowerCase())) return value;
  return null;
}

/** Proofpoint's forms 2 and 3, by its own description of how to decode them. */
function fromDefence(link: URL): string | null {
  if (!isAt(link.hostname, ["urldefense.com", "urldefense.proofpoint.com", "urldefense.us"])) return null;
  if (link.pathname === "/v2/url") {
    const coded = link.searchParams.get("u");
    return coded === null ? null : percentDecoded(coded.replaceAll("-", "%").replaceAll("_", "/"));
  }
  const third = /\/v3\/__(.+?)__;([A-Za-z0-9_-]*)=*!/.exec(link.href);
  return third === null ? null : fromThird(third[1] as string, third[2] as string);
}

const RUNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** `*` stands for the next of the characters that were taken out, `**` and a letter for a run of two or more of them. */
function fromThird(coded: string, takenOut: string): string | null {
  let characters: string[];
  try {
    characters = [...utf8Decode(decodeBase64url(takenOut))];
  } catch {
    return null;
  }
  let next = 0;
  const plain = coded.replace(/\*(\*.)?/g, (_, run: string | undefined) => {
    const length = run === undefined ? 1 : RUNS.indexOf(run[1] as string) + 2;
    const piece = characters.slice(next, next + length).join("");
    next += length;
    return piece;
  });
  if (next !== characters.length) return null;
  // Some mail programs make one slash of two.
  return plain.replace(/^(https?:\/)(?=[^/])/, "$1/");
}

function percentDecoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/**
 * What a page makes a browser run, read from its HTML as a browser does. The page is an attacker's until shown otherwise, so
 * whatever could run anything else than named files with their hashes is a problem, not overlooked.
 */
import { type DefaultTreeAdapterTypes, parse } from "parse5";

export interface PageFile {
  /** As written in the page. */
  readonly address: string;
  /** SHA-256 that the page demands of it, base64url; null where it demands none, or something else. */
  readonly sha256: string | null;
}

export interface PageParts {
  readonly files: readonly PageFile[];
  /** Sentences. */
  readonly problems: readonly string[];
}

type Element = DefaultTreeAdapterTypes.Element;
type Node = DefaultTreeAdapterTypes.Node;

/** Elements that run, load or redirect what no hash stands for. */
const REFUSED = new Set([
  "base",
  "embed",
  "frame",
  "frameset",
  "iframe",
  "object",
  "portal",
  "style",
  "svg",
  "math",
]);
const LOADED_LINKS = new Set(["stylesheet", "modulepreload", "preload", "import", "prefetch", "prerender"]);
/** How the attributes begin that name what the page's script may load later. */
const PART = "data-part-";
const SRI = /^sha256-([A-Za-z0-9+/]{43})=$/;

export function readPage(html: string): PageParts {
  const files: PageFile[] = [];
  const problems: string[] = [];
  for (const element of elements(parse(html))) {
    const attributes = new Map(element.attrs.map(({ name, value }) => [name, value]));
    for (const [name, value] of attributes) {
      if (/^on/i.test(name))
        problems.push(`An element <${element.tagName}> has script in its attribute ${name}.`);
      if (runs(value)) problems.push(`An element <${element.tagName}> has an address that is script.`);
    }
    for (const [name, value] of attributes) {
      if (!name.startsWith(PART)) continue;
      const named = partFiles(value);
      if (named === null) problems.push("The page names a part of it in a way that is not understood.");
      else files.push(...named);
    }
    if (attributes.has("style") || attributes.has("srcdoc")) {
      problems.push(`An element <${element.tagName}> brings styles or a page of its own.`);
    }
    if (REFUSED.has(element.tagName)) problems.push(`There is an element <${element.tagName}>.`);
    if (element.tagName === "meta" && attributes.has("http-equiv")) {
      problems.push("An element <meta> stands for a header.");
    }
    if (element.tagName === "script") {
      const address = attributes.get("src");
      if (address === undefined || address === "") problems.push("There is a script within the page.");
      else files.push({ address, sha256: hashOf(attributes) });
    }
    if (element.tagName === "link") {
      const kinds = (attributes.get("rel") ?? "").toLowerCase().split(/\s+/);
      if (kinds.some((kind) => LOADED_LINKS.has(kind))) {
        files.push({ address: attributes.get("href") ?? "", sha256: hashOf(attributes) });
      }
    }
  }
  return { files, problems: [...new Set(problems)] };
}

/** `path hash path hash …`, as the page's script reads them (decision 16); null for anything else. */
function partFiles(text: string): PageFile[] | null {
  const words = text.split(" ");
  if (words.length % 2 !== 0) return null;
  const files: PageFile[] = [];
  for (let i = 0; i < words.length; i += 2) {
    const [address = "", integrity = ""] = words.slice(i, i + 2);
    if (address === "") return null;
    files.push({ address, sha256: hashIn(integrity) });
  }
  return files;
}

/** Browsers skip white space and control characters before and within the scheme. */
function runs(address: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what browsers skip
  return /^(?:javascript|vbscript|data):/i.test(address.replace(/[\x00-\x20]/g, ""));
}

function hashOf(attributes: ReadonlyMap<string, string>): string | null {
  return hashIn(attributes.get("integrity") ?? "");
}

function hashIn(integrity: string): string | null {
  const base64 = SRI.exec(integrity)?.[1];
  return base64 === undefined ? null : base64.replaceAll("+", "-").replaceAll("/", "_");
}

function* elements(node: Node): Generator<Element> {
  if ("tagName" in node) yield node;
  if ("content" in node) yield* elements(node.content);
  if ("childNodes" in node) for (const child of node.childNodes) yield* elements(child);
}

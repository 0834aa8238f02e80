/**
 * A page's links, found and changed in its tree, which parse5 reads as browsers do. Nothing of a page is run here, and nothing of it runs
 * where it comes to lie: scripts and what would start one are taken out, and a policy in the page's head forbids the rest.
 */
import { defaultTreeAdapter, html, parse, serialize, type DefaultTreeAdapterTypes as Tree } from "parse5";

export type LinkUse =
  /** Somebody goes there. */
  | "go"
  /** The page shows it. */
  | "show"
  | "frame"
  | "form"
  /** It is named for programs elsewhere, as where it is at the board. */
  | "named";

/** The new text of a link; null to take it out. */
export type ChangeLink = (use: LinkUse, text: string) => string | null;

const READING = { scriptingEnabled: false } as const;

const USES: Readonly<Record<string, Readonly<Record<string, LinkUse>>>> = {
  a: { href: "go" },
  area: { href: "go" },
  audio: { src: "show" },
  button: { formaction: "form" },
  embed: { src: "frame" },
  form: { action: "form" },
  frame: { src: "frame" },
  iframe: { src: "frame" },
  image: { href: "show" },
  img: { src: "show" },
  input: { formaction: "form", src: "show" },
  object: { data: "frame" },
  source: { src: "show" },
  track: { src: "show" },
  use: { href: "show" },
  video: { poster: "show", src: "show" },
};
const SHOWN_RELATIONS = /\b(?:stylesheet|icon|manifest)\b/i;
/** Where the page is at home stays said: it is the board's. */
const HOME_RELATIONS = /\b(?:canonical|shortlink)\b/i;
const SCRIPT_RELATIONS = /\b(?:modulepreload|preload|prefetch|preconnect|dns-prefetch)\b/i;
/** Social cards. */
const PICTURES = /^(?:og|twitter):image(?::url)?$/i;
const SETS: readonly string[] = ["srcset", "imagesrcset"];

export interface ReadPage {
  readonly document: Tree.Document;
  /** Of the page's own words. */
  readonly language: string;
}

export function readPage(bytes: Uint8Array): ReadPage {
  const document = parse(new TextDecoder().decode(bytes), READING);
  const root = document.childNodes.find((node): node is Tree.Element => node.nodeName === "html");
  return { document, language: root?.attrs.find(({ name }) => name === "lang")?.value ?? "en" };
}

/** Every link goes by `change`; what runs is taken out. */
export function changeLinks({ document }: ReadPage, change: ChangeLink): void {
  const open: Tree.ParentNode[] = [document];
  for (let parent = open.pop(); parent !== undefined; parent = open.pop()) {
    for (const node of [...parent.childNodes]) {
      if (!defaultTreeAdapter.isElementNode(node)) continue;
      if (isTakenOut(node)) {
        defaultTreeAdapter.detachNode(node);
        continue;
      }
      node.attrs = node.attrs.flatMap((attribute) => changeAttribute(node, attribute, change));
      open.push(node);
      if ("content" in node) open.push(node.content);
    }
  }
}

/** Puts the policy first in the head, and the note first in the body. */
export function writePage(
  { document }: ReadPage,
  { policy, note }: { readonly policy: string; readonly note: string },
): Uint8Array {
  const root = document.childNodes.find((node): node is Tree.Element => node.nodeName === "html");
  for (const child of root?.childNodes ?? []) {
    if (child.nodeName === "head") {
      const attrs = [
        { name: "http-equiv", value: "content-security-policy" },
        { name: "content", value: policy },
      ];
      prepend(child as Tree.Element, [defaultTreeAdapter.createElement("meta", html.NS.HTML, attrs)]);
      // The encoding has to be among the first bytes.
      prepend(child as Tree.Element, [
        defaultTreeAdapter.createElement("meta", html.NS.HTML, [{ name: "charset", value: "utf-8" }]),
      ]);
    }
    if (child.nodeName === "body") prepend(child as Tree.Element, parsePart(note));
  }
  return new TextEncoder().encode(serialize(document, READING));
}

function parsePart(text: string): Tree.ChildNode[] {
  const part = parse(`<!doctype html><body>${text}`, READING);
  const root = part.childNodes.find((node): node is Tree.Element => node.nodeName === "html");
  const body = root?.childNodes.find((node): node is Tree.Element => node.nodeName === "body");
  return body?.childNodes ?? [];
}

function prepend(parent: Tree.Element, nodes: readonly Tree.ChildNode[]): void {
  const first = parent.childNodes[0];
  for (const node of [...nodes]) {
    defaultTreeAdapter.detachNode(node);
    if (first === undefined) defaultTreeAdapter.appendChild(parent, node);
    else defaultTreeAdapter.insertBefore(parent, node, first);
  }
}

function attributeOf({ attrs }: Tree.Element, name: string): string {
  return attrs.find((attribute) => attribute.name === name)?.value ?? "";
}

function isTakenOut(node: Tree.Element): boolean {
  const { tagName } = node;
  if (tagName === "script" || tagName === "base") return true;
  if (tagName === "link") return SCRIPT_RELATIONS.test(attributeOf(node, "rel"));
  // Another policy, another encoding, or a page that leads on by itself.
  return (
    tagName === "meta" && (attributeOf(node, "http-equiv") !== "" || attributeOf(node, "charset") !== "")
  );
}

type Attribute = Tree.Element["attrs"][number];

function changeAttribute(node: Tree.Element, attribute: Attribute, change: ChangeLink): Attribute[] {
  const name = attribute.name.toLowerCase();
  if (name.startsWith("on") || name === "srcdoc" || name === "ping") return [];
  const use = useOf(node, name);
  if (use === null) return SETS.includes(name) ? changeSet(attribute, change) : [attribute];
  const value = change(use, attribute.value);
  return value === null ? [] : [{ ...attribute, value }];
}

function useOf(node: Tree.Element, name: string): LinkUse | null {
  if (node.tagName === "link" && name === "href") {
    const relation = attributeOf(node, "rel");
    if (HOME_RELATIONS.test(relation)) return null;
    return SHOWN_RELATIONS.test(relation) ? "show" : "go";
  }
  if (node.tagName === "meta" && name === "content" && PICTURES.test(attributeOf(node, "property")))
    return "named";
  return USES[node.tagName]?.[name] ?? null;
}

/** `address 2x, address 1x`. */
function changeSet(attribute: Attribute, change: ChangeLink): Attribute[] {
  const parts = attribute.value.split(/,\s+/).flatMap((part) => {
    const [address = "", ...rest] = part.trim().split(/\s+/);
    const changed = change("show", address);
    return changed === null ? [] : [[changed, ...rest].join(" ")];
  });
  return parts.length === 0 ? [] : [{ ...attribute, value: parts.join(", ") }];
}

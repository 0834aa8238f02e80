/**
 * An organiser's Markdown as elements: no text of theirs is ever read as HTML, on a server's page or in an island, where Trusted
 * Types would forbid it. Elements and attributes come from the lists here alone, whatever the parser may hand over.
 */
import { type ComponentChildren, h } from "preact";
import type { Token } from "../markdown.ts";

const ELEMENTS = new Set(
  "a blockquote br code em h2 h3 h4 h5 h6 hr li ol p pre s strong table tbody td th thead tr ul".split(" "),
);
const ATTRIBUTES = new Set(["href", "rel", "start", "scope", "role", "data-label"]);

/** `tokens`: of `parseMarkdown`, which costs too much to be done at each drawing. */
export function Prose({ tokens }: { readonly tokens: readonly Token[] }) {
  return <div class="prose">{nodesOf(tokens)}</div>;
}

interface Open {
  readonly tag: string | null;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: ComponentChildren[];
}

function nodesOf(tokens: readonly Token[]): ComponentChildren {
  const root: ComponentChildren[] = [];
  const open: Open[] = [];
  const add = (node: ComponentChildren) => (open.at(-1)?.children ?? root).push(node);
  for (const token of tokens) {
    if (token.nesting === 1) {
      open.push({ tag: elementOf(token), attributes: attributesOf(token), children: [] });
    } else if (token.nesting === -1) {
      const { tag = null, attributes = {}, children = [] } = open.pop() ?? {};
      add(tag === null ? children : h(tag, attributes, children));
      if (token.block) add("\n");
    } else add(leafOf(token));
  }
  return root;
}

function leafOf(token: Token): ComponentChildren {
  switch (token.type) {
    case "inline":
      return nodesOf(token.children ?? []);
    case "softbreak":
      return "\n";
    case "hardbreak":
      return [<br key="br" />, "\n"];
    case "hr":
      return <hr />;
    case "code_inline":
      return <code>{token.content}</code>;
    case "fence":
    case "code_block":
      return (
        <pre>
          <code>{token.content}</code>
        </pre>
      );
    default:
      // Text; and whatever else there may be, as the text that it was.
      return token.content;
  }
}

/** A paragraph of a tight list is hidden: only what is in it is shown. */
function elementOf(token: Token): string | null {
  return !token.hidden && ELEMENTS.has(token.tag) ? token.tag : null;
}

function attributesOf(token: Token): Record<string, string> {
  const allowed = (token.attrs ?? []).filter(([name]) => ATTRIBUTES.has(name));
  return Object.fromEntries(allowed.map(([name, value]) => [name, String(value)]));
}

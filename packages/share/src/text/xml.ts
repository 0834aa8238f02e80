/** XML 1.0 and HTML, written as text: each value goes through `escaped`, each name is ours. */
import { lines } from "./clean-text.ts";

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Right as content and as an attribute's value in either quotes, in XML and in HTML. */
export function escaped(text: string): string {
  return lines(text).replace(/[&<>"']/g, (char) => ENTITIES[char]!);
}

export type Attributes = Readonly<Record<string, string | number | null>>;

/** `content` is markup already. Attributes that are null are left out. */
export function element(name: string, attributes: Attributes, content: string | null = null): string {
  const written = Object.entries(attributes)
    .map(([key, value]) => (value === null ? "" : ` ${key}="${escaped(String(value))}"`))
    .join("");
  return content === null ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>`;
}

export const XML_DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n';

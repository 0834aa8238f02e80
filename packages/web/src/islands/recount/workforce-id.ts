/**
 * Which workforce is meant. All that a recount shows depends on this id, so the page always knows who named it: the link's
 * fragment, which no server sees or changes; the person; the address alone; or the file, which then vouches for itself.
 */
export type NamedBy = "link" | "person" | "address" | "file";

export type PageWorkforce =
  | { readonly kind: "named"; readonly workforce: string; readonly by: "link" | "address" }
  | { readonly kind: "none" }
  | { readonly kind: "differs" }
  | { readonly kind: "malformed" };

const ID = /^[A-Za-z0-9_-]{43}$/;

/** `fragment` as location.hash has it; `shown` is what the server calls the page's workforce, empty on a page of none. */
export function workforceOfPage(fragment: string, shown: string): PageWorkforce {
  // What may stand behind the id says nothing of the workforce.
  const linked = fragment.replace(/^#/, "").replace(/^([A-Za-z0-9_-]{43})\..*$/s, "$1");
  if (linked !== "" && !ID.test(linked)) return { kind: "malformed" };
  if (linked !== "" && shown !== "" && linked !== shown) return { kind: "differs" };
  if (linked !== "") return { kind: "named", workforce: linked, by: "link" };
  if (ID.test(shown)) return { kind: "named", workforce: shown, by: "address" };
  return { kind: "none" };
}

/** From what a person typed or pasted: an id, or a link that has one after its `#` or `/w/`. Null where there is none. */
export function workforceIn(text: string): string | null {
  const trimmed = text.trim();
  if (ID.test(trimmed)) return trimmed;
  const match =
    /#([A-Za-z0-9_-]{43})(?:\..*)?$/.exec(trimmed) ?? /\/w\/([A-Za-z0-9_-]{43})(?:[/#?]|$)/.exec(trimmed);
  return match?.[1] ?? null;
}

/**
 * What the link says. The workforce's id stands in the fragment, which no server sees: so a server that shows a workforce of
 * its own making is found out by every link that came from a colleague.
 */
export interface PageLink {
  readonly workforce: string;
  readonly letter: string;
  /** Whether the link's fragment names the page's workforce. */
  readonly mark: "same" | "missing" | "other";
}

const ID = /^[A-Za-z0-9_-]{43}$/;

/**
 * `hash` is `location.hash`. Null where the page does not say what it is about. A fragment that is no id is a jump within the
 * page, and says nothing.
 */
export function readLink(hash: string, page: { workforce: string; letter: string }): PageLink | null {
  const { workforce, letter } = page;
  if (!ID.test(workforce) || !ID.test(letter)) return null;
  const fragment = hash.replace(/^#/, "");
  if (!ID.test(fragment)) return { workforce, letter, mark: "missing" };
  return { workforce, letter, mark: fragment === workforce ? "same" : "other" };
}

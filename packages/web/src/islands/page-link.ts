/**
 * What the link says. The workforce's id stands in the fragment, which no server sees: so a server that shows a workforce of
 * its own making is found out by every link that came from a colleague. Behind the id may stand, each after a full stop, the key
 * of an unlisted letter (`u` and 43 characters) and an invitation (which begins with another letter).
 */
export interface PageLink {
  readonly workforce: string;
  readonly letter: string;
  /** Whether the link's fragment names the page's workforce. */
  readonly mark: "same" | "missing" | "other";
  /** The invitation that the fragment holds besides, unread: a secret, good for whoever uses it first. */
  readonly invitation: string | null;
  /** The text of the key that opens an unlisted letter, unread: a secret of all who were given the link. */
  readonly linkKey: string | null;
}

const ID = /^[A-Za-z0-9_-]{43}$/;
const FRAGMENT = /^([A-Za-z0-9_-]{43})(?:\.(u[^.]*))?(?:\.(.*))?$/s;

/**
 * `hash` is `location.hash`. Null where the page does not say what it is about. A fragment that is no id is a jump within the
 * page, and says nothing.
 */
export function readLink(hash: string, page: { workforce: string; letter: string }): PageLink | null {
  const { workforce, letter } = page;
  if (!ID.test(workforce) || !ID.test(letter)) return null;
  const [, named, linkKey = null, invitation = null] = FRAGMENT.exec(hash.replace(/^#/, "")) ?? [];
  const secrets = { linkKey, invitation };
  if (named === undefined) return { workforce, letter, mark: "missing", ...secrets };
  return { workforce, letter, mark: named === workforce ? "same" : "other", ...secrets };
}

/** The address with the workforce's id alone behind its `#`: what may stand in a browser's history. */
export function withoutSecrets(address: string): string {
  return address.replace(/(#[A-Za-z0-9_-]{43})\..*$/s, "$1");
}

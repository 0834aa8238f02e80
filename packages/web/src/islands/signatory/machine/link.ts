/**
 * What the link says. The workforce's id stands in the fragment, which no server sees: so a server that shows a workforce of
 * its own making is found out by every link that came from a colleague.
 */
export interface PageLink {
  readonly workforce: string;
  readonly letter: string;
  /** Whether the link's fragment names the page's workforce. */
  readonly mark: "same" | "missing" | "other";
  /** The invitation that the fragment holds besides, unread: a secret, good for whoever uses it first. */
  readonly invitation: string | null;
}

const ID = /^[A-Za-z0-9_-]{43}$/;
const FRAGMENT = /^([A-Za-z0-9_-]{43})(?:\.(.*))?$/s;

/**
 * `hash` is `location.hash`. Null where the page does not say what it is about. A fragment that is no id is a jump within the
 * page, and says nothing.
 */
export function readLink(hash: string, page: { workforce: string; letter: string }): PageLink | null {
  const { workforce, letter } = page;
  if (!ID.test(workforce) || !ID.test(letter)) return null;
  const [, named, invitation = null] = FRAGMENT.exec(hash.replace(/^#/, "")) ?? [];
  if (named === undefined) return { workforce, letter, mark: "missing", invitation };
  return { workforce, letter, mark: named === workforce ? "same" : "other", invitation };
}

/** The address with the workforce's id alone behind its `#`: what may stand in a browser's history. */
export function withoutInvitation(address: string): string {
  return address.replace(/(#[A-Za-z0-9_-]{43})\..*$/s, "$1");
}

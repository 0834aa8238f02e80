/**
 * Where a letter is, for people to whom it is passed on. The fragment, which no server sees, says whose letter is meant, and brings
 * what an unlisted letter's text opens with.
 */
import { letterPage } from "../../../shared/addresses.ts";

export interface Linked {
  readonly workforce: string;
  readonly letter: string;
  /** 32 bytes, base64url; null for a letter whose text is public. */
  readonly linkKey: string | null;
}

/** Absolute. */
export function letterLink(origin: string, { workforce, letter, linkKey }: Linked): string {
  const page = `${origin}${letterPage(workforce, letter)}#${workforce}`;
  return linkKey === null ? page : `${page}.u${linkKey}`;
}

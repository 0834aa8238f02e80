/**
 * Where somebody is at the desk: `#<page>`, `#<page>.<id>` or `#<page>.<id>.<section>`. The fragment never reaches a server, and
 * holds nothing but names of pages and random ids. Links that bring a secret in it are read once and forgotten.
 */
import { isPage, type PageName } from "./pages.ts";

export interface Route {
  readonly page: PageName;
  /** Of a document, a letter, whatever the page is about. */
  readonly id: string | null;
  readonly section: string | null;
}

/** A link by which somebody comes to the desk for the first time. */
export interface Entrance {
  readonly kind: "set-up" | "join";
  /** 32 bytes, base64url. */
  readonly secret: string;
}

export const HOME: Route = { page: "home", id: null, section: null };

const ENTRANCE = /^#(set-up|join)\.([A-Za-z0-9_-]{43})$/;
const ID = /^[A-Za-z0-9_-]{1,64}$/;
const SECTION = /^[a-z][a-z0-9-]{0,31}$/;

/** Null for any other fragment. */
export function readEntrance(hash: string): Entrance | null {
  const [, kind, secret] = ENTRANCE.exec(hash) ?? [];
  if (secret === undefined) return null;
  return { kind: kind === "join" ? "join" : "set-up", secret };
}

/** Whatever is no page of ours leads home. */
export function readRoute(hash: string): Route {
  const [page = "", id = null, section = null, more] = hash.replace(/^#/, "").split(".");
  if (!isPage(page) || more !== undefined) return HOME;
  if (id !== null && !ID.test(id)) return HOME;
  if (section !== null && !SECTION.test(section)) return HOME;
  return { page, id, section };
}

export function hashOf(page: PageName, id?: string | null, section?: string | null): string {
  return `#${[page, id, section].filter((part) => part !== undefined && part !== null).join(".")}`;
}

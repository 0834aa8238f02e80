/**
 * The one thing that is ever kept on the device, and only when somebody asks: the sealed enrolment, which says nothing without
 * the phrase but that Undersigned was used here. Storage that is refused throws, and all else works without it.
 */
import { decodeBase64url, encodeBase64url, sha256, utf8Encode } from "@undersigned/core";
import { STORED_BY_US } from "../../stored-names.ts";
import { PageError } from "./problem-of.ts";

const PREFIX = `${STORED_BY_US}enrolment-`;

/** What of the platform's storage is used; reaching for it may throw already. */
export type Store = () => Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

export function keyFor(workforce: string): string {
  return `${PREFIX}${encodeBase64url(sha256(utf8Encode(workforce))).slice(0, 8)}`;
}

/** Null where nothing is kept, or storage is refused. */
export function readKept(store: Store, workforce: string): Uint8Array | null {
  try {
    const text = store().getItem(keyFor(workforce));
    return text === null ? null : decodeBase64url(text);
  } catch {
    return null;
  }
}

/** Throws PageError `storage-refused`. */
export function keep(store: Store, workforce: string, file: Uint8Array): void {
  try {
    store().setItem(keyFor(workforce), encodeBase64url(file));
  } catch {
    throw new PageError("storage-refused");
  }
}

/** Storage that is refused holds nothing. */
export function keepNoMore(store: Store, workforce: string): void {
  try {
    store().removeItem(keyFor(workforce));
  } catch {
    // As above.
  }
}

/** Nothing of ours is left, whichever page kept it and of whatever workforce. */
export function forgetAll(store: Store): void {
  try {
    const storage = store();
    const keys = Array.from({ length: storage.length }, (_, i) => storage.key(i));
    for (const key of keys) if (key?.startsWith(STORED_BY_US)) storage.removeItem(key);
  } catch {
    // As above.
  }
}

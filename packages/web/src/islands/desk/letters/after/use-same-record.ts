/**
 * The same record for the same content, for as long as a form stands: what is sent again because no answer came is the very same, and
 * is logged once.
 */
import type { OrganiserRecord } from "@undersigned/core";
import { useRef } from "preact/hooks";

export type SameRecord = <R extends OrganiserRecord>(made: R) => R;

export function useSameRecord(): SameRecord {
  const same = useRef<SameRecord | null>(null);
  same.current ??= createSameRecord();
  return same.current;
}

/** Gives the former record where only the salt is another. */
export function createSameRecord(): SameRecord {
  let last: { readonly content: string; readonly record: OrganiserRecord } | null = null;
  return <R extends OrganiserRecord>(made: R): R => {
    const content = JSON.stringify({ ...made, salt: "" });
    if (last?.content !== content) last = { content, record: made };
    return last.record as R;
  };
}

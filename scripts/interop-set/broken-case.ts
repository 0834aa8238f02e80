/** What a broken copy is: a change of the small set, why it must be refused, and what a verifier says of it. */
import {
  decodeBase64url,
  encodeBase64url,
  encodeCanonical,
  type JsonValue,
  parseCanonical,
} from "@undersigned/core";
import { decodeEntries, encodeEntries } from "@undersigned/log";
import type { FailureCode } from "@undersigned/verify";
import type { Files } from "./set-builder.ts";
import type { Change, SmallSet } from "./small-set.ts";
import type { TestKeys } from "./test-keys.ts";
import type { ValidSet } from "./valid-set.ts";

/** What changes may draw on besides the set itself. */
export interface World {
  readonly keys: TestKeys;
  readonly valid: ValidSet;
  /** The small set as it stands. */
  readonly small: SmallSet;
}

export interface BrokenCase {
  readonly name: string;
  readonly why: string;
  readonly change: Change;
  /** What the case is about: a verifier names each of these. Empty for a case that is to be accepted. */
  readonly expect: readonly FailureCode[];
  /** What goes wrong in consequence; ours names these too, and no others. Null where that depends on how far a verifier goes on. */
  readonly follows?: readonly FailureCode[] | null;
  /** A checkpoint that the reader knows from before. */
  readonly known?: (set: SmallSet) => Promise<Uint8Array>;
}

/** The same bytes with one bit changed; in the middle, where nothing has a fixed form. */
export function flipped(bytes: Uint8Array): Uint8Array {
  const copy = bytes.slice();
  copy[copy.length >> 1]! ^= 1;
  return copy;
}

/** Of base64url text. */
export function flippedText(text: string): string {
  return encodeBase64url(flipped(decodeBase64url(text)));
}

/** Changes the log's entries behind its back: tiles and checkpoint stay. */
export function editEntries(
  files: Files,
  set: SmallSet,
  edit: (entries: Uint8Array[]) => Uint8Array[],
): void {
  const size = set.builder.entries.length;
  const path = `tile/entries/000.p/${size}`;
  files.set(path, encodeEntries(edit(decodeEntries(files.get(path)!, size))));
}

/** Changes a JSON file; it stays canonical. */
// biome-ignore lint/suspicious/noExplicitAny: cases reach into any format.
export function editFile(files: Files, path: string, edit: (value: any) => unknown): void {
  const value = parseCanonical(files.get(path)!, 8_000_000);
  edit(value);
  files.set(path, encodeCanonical(value as JsonValue));
}

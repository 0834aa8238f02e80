/**
 * Entry bundles (C2SP tlog-tiles): the entries of one level 0 tile. An entry's bytes are untrusted until their leaf
 * hash was compared with the tile's.
 *
 *     for each entry:  2 bytes   length n, big-endian
 *                      n bytes   entry
 */
import { copyBytes } from "./bytes.ts";
import { LogError } from "./errors.ts";
import { requireWidth } from "./tiles.ts";

export const MAX_ENTRY_LENGTH = 0xffff;

/** Takes 1 to 256 entries. Throws `entry-too-large` for one above 65,535 bytes. */
export function encodeEntries(entries: readonly Uint8Array[]): Uint8Array {
  requireWidth(entries.length);
  let length = 0;
  for (const entry of entries) {
    if (entry.length > MAX_ENTRY_LENGTH) {
      throw new LogError("entry-too-large", "Keep every log entry at 65,535 bytes or below.");
    }
    length += 2 + entry.length;
  }
  const bundle = new Uint8Array(length);
  let at = 0;
  for (const entry of entries) {
    bundle[at] = entry.length >> 8;
    bundle[at + 1] = entry.length & 0xff;
    bundle.set(entry, at + 2);
    at += 2 + entry.length;
  }
  return bundle;
}

/**
 * Exactly `count` entries (1 to 256), copied out. Throws `bundle-malformed` when the bytes end early, go on after
 * the last entry, or hold another number of entries.
 */
export function decodeEntries(bundle: Uint8Array, count: number): Uint8Array[] {
  requireWidth(count);
  const entries: Uint8Array[] = [];
  let at = 0;
  while (entries.length < count) {
    if (at + 2 > bundle.length) throw malformed();
    const length = (bundle[at]! << 8) | bundle[at + 1]!;
    at += 2;
    if (at + length > bundle.length) throw malformed();
    entries.push(copyBytes(bundle, at, at + length));
    at += length;
  }
  if (at !== bundle.length) throw malformed();
  return entries;
}

function malformed(): LogError {
  return new LogError(
    "bundle-malformed",
    "An entry bundle is damaged: fetch it again or use another mirror.",
  );
}

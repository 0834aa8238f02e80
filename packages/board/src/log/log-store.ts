/**
 * The log as it is stored: hash tiles and entry bundles, each in its newest width. Everything that an earlier
 * checkpoint refers to is a prefix of what is there, so narrower tiles and bundles are cut, not kept.
 */
import { promisify } from "node:util";
import { constants, gunzip, gzip } from "node:zlib";
import { decodeEntries, encodeEntries, parseTilePath, type TileReader } from "@undersigned/log";
import type { Reader } from "../storage/schema.ts";

const gzipAsync = promisify(gzip);
const gunzipAsync = promisify(gunzip);
const HASH_BYTES = 32;

/** The tile's hashes up to `width`, or null when the log does not have as many. */
export async function readTile(
  db: Reader,
  workforce: number,
  level: number,
  index: number,
  width: number,
): Promise<Uint8Array | null> {
  const row = await db
    .selectFrom("tile")
    .select(["width", "bytes"])
    .where("workforce", "=", workforce)
    .where("level", "=", level)
    .where("tile_index", "=", index)
    .executeTakeFirst();
  return row === undefined || row.width < width ? null : row.bytes.subarray(0, width * HASH_BYTES);
}

/** A reader for @undersigned/log. Its promise rejects when there is no such tile. */
export function tileReader(db: Reader, workforce: number): TileReader {
  return async (path) => {
    const [, level, ...index] = path.split("/");
    const tile = parseTilePath(level ?? "", index.join("/"));
    const bytes = await readTile(db, workforce, tile.level, Number(tile.index), tile.width);
    if (bytes === null) throw new Error("there is no such tile");
    return bytes;
  };
}

/** A bundle as stored: gzip, and how many entries it holds; null when there is none. */
export async function readBundle(
  db: Reader,
  workforce: number,
  index: number,
): Promise<{ width: number; bytes: Uint8Array } | null> {
  const row = await db
    .selectFrom("bundle")
    .select(["width", "bytes"])
    .where("workforce", "=", workforce)
    .where("bundle_index", "=", index)
    .executeTakeFirst();
  return row ?? null;
}

/** The first `width` entries of a stored bundle, in the form of tlog-tiles. */
export async function cutBundle(
  stored: { readonly width: number; readonly bytes: Uint8Array },
  width: number,
): Promise<Uint8Array> {
  const whole = await decompress(stored.bytes);
  return width === stored.width ? whole : encodeEntries(decodeEntries(whole, stored.width).slice(0, width));
}

export async function compress(bytes: Uint8Array): Promise<Uint8Array> {
  return plain(await gzipAsync(bytes, { level: constants.Z_DEFAULT_COMPRESSION }));
}

export async function decompress(bytes: Uint8Array): Promise<Uint8Array> {
  return plain(await gunzipAsync(bytes));
}

function plain(buffer: Buffer): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}

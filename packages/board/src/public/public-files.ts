/**
 * The public files of a workforce (PROTOCOL §8), by their path. All are functions of the log and the openings, and the
 * same for every reader; reading changes nothing. What pends is in none of them.
 */

import { parseEntriesPath, parseTilePath, TILE_WIDTH } from "@undersigned/log";
import type { Cache, PublicFile } from "@undersigned/service";
import { BoardError } from "../errors.ts";
import { cutBundle, readBundle, readTile } from "../log/log-store.ts";
import {
  ANSWER,
  CLIENT,
  COPY,
  DOCUMENT,
  idBytes,
  MANIFEST,
  RECORD,
  STATEMENT,
  WITHHELD,
} from "../model/letter-book.ts";
import type { Reader } from "../storage/schema.ts";
import { copyOf } from "./copy-of.ts";
import { openingsPage } from "./openings-page.ts";
import { signatoriesFile } from "./signatory-buckets.ts";

const JSON_TYPE = "application/json";
const BYTES = "application/octet-stream";
const KEPT = {
  "content-disposition": "attachment",
  "content-security-policy": "default-src 'none'; sandbox",
} as const;
const NUMBER = /^(?:0|[1-9]\d{0,8})$/;

/** `path` is relative to the workforce's prefix. Null for what does not exist. Throws `workforce-unknown`. */
export async function readPublicFile(
  db: Reader,
  workforce: string,
  path: string,
  options: { readonly acceptsGzip: boolean },
): Promise<PublicFile | null> {
  const id = idBytes(workforce);
  const row =
    id === null
      ? undefined
      : await db
          .selectFrom("workforce")
          .select(["number", "checkpoint", "index_file"])
          .where("id", "=", id)
          .executeTakeFirst();
  if (row === undefined) {
    throw new BoardError("workforce-unknown", "This board does not serve this workforce: check its link.");
  }
  const parts = path.split("/");
  switch (parts[0]) {
    case "checkpoint":
      if (parts.length !== 1) return null;
      return { body: row.checkpoint, contentType: "text/plain; charset=utf-8", cache: "short" };
    case "index.json":
      return parts.length === 1 ? json(row.index_file, "short") : null;
    case "tile":
      return parts[1] === "entries"
        ? await entriesFile(db, row.number, parts.slice(2).join("/"), options.acceptsGzip)
        : await tileFile(db, row.number, parts[1] ?? "", parts.slice(2).join("/"));
    case "manifests":
      return parts.length === 2 ? await namedFile(db, row.number, MANIFEST, parts[1]!) : null;
    case "statements":
      return parts.length === 2 ? await namedFile(db, row.number, STATEMENT, parts[1]!) : null;
    case "clients":
      return parts.length === 2 ? await namedFile(db, row.number, CLIENT, parts[1]!) : null;
    case "unlisted":
      return parts.length === 2 ? await unlistedFile(db, row.number, parts[1]!) : null;
    case "copies":
      return parts.length === 2 ? await copyFile(db, row.number, parts[1]!) : null;
    // A record can be withheld, with what proves it: nobody is to keep them for long.
    case "records":
      return parts.length === 2 ? await namedFile(db, row.number, RECORD, parts[1]!, "short") : null;
    case "withheld":
      return parts.length === 2 ? await namedFile(db, row.number, WITHHELD, parts[1]!) : null;
    case "answers":
      return parts.length === 2 ? await keptFile(db, row.number, ANSWER, parts[1]!, ".eml", "short") : null;
    case "documents":
      return parts.length === 2
        ? await keptFile(db, row.number, DOCUMENT, parts[1]!, ".pdf", "immutable")
        : null;
    case "openings":
      return parts.length === 3 ? await openings(db, row.number, parts[1]!, parts[2]!) : null;
    case "signatories":
      return parts.length === 4 ? await signatories(db, row.number, parts[1]!, parts[2]!, parts[3]!) : null;
    default:
      return null;
  }
}

function json(body: Uint8Array, cache: Cache): PublicFile {
  return { body, contentType: JSON_TYPE, cache };
}

/** A tile's bytes never change once it is there; a partial one is replaced by wider ones, so nobody keeps it long. */
function cacheOf(width: number): Cache {
  return width === TILE_WIDTH ? "immutable" : "short";
}

async function tileFile(
  db: Reader,
  workforce: number,
  levelText: string,
  indexText: string,
): Promise<PublicFile | null> {
  const at = attempt(() => parseTilePath(levelText, indexText));
  if (at === null || at.index > BigInt(Number.MAX_SAFE_INTEGER)) return null;
  const body = await readTile(db, workforce, at.level, Number(at.index), at.width);
  return body === null ? null : { body, contentType: BYTES, cache: cacheOf(at.width) };
}

async function entriesFile(
  db: Reader,
  workforce: number,
  indexText: string,
  acceptsGzip: boolean,
): Promise<PublicFile | null> {
  const at = attempt(() => parseEntriesPath(indexText));
  if (at === null || at.index > BigInt(Number.MAX_SAFE_INTEGER)) return null;
  const stored = await readBundle(db, workforce, Number(at.index));
  if (stored === null || stored.width < at.width) return null;
  const headers = { vary: "accept-encoding" };
  const file = { contentType: BYTES, cache: cacheOf(at.width) };
  if (acceptsGzip && stored.width === at.width) {
    return { ...file, body: stored.bytes, headers: { ...headers, "content-encoding": "gzip" } };
  }
  return { ...file, body: await cutBundle(stored, at.width), headers };
}

async function namedFile(
  db: Reader,
  workforce: number,
  kind: number,
  name: string,
  cache: Cache = "immutable",
): Promise<PublicFile | null> {
  const bytes = await storedFile(db, workforce, kind, hashIn(name, ".json"));
  return bytes === null ? null : json(bytes, cache);
}

/** A file that others have made: browsers keep it, and show nothing of it here. */
async function keptFile(
  db: Reader,
  workforce: number,
  kind: number,
  name: string,
  ending: string,
  cache: Cache,
): Promise<PublicFile | null> {
  const body = await storedFile(db, workforce, kind, hashIn(name, ending));
  return body === null ? null : { body, contentType: BYTES, cache, headers: KEPT };
}

function hashIn(name: string, ending: string): Uint8Array | null {
  return name.endsWith(ending) ? idBytes(name.slice(0, -ending.length)) : null;
}

async function storedFile(
  db: Reader,
  workforce: number,
  kind: number,
  hash: Uint8Array | null,
): Promise<Uint8Array | null> {
  if (hash === null) return null;
  const row = await db
    .selectFrom("public_file")
    .select("bytes")
    .where("workforce", "=", workforce)
    .where("kind", "=", kind)
    .where("hash", "=", hash)
    .executeTakeFirst();
  return row?.bytes ?? null;
}

/** It stays when the letter has become public: links that were passed on go on working, and show the same text. */
async function unlistedFile(db: Reader, workforce: number, name: string): Promise<PublicFile | null> {
  const id = name.endsWith(".json") ? idBytes(name.slice(0, -".json".length)) : null;
  if (id === null) return null;
  const row = await db
    .selectFrom("unlisted_letter")
    .innerJoin("letter", "letter.number", "unlisted_letter.letter")
    .select("unlisted_letter.file")
    .where("letter.workforce", "=", workforce)
    .where("letter.id", "=", id)
    .executeTakeFirst();
  return row === undefined ? null : json(row.file, "immutable");
}

/** A copy goes with the statement that it shows, once that is withheld: so nobody is to keep it for long. */
async function copyFile(db: Reader, workforce: number, name: string): Promise<PublicFile | null> {
  const bytes = await storedFile(db, workforce, COPY, idBytes(name));
  return bytes === null ? null : { ...copyOf(bytes), cache: "short" };
}

async function openings(
  db: Reader,
  workforce: number,
  id: string,
  pageText: string,
): Promise<PublicFile | null> {
  const page = numberOf(pageText);
  const letter = await readLetter(db, workforce, id);
  if (page === null || letter === null) return null;
  const file = await openingsPage(db, letter, page);
  return file === null ? null : json(file, "short");
}

async function signatories(
  db: Reader,
  workforce: number,
  id: string,
  bitsText: string,
  bucketText: string,
): Promise<PublicFile | null> {
  const bucket = numberOf(bucketText);
  const letter = await readLetter(db, workforce, id);
  if (bucket === null || letter === null || bitsText !== String(letter.bits)) return null;
  return bucket < 2 ** letter.bits ? json(await signatoriesFile(db, letter, bucket), "short") : null;
}

async function readLetter(db: Reader, workforce: number, id: string) {
  const bytes = idBytes(id);
  if (bytes === null) return null;
  const row = await db
    .selectFrom("letter")
    .select(["number", "id", "endorsements", "bits"])
    .where("workforce", "=", workforce)
    .where("id", "=", bytes)
    .executeTakeFirst();
  return row ?? null;
}

/** The number in `<number>.json`, in its one spelling. */
function numberOf(name: string): number | null {
  const text = name.endsWith(".json") ? name.slice(0, -".json".length) : "";
  return NUMBER.test(text) ? Number(text) : null;
}

function attempt<T>(parse: () => T): T | null {
  try {
    return parse();
  } catch {
    return null;
  }
}

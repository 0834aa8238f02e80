/**
 * What a GET answers with: bytes of a stated type and how long anyone may keep them. There is no ETag, no
 * Last-Modified and no cookie, so a reader cannot be recognised by what it sends back.
 */
import { encodeCanonical, type JsonValue } from "@undersigned/core";
import { ServiceError } from "../errors.ts";

const CACHE_CONTROL = {
  /** The URL names the contents: a hash, a full tile. */
  immutable: "public, max-age=31536000, immutable",
  /** Changes at a tick at most; shared caches take the load. */
  short: "public, max-age=10",
  /** Not kept by anyone. */
  none: "no-store",
} as const;

export type Cache = keyof typeof CACHE_CONTROL;

export type PublicFile = {
  body: Uint8Array | string;
  contentType: string;
  cache: Cache;
  /** 200 if left out. Anything from 400 up is never cached. */
  status?: 200 | 301 | 302 | 303 | 307 | 308 | 404 | 410 | 503;
  /** Such as Content-Security-Policy, Content-Disposition or Location. Lower-case names. */
  headers?: Readonly<Record<string, string>>;
};

/** Names that a file cannot set: they are this layer's, or would mark the reader or the moment. */
const RESERVED = new Set([
  "access-control-allow-origin",
  "cache-control",
  "connection",
  "content-length",
  "content-type",
  "date",
  "etag",
  "last-modified",
  "referrer-policy",
  "server",
  "set-cookie",
  "transfer-encoding",
  "x-content-type-options",
  "x-powered-by",
]);

/** Canonical JSON as a file. */
export function jsonFile(value: JsonValue, cache: Cache): PublicFile {
  return { body: encodeCanonical(value), contentType: "application/json", cache };
}

/** The headers of the file's answer. Throws `internal` for a header that a file cannot set. */
export function fileHeaders(file: PublicFile): Record<string, string> {
  const extra = file.headers ?? {};
  for (const name of Object.keys(extra)) {
    if (name !== name.toLowerCase() || RESERVED.has(name)) {
      throw new ServiceError(
        "internal",
        "Leave this header to the HTTP layer, and write header names in lower case.",
      );
    }
  }
  const cache = (file.status ?? 200) >= 400 ? "none" : file.cache;
  return { ...extra, "content-type": file.contentType, "cache-control": CACHE_CONTROL[cache] };
}

/** Whether an Accept-Encoding header (RFC 9110, 12.5.3) names gzip, or anything, with a weight above 0. */
export function takesGzip(header: string | string[] | undefined): boolean {
  const weights = new Map(
    String(header ?? "")
      .split(",")
      .map((item) => {
        const [coding = "", ...parameters] = item.split(";").map((part) => part.trim().toLowerCase());
        const weight = parameters.find((parameter) => parameter.startsWith("q="));
        return [coding, weight === undefined ? 1 : Number(weight.slice(2))] as const;
      }),
  );
  return (weights.get("gzip") ?? weights.get("x-gzip") ?? weights.get("*") ?? 0) > 0;
}

/**
 * A captured copy as it is served. An organiser chose it, and a stranger may have made it: browsers keep it as a file and show
 * nothing of it here, and what it is stands in its own first bytes.
 */
import type { CopyType } from "@undersigned/core";
import type { PublicFile } from "@undersigned/service";

const BEGINNINGS = [
  ["application/pdf", "%PDF-"],
  ["image/jpeg", "\xff\xd8\xff"],
  ["image/png", "\x89PNG\r\n\x1a\n"],
  ["image/webp", "RIFF"],
] as const satisfies readonly (readonly [CopyType, string])[];

/** As package clean begins every page, and as no other file is taken for one: its own policy comes before all that a page could hold. */
const PAGE =
  /^<!doctype html><html(?: lang="[A-Za-z0-9-]{2,12}")?(?: dir="[a-z]{3,4}")?><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'">/;
const BEGINNING_BYTES = 300;

/** By the first bytes; plain text for all that begins like nothing else. */
export function copyTypeOf(bytes: Uint8Array): CopyType {
  const start = Buffer.from(bytes.subarray(0, BEGINNING_BYTES)).toString("latin1");
  const type = BEGINNINGS.find(([, beginning]) => start.startsWith(beginning))?.[0];
  return type ?? (PAGE.test(start) ? "text/html" : "text/plain");
}

export function copyOf(bytes: Uint8Array): PublicFile {
  const type = copyTypeOf(bytes);
  return {
    body: bytes,
    contentType: type.startsWith("text/") ? `${type}; charset=utf-8` : type,
    cache: "immutable",
    headers: {
      "content-disposition": "attachment",
      "content-security-policy": "default-src 'none'; sandbox",
    },
  };
}

/**
 * A captured copy as it is served. An organiser chose it, and a stranger may have made it: browsers keep it as a file and show
 * nothing of it here, and what it is stands in its own first bytes.
 */
import type { PublicFile } from "@undersigned/service";

const BEGINNINGS = [
  ["application/pdf", "%PDF-"],
  ["image/jpeg", "\xff\xd8\xff"],
  ["image/png", "\x89PNG\r\n\x1a\n"],
  ["image/webp", "RIFF"],
] as const;

export function copyOf(bytes: Uint8Array): PublicFile {
  const start = Buffer.from(bytes.subarray(0, 8)).toString("latin1");
  const type = BEGINNINGS.find(([, beginning]) => start.startsWith(beginning))?.[0];
  return {
    body: bytes,
    contentType: type ?? "text/plain; charset=utf-8",
    cache: "immutable",
    headers: {
      "content-disposition": "attachment",
      "content-security-policy": "default-src 'none'; sandbox",
    },
  };
}

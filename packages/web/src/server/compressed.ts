/**
 * Answers as gzip for those who take it. What pages hold is the same for every reader and has nothing of the request in it, so
 * their packed length tells nothing either.
 */
import { promisify } from "node:util";
import { constants, gzip } from "node:zlib";
import type { PublicFile } from "@undersigned/service";

const pack = promisify(gzip);
/** Below this a packed answer is hardly smaller, if at all. */
const FROM_BYTES = 1000;

export async function compressed(file: PublicFile, acceptsGzip: boolean): Promise<PublicFile> {
  const headers = { ...file.headers, vary: "accept-encoding" };
  if (!acceptsGzip || file.body.length < FROM_BYTES) return { ...file, headers };
  return { ...file, body: await pack(file.body), headers: { ...headers, "content-encoding": "gzip" } };
}

/** The same for files that never change: each is packed once, as small as it gets. */
export function createPacked(): (file: PublicFile, acceptsGzip: boolean) => Promise<PublicFile> {
  const packed = new Map<PublicFile["body"], Promise<Buffer>>();
  return async (file, acceptsGzip) => {
    const headers = { ...file.headers, vary: "accept-encoding" };
    if (!acceptsGzip) return { ...file, headers };
    const { body } = file;
    const once = packed.get(body) ?? pack(body, { level: constants.Z_BEST_COMPRESSION });
    packed.set(body, once);
    return { ...file, body: await once, headers: { ...headers, "content-encoding": "gzip" } };
  };
}

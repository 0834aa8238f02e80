/** The body of an answer from outside, unpacked, within bounds: a kilobyte can unpack to a gigabyte. */
import type { IncomingMessage } from "node:http";
import { Readable } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { OutsideError } from "./outside-error.ts";

/** One coding or none: who packs twice is up to something. */
const UNPACK = {
  gzip: createGunzip,
  "x-gzip": createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
} as const;

/** At most `most` bytes as they are sent, and as they are unpacked. Throws OutsideError `large`, `unreadable`. */
export async function readBody(
  response: IncomingMessage,
  most: number,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const coding = (response.headers["content-encoding"] ?? "identity").trim().toLowerCase();
  const sent = Readable.from(bounded(response, most), { objectMode: false, signal });
  if (coding === "identity") return collect(sent, most);
  if (!Object.hasOwn(UNPACK, coding)) throw new OutsideError("unreadable");
  const unpacked = UNPACK[coding as keyof typeof UNPACK]();
  // What fails before it is unpacked must fail here, too; a pipe alone would leave the reader waiting.
  sent.on("error", (error) => unpacked.destroy(error));
  sent.pipe(unpacked);
  try {
    return await collect(unpacked, most);
  } catch (error) {
    if (error instanceof OutsideError || signal.aborted) throw error;
    throw new OutsideError("unreadable");
  } finally {
    sent.destroy();
    unpacked.destroy();
  }
}

async function* bounded(source: AsyncIterable<Buffer>, most: number): AsyncGenerator<Buffer> {
  let taken = 0;
  for await (const piece of source) {
    taken += piece.length;
    if (taken > most) throw new OutsideError("large");
    yield piece;
  }
}

async function collect(source: AsyncIterable<Buffer>, most: number): Promise<Uint8Array> {
  const pieces: Buffer[] = [];
  for await (const piece of bounded(source, most)) pieces.push(piece);
  return new Uint8Array(Buffer.concat(pieces));
}

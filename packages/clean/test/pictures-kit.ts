/** Pictures built byte by byte from their specifications, apart from the code that reads them. */
import { readFileSync } from "node:fs";
import { crc32, deflateSync } from "node:zlib";

export const sample = (name: string) =>
  new Uint8Array(readFileSync(new URL(`samples/${name}`, import.meta.url)));

/** A segment of a JPEG: marker, length of what follows with its own two bytes, body. */
export function segment(marker: number, body: Uint8Array | string): Buffer {
  const bytes = Buffer.from(body as string, "latin1");
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(bytes.length + 2, 2);
  return Buffer.concat([head, bytes]);
}

/** Puts segments behind a JPEG's first two bytes. */
export function withSegments(jpeg: Uint8Array, ...segments: Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)]));
}

/**
 * TIFF in the order of the Intel machines: directory 0 with make, model, orientation, time, and a directory of GPS; the
 * directory after it holds a preview.
 */
export function tiff(orientation: number, preview: Uint8Array = new Uint8Array()): Buffer {
  const entries: Buffer[] = [];
  const data: Buffer[] = [];
  const count = 5;
  const after = 8 + 2 + 12 * count + 4;
  let at = after;
  const entry = (tag: number, type: number, number: number, value: number) => {
    const out = Buffer.alloc(12);
    out.writeUInt16LE(tag, 0);
    out.writeUInt16LE(type, 2);
    out.writeUInt32LE(number, 4);
    if (type === 3) out.writeUInt16LE(value, 8);
    else out.writeUInt32LE(value, 8);
    entries.push(out);
  };
  const text = (tag: number, value: string) => {
    const bytes = Buffer.from(`${value}\0`, "latin1");
    entry(tag, 2, bytes.length, at);
    data.push(bytes);
    at += bytes.length;
  };
  text(0x010f, "zqplantedqz camera maker");
  text(0x0110, "zqplantedqz camera model");
  entry(0x0112, 3, 1, orientation);
  text(0x0132, "2026:05:01 09:30:00");
  // The directory of GPS: one entry, latitude's reference, in place.
  entry(0x8825, 4, 1, at);
  const gps = Buffer.alloc(2 + 12 + 4);
  gps.writeUInt16LE(1, 0);
  gps.writeUInt16LE(1, 2);
  gps.writeUInt16LE(2, 4);
  gps.writeUInt32LE(2, 6);
  gps.write("N\0", 10, "latin1");
  data.push(gps, Buffer.from(preview));
  const head = Buffer.from("II*\0\x08\0\0\0", "latin1");
  const number = Buffer.alloc(2);
  number.writeUInt16LE(count);
  return Buffer.concat([head, number, ...entries, Buffer.alloc(4), ...data]);
}

export const exifSegment = (orientation: number, preview?: Uint8Array) =>
  segment(0xe1, Buffer.concat([Buffer.from("Exif\0\0"), tiff(orientation, preview)]));

export function chunk(type: string, body: Uint8Array | string = ""): Buffer {
  const bytes = Buffer.from(body as string, "latin1");
  const out = Buffer.alloc(12 + bytes.length);
  out.writeUInt32BE(bytes.length, 0);
  out.write(type, 4, "latin1");
  bytes.copy(out, 8);
  out.writeUInt32BE(crc32(out.subarray(4, 8 + bytes.length)), 8 + bytes.length);
  return out;
}

/** A grey picture of 2 by 2 with these chunks between header and data, and behind the data. */
export function png(before: readonly Uint8Array[] = [], behind: readonly Uint8Array[] = []): Uint8Array {
  const header = Buffer.from([0, 0, 0, 2, 0, 0, 0, 2, 8, 0, 0, 0, 0]);
  const data = deflateSync(Buffer.from([0, 10, 20, 0, 30, 40]));
  return new Uint8Array(
    Buffer.concat([
      Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
      chunk("IHDR", header),
      ...before,
      chunk("IDAT", data),
      ...behind,
      chunk("IEND"),
    ]),
  );
}

export function riffChunk(type: string, body: Uint8Array): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32LE(body.length);
  return Buffer.concat([Buffer.from(type, "latin1"), size, body, Buffer.alloc(body.length % 2)]);
}

export function webp(...chunks: Uint8Array[]): Uint8Array {
  return new Uint8Array(riffChunk("RIFF", Buffer.concat([Buffer.from("WEBP"), ...chunks])));
}

/** The one chunk of pixels of a simple WebP. */
export const pixelsOf = (simple: Uint8Array) => Buffer.from(simple.subarray(12));

export const vp8x = (flags: number) => riffChunk("VP8X", Buffer.from([flags, 0, 0, 0, 23, 0, 0, 15, 0, 0]));

/**
 * WebP (RFC 9649), cut down to the chunks that decode to its pixels, which are copied byte for byte. Frames of a moving
 * picture are gone through as the file is.
 */
import { concatBytes, equalBytes } from "@undersigned/core";
import { CleanError } from "../errors.ts";
import { exifOf, readExif } from "./exif.ts";
import { type Cleaned, Removed } from "./report.ts";

const IN_FILE = ["VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF"];
const IN_FRAME = ["VP8 ", "VP8L", "ALPH"];

/** Flags of VP8X: alpha and animation stay. */
const ALPHA_AND_MOTION = 0x12;
const HAS_EXIF = 0x08;

interface Chunk {
  readonly type: string;
  readonly body: Uint8Array;
}

export function cleanWebp(bytes: Uint8Array): Cleaned {
  const removed = new Removed();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const end = 8 + view.getUint32(4, true);
  if (end > bytes.length) throw new CleanError("file-cut-off");
  if (end < 20) throw new CleanError("file-malformed");
  if (bytes.length > end) removed.addOfPicture("left-over");
  const chunks = chunksOf(bytes.subarray(12, end));
  const kept = chunks.filter(({ type }) => IN_FILE.includes(type));
  if (!kept.some(({ type }) => type === "VP8 " || type === "VP8L" || type === "ANMF"))
    throw new CleanError("file-malformed");
  let orientation = 1;
  for (const { type, body } of chunks) {
    if (IN_FILE.includes(type)) continue;
    if (type !== "EXIF") {
      removed.addOfPicture(
        type === "ICCP" ? "colour-profile" : type === "XMP " ? "properties" : "private-part",
      );
      continue;
    }
    const facts = readExif(body);
    if (orientation === 1) orientation = facts.orientation;
    if (facts.orientation === 1 || !equalBytes(body, exifOf(facts.orientation)))
      removed.addOfPicture("properties");
    if (facts.hasPlace) removed.addOfPicture("place");
  }
  // Without a header that announces it, nobody looks for Exif.
  const isExtended = kept[0]?.type === "VP8X";
  const parts = kept.map((chunk) => chunkBytes(cleanChunk(chunk, isExtended && orientation !== 1, removed)));
  if (isExtended && orientation !== 1) parts.push(chunkBytes({ type: "EXIF", body: exifOf(orientation) }));
  const inside = concatBytes(ascii("WEBP"), ...parts);
  const out = concatBytes(ascii("RIFF"), uint32(inside.length), inside);
  if (removed.list.length === 0 && !equalBytes(out, bytes)) removed.addOfPicture("private-part");
  return { bytes: out, removed: removed.list };
}

function cleanChunk(chunk: Chunk, hasExif: boolean, removed: Removed): Chunk {
  const { type, body } = chunk;
  if (type === "VP8X") {
    if (body.length !== 10) throw new CleanError("file-malformed");
    const out = body.slice();
    out.set([(body[0]! & ALPHA_AND_MOTION) | (hasExif ? HAS_EXIF : 0), 0, 0, 0]);
    return { type, body: out };
  }
  if (type === "ANIM" && body.length !== 6) throw new CleanError("file-malformed");
  if (type !== "ANMF") return chunk;
  if (body.length < 16) throw new CleanError("file-malformed");
  const inside = chunksOf(body.subarray(16));
  const kept = inside.filter((one) => IN_FRAME.includes(one.type));
  if (kept.length < inside.length) removed.addOfPicture("private-part");
  const head = body.slice(0, 16);
  head[15] = head[15]! & 3;
  return { type, body: concatBytes(head, ...kept.map(chunkBytes)) };
}

function chunksOf(bytes: Uint8Array): Chunk[] {
  const out: Chunk[] = [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 0; at < bytes.length; ) {
    if (at + 8 > bytes.length) throw new CleanError("file-malformed");
    const type = String.fromCharCode(...bytes.subarray(at, at + 4));
    const length = view.getUint32(at + 4, true);
    const end = at + 8 + length;
    if (end > bytes.length) throw new CleanError("file-malformed");
    out.push({ type, body: bytes.subarray(at + 8, end) });
    // A length that is odd has one byte more, whose value nobody looks at.
    at = end + (length % 2);
  }
  return out;
}

function chunkBytes({ type, body }: Chunk): Uint8Array {
  return concatBytes(ascii(type), uint32(body.length), body, new Uint8Array(body.length % 2));
}

const ascii = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

function uint32(value: number): Uint8Array {
  const out = new Uint8Array(4);
  new DataView(out.buffer).setUint32(0, value, true);
  return out;
}

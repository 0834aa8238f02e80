/**
 * PNG (W3C, third edition), cut down to the chunks that decode to its pixels, which are copied byte for byte. The list of
 * those that stay is short, and each has the one length that it may have.
 */
import { concatBytes, equalBytes } from "@undersigned/core";
import { CleanError } from "../errors.ts";
import { crc32 } from "./crc32.ts";
import { exifOf, readExif } from "./exif.ts";
import { type Cleaned, Removed } from "./report.ts";

const SIGNATURE = 8;

/** Chunks that stay, and what length they may have. */
const KEPT: Readonly<Record<string, (length: number) => boolean>> = {
  IHDR: (length) => length === 13,
  PLTE: (length) => length >= 3 && length <= 768 && length % 3 === 0,
  IDAT: () => true,
  IEND: (length) => length === 0,
  tRNS: (length) => length >= 1 && length <= 256,
  gAMA: (length) => length === 4,
  sRGB: (length) => length === 1,
  cICP: (length) => length === 4,
  // Moving pictures.
  acTL: (length) => length === 8,
  fcTL: (length) => length === 26,
  fdAT: (length) => length >= 4,
};

export function cleanPng(bytes: Uint8Array): Cleaned {
  const removed = new Removed();
  const kept: Uint8Array[] = [bytes.subarray(0, SIGNATURE)];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let orientation = 1;
  let hasData = false;
  let at = SIGNATURE;
  for (;;) {
    if (at + 12 > bytes.length) throw new CleanError("file-cut-off");
    const length = view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const end = at + 12 + length;
    if (!/^[A-Za-z]{4}$/.test(type)) throw new CleanError("file-malformed");
    if (end > bytes.length) throw new CleanError("file-cut-off");
    if (at === SIGNATURE && type !== "IHDR") throw new CleanError("file-malformed");
    const fits = KEPT[type];
    if (fits !== undefined) {
      if (!fits(length) || (type === "IHDR" && at !== SIGNATURE)) throw new CleanError("file-malformed");
      if (view.getUint32(end - 4) !== crc32(bytes.subarray(at + 4, end - 4)))
        throw new CleanError("file-malformed");
      // Before the picture's data, where a decoder looks for it.
      if (type === "IDAT" && !hasData && orientation !== 1) kept.push(exifChunk(orientation));
      if (type === "IDAT") hasData = true;
      kept.push(bytes.subarray(at, end));
    } else if (/^[A-Z]/.test(type)) {
      // A chunk without which the picture cannot be decoded, and of which we know nothing.
      throw new CleanError("file-unsupported");
    } else {
      const body = bytes.subarray(at + 8, end - 4);
      const facts = type === "eXIf" ? readExif(body) : null;
      const isOurs =
        facts !== null &&
        facts.orientation !== 1 &&
        equalBytes(bytes.subarray(at, end), exifChunk(facts.orientation));
      if (facts !== null && orientation === 1 && !hasData) orientation = facts.orientation;
      if (!isOurs) removed.addOfPicture(KINDS[type] ?? "private-part");
      if (facts?.hasPlace) removed.addOfPicture("place");
    }
    at = end;
    if (type === "IEND") break;
  }
  if (!hasData) throw new CleanError("file-malformed");
  if (at < bytes.length) removed.addOfPicture("left-over");
  const out = concatBytes(...kept);
  if (removed.list.length === 0 && !equalBytes(out, bytes)) removed.addOfPicture("private-part");
  return { bytes: out, removed: removed.list };
}

const KINDS: Readonly<Record<string, "properties" | "comment" | "colour-profile">> = {
  eXIf: "properties",
  tIME: "properties",
  pHYs: "properties",
  tEXt: "comment",
  zTXt: "comment",
  iTXt: "comment",
  iCCP: "colour-profile",
  cHRM: "colour-profile",
};

function exifChunk(orientation: number): Uint8Array {
  const body = exifOf(orientation);
  const out = new Uint8Array(12 + body.length);
  const view = new DataView(out.buffer);
  view.setUint32(0, body.length);
  out.set(new TextEncoder().encode("eXIf"), 4);
  out.set(body, 8);
  view.setUint32(8 + body.length, crc32(out.subarray(4, 8 + body.length)));
  return out;
}

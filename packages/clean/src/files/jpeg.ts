/**
 * JPEG (ITU T.81), cut down to the segments that decode to its pixels: these are copied byte for byte. Kept besides: that it
 * is JFIF (rewritten), Adobe's colour transform (rewritten), and which way up it is. Every length is checked, so
 * that no table can be longer than what is in it.
 */
import { concatBytes, equalBytes } from "@undersigned/core";
import { CleanError } from "../errors.ts";
import { exifOf, readExif } from "./exif.ts";
import { type Cleaned, Removed } from "./report.ts";

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const APP0 = 0xe0;
const APP1 = 0xe1;
const APP2 = 0xe2;
const APP14 = 0xee;
const COM = 0xfe;

export function cleanJpeg(bytes: Uint8Array): Cleaned {
  const removed = new Removed();
  const picture: Uint8Array[] = [];
  let jfif: Uint8Array | null = null;
  let adobe: Uint8Array | null = null;
  let orientation = 1;
  let hasFrame = false;
  let hasScan = false;
  let at = 2;
  for (;;) {
    const { marker, start } = nextMarker(bytes, at, removed);
    if (marker === EOI) {
      at = start;
      break;
    }
    if (marker === SOI || marker === 0 || (marker >= 0xd0 && marker <= 0xd7))
      throw new CleanError("file-malformed");
    if (start + 2 > bytes.length) throw new CleanError("file-cut-off");
    const length = (bytes[start]! << 8) | bytes[start + 1]!;
    const end = start + length;
    if (length < 2) throw new CleanError("file-malformed");
    if (end > bytes.length) throw new CleanError("file-cut-off");
    const body = bytes.subarray(start + 2, end);
    at = end;
    if (marker === APP0 && startsWith(body, "JFIF\0") && body.length >= 14) {
      jfif ??= jfifOf(body);
      if (body.length > 14 || body[12] !== 0 || body[13] !== 0) removed.addOfPicture("other-picture");
      else if (!equalBytes(body, jfif)) removed.addOfPicture("private-part");
    } else if (marker === APP14 && startsWith(body, "Adobe") && body.length >= 12) {
      adobe ??= adobeOf(body);
      if (!equalBytes(body, adobe)) removed.addOfPicture("private-part");
    } else if (marker === APP1 && startsWith(body, "Exif\0")) {
      const facts = readExif(body.subarray(6));
      if (orientation === 1) orientation = facts.orientation;
      if (!equalBytes(body, exifBody(facts.orientation)) || facts.orientation === 1) {
        removed.addOfPicture("properties");
        if (facts.hasPlace) removed.addOfPicture("place");
        if (holdsJpeg(body)) removed.addOfPicture("other-picture");
      }
    } else if (marker >= APP0 && marker <= 0xef) removed.addOfPicture(kindOf(marker, body));
    else if (marker === COM) removed.addOfPicture("comment");
    else if (isPicturePart(marker)) {
      checkLength(marker, body);
      if (isFrame(marker)) {
        if (hasFrame) throw new CleanError("file-malformed");
        hasFrame = true;
      }
      picture.push(segment(marker, body));
      if (marker !== SOS) continue;
      if (!hasFrame) throw new CleanError("file-malformed");
      hasScan = true;
      const until = endOfScan(bytes, at);
      picture.push(bytes.subarray(at, until));
      at = until;
    } else removed.addOfPicture("private-part");
  }
  if (!hasScan) throw new CleanError("file-malformed");
  if (at < bytes.length) removed.addOfPicture(holdsJpeg(bytes.subarray(at)) ? "other-picture" : "left-over");
  const out = concatBytes(
    new Uint8Array([0xff, SOI]),
    ...(jfif === null ? [] : [segment(APP0, jfif)]),
    ...(orientation === 1 ? [] : [segment(APP1, exifBody(orientation))]),
    ...(adobe === null ? [] : [segment(APP14, adobe)]),
    ...picture,
    new Uint8Array([0xff, EOI]),
  );
  // Order alone differs: somebody's program wrote its segments in another one.
  if (removed.list.length === 0 && !equalBytes(out, bytes)) removed.addOfPicture("private-part");
  return { bytes: out, removed: removed.list };
}

/** The next marker and where its segment begins. Bytes before it, and all but one of the fill bytes, are nobody's. */
function nextMarker(bytes: Uint8Array, from: number, removed: Removed): { marker: number; start: number } {
  let at = from;
  while (at < bytes.length && (bytes[at] !== 0xff || bytes[at + 1] === 0xff || bytes[at + 1] === 0)) at++;
  if (at + 1 >= bytes.length) throw new CleanError("file-cut-off");
  if (at > from) removed.addOfPicture("left-over");
  return { marker: bytes[at + 1]!, start: at + 2 };
}

/** Coded data goes on until a marker that is neither a stuffed zero nor a restart. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1];
    if (next === undefined) break;
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  throw new CleanError("file-cut-off");
}

const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/** Frames, DHT, DAC, DQT, DNL, DRI, SOS. */
const isPicturePart = (marker: number) =>
  (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc8) || (marker >= 0xda && marker <= 0xdd);

/** That a segment is exactly as long as its own counts say (T.81, clauses B.2.2 to B.2.5). */
function checkLength(marker: number, body: Uint8Array): void {
  let expected = body.length;
  if (isFrame(marker)) expected = 6 + 3 * (body[5] ?? 0);
  else if (marker === SOS) expected = 4 + 2 * (body[0] ?? 0);
  else if (marker === 0xdc || marker === 0xdd) expected = 2;
  else if (marker === 0xcc) expected = body.length + (body.length % 2);
  else expected = lengthOfTables(marker, body);
  if (expected !== body.length) throw new CleanError("file-malformed");
}

/** DQT and DHT: one or more tables in a row. */
function lengthOfTables(marker: number, body: Uint8Array): number {
  let at = 0;
  while (at < body.length) {
    const head = body[at]!;
    if (marker === 0xdb) at += head >> 4 === 0 ? 65 : 129;
    else at += 17 + body.subarray(at + 1, at + 17).reduce((sum, count) => sum + count, 0);
  }
  return at;
}

function kindOf(marker: number, body: Uint8Array) {
  if (marker === APP2 && startsWith(body, "ICC_PROFILE\0")) return "colour-profile";
  if (marker === APP2 && startsWith(body, "MPF\0")) return "other-picture";
  if (marker === APP0) return "other-picture";
  return marker === APP1 || marker === 0xed ? "properties" : "private-part";
}

/** Version 1.2, the same density, no preview. */
function jfifOf(body: Uint8Array): Uint8Array {
  const out = new Uint8Array([...utf8("JFIF\0"), 1, 2, 0, 0, 1, 0, 1, 0, 0]);
  // Only the shape of a pixel matters to how it looks: a density in dots an inch is a program's or a scanner's.
  if (body[7] === 0) out.set(body.subarray(8, 12), 8);
  return out;
}

/** Version 100, no flags, the same transform. */
function adobeOf(body: Uint8Array): Uint8Array {
  return new Uint8Array([...utf8("Adobe"), 0, 100, 0, 0, 0, 0, body[11]!]);
}

const exifBody = (orientation: number) => concatBytes(utf8("Exif\0\0"), exifOf(orientation));

function segment(marker: number, body: Uint8Array): Uint8Array {
  const length = body.length + 2;
  return concatBytes(new Uint8Array([0xff, marker, length >> 8, length & 0xff]), body);
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function startsWith(bytes: Uint8Array, text: string): boolean {
  return [...text].every((character, i) => bytes[i] === character.charCodeAt(0));
}

function holdsJpeg(bytes: Uint8Array): boolean {
  for (let at = bytes.indexOf(0xff); at !== -1; at = bytes.indexOf(0xff, at + 1))
    if (bytes[at + 1] === SOI && bytes[at + 2] === 0xff) return true;
  return false;
}

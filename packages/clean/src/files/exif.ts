/**
 * Exif (TIFF 6.0 inside, CIPA DC-008): read for two things only, which way up the picture is and whether it says where it
 * was taken. Offsets are an attacker's; none is followed but that of the first directory.
 */

const ORIENTATION = 0x0112;
const GPS = 0x8825;
const ENTRIES_MOST = 1_000;

export interface ExifFacts {
  /** 1 to 8 as in TIFF; 1, the picture as it is, where nothing is said. */
  readonly orientation: number;
  readonly hasPlace: boolean;
}

/** `tiff` begins with the byte order. What makes no sense says nothing. */
export function readExif(tiff: Uint8Array): ExifFacts {
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.length);
  const facts = { orientation: 1, hasPlace: false };
  if (tiff.length < 8) return facts;
  const little = tiff[0] === 0x49 && tiff[1] === 0x49;
  if (!little && !(tiff[0] === 0x4d && tiff[1] === 0x4d)) return facts;
  const start = view.getUint32(4, little);
  if (start + 2 > tiff.length) return facts;
  const count = Math.min(view.getUint16(start, little), ENTRIES_MOST);
  for (let i = 0, at = start + 2; i < count && at + 12 <= tiff.length; i++, at += 12) {
    const tag = view.getUint16(at, little);
    if (tag === GPS) facts.hasPlace = true;
    if (tag !== ORIENTATION || view.getUint16(at + 2, little) !== 3) continue;
    const value = view.getUint16(at + 8, little);
    if (value >= 1 && value <= 8) facts.orientation = value;
  }
  return facts;
}

/** 26 bytes: big-endian TIFF with one directory of one entry, the orientation. */
export function exifOf(orientation: number): Uint8Array {
  // MM 42, directory at 8; one entry: tag, type SHORT, count 1, value; no next directory.
  const out = new Uint8Array([
    ...[0x4d, 0x4d, 0, 42, 0, 0, 0, 8],
    ...[0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0],
    ...[0, 0, 0, 0],
  ]);
  return out;
}

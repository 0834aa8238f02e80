/**
 * Which characters a font file can draw: its character map (OpenType 1.9, `cmap`, formats 4 and 12). Files are our own
 * dependencies, so what is malformed may throw.
 */
import { closeSync, openSync, readSync } from "node:fs";

const CMAP = 0x63_6d_61_70;
const UNICODE: ReadonlySet<string> = new Set(["0 3", "0 4", "3 1", "3 10"]);

/** Ranges of code points, first and last by turns, ascending. */
type Ranges = readonly number[];

export function readCoverage(path: string): (codePoint: number) => boolean {
  const ranges = readRanges(readTable(path));
  return (codePoint) => contains(ranges, codePoint);
}

/** The table alone: a font of 30,000 letters has ten megabytes. */
function readTable(path: string): DataView {
  const file = openSync(path, "r");
  try {
    const read = (at: number, length: number) => {
      const bytes = new Uint8Array(length);
      if (readSync(file, bytes, 0, length, at) !== length) throw new Error("The font file is cut short.");
      return new DataView(bytes.buffer);
    };
    const tables = read(4, 2).getUint16(0);
    const directory = read(12, tables * 16);
    for (let at = 0; at < tables * 16; at += 16) {
      if (directory.getUint32(at) === CMAP)
        return read(directory.getUint32(at + 8), directory.getUint32(at + 12));
    }
    throw new Error("The font file has no character map.");
  } finally {
    closeSync(file);
  }
}

/** Of the subtable with the most characters. */
function readRanges(cmap: DataView): Ranges {
  let best: Ranges = [];
  for (let i = 0; i < cmap.getUint16(2); i++) {
    const record = 4 + i * 8;
    if (!UNICODE.has(`${cmap.getUint16(record)} ${cmap.getUint16(record + 2)}`)) continue;
    const at = cmap.getUint32(record + 4);
    const format = cmap.getUint16(at);
    const ranges = format === 12 ? format12(cmap, at) : format === 4 ? format4(cmap, at) : [];
    if (ranges.length > best.length) best = ranges;
  }
  return best;
}

function format12(cmap: DataView, at: number): number[] {
  const ranges: number[] = [];
  for (let i = 0; i < cmap.getUint32(at + 12); i++) {
    const group = at + 16 + i * 12;
    ranges.push(cmap.getUint32(group), cmap.getUint32(group + 4));
  }
  return ranges;
}

function format4(cmap: DataView, at: number): number[] {
  const ranges: number[] = [];
  const twice = cmap.getUint16(at + 6);
  for (let i = 0; i < twice; i += 2) {
    const last = cmap.getUint16(at + 14 + i);
    const first = cmap.getUint16(at + 16 + twice + i);
    if (first !== 0xffff) ranges.push(first, last);
  }
  return ranges;
}

function contains(ranges: Ranges, codePoint: number): boolean {
  let low = 0;
  let high = ranges.length / 2;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (codePoint > ranges[2 * middle + 1]!) low = middle + 1;
    else high = middle;
  }
  return low < ranges.length / 2 && codePoint >= ranges[2 * low]!;
}

/**
 * What is packed in a LevelDB table (`*.ldb`: Local Storage, Session Storage, IndexedDB of Chromium), block by block, after
 * LevelDB's table_format.md and Snappy's format_description.txt. For searching: what cannot be read is left out, since raw
 * bytes are searched as well.
 */
const FOOTER = 48;
const TRAILER = 5;
const SNAPPY = 1;

/** The blocks as they were before packing. */
export function tableBlocks(file: Buffer): Buffer[] {
  if (file.length < FOOTER) return [];
  // The footer: handle of the meta index, handle of the index, padding, magic.
  let at = file.length - FOOTER;
  const handle = (): { offset: number; size: number } => {
    const [offset, afterOffset] = varint(file, at);
    const [size, afterSize] = varint(file, afterOffset);
    at = afterSize;
    return { offset, size };
  };
  handle();
  const index = block(file, handle());
  if (index === null) return [];
  const blocks = [index];
  for (const value of values(index)) {
    const [offset, next] = varint(value, 0);
    const [size] = varint(value, next);
    const data = block(file, { offset, size });
    if (data !== null) blocks.push(data);
  }
  return blocks;
}

function block(file: Buffer, { offset, size }: { offset: number; size: number }): Buffer | null {
  if (offset + size + TRAILER > file.length) return null;
  const bytes = file.subarray(offset, offset + size);
  return file[offset + size] === SNAPPY ? unsnappy(bytes) : bytes;
}

/** Values of a block's entries; keys share prefixes, and end at the list of restarts. */
function* values(bytes: Buffer): Generator<Buffer> {
  if (bytes.length < 4) return;
  const end = bytes.length - 4 * (1 + bytes.readUInt32LE(bytes.length - 4));
  for (let at = 0; at < end; ) {
    const [, afterShared] = varint(bytes, at);
    const [own, afterOwn] = varint(bytes, afterShared);
    const [length, afterLength] = varint(bytes, afterOwn);
    const from = afterLength + own;
    yield bytes.subarray(from, from + length);
    at = from + length;
  }
}

function varint(bytes: Buffer, from: number): [value: number, next: number] {
  let value = 0;
  let scale = 1;
  for (let at = from; ; at++) {
    const byte = bytes[at] ?? 0;
    value += (byte & 127) * scale;
    if (byte < 128) return [value, at + 1];
    scale *= 128;
  }
}

/** Null where the bytes are not Snappy's. */
export function unsnappy(bytes: Buffer): Buffer | null {
  const [length, start] = varint(bytes, 0);
  if (length > 256 * 1024 * 1024) return null;
  const out = Buffer.alloc(length);
  let to = 0;
  const copy = (distance: number, count: number) => {
    for (let i = 0; i < count; i++, to++) out[to] = out[to - distance] ?? 0;
  };
  for (let at = start; at < bytes.length && to < length; ) {
    const tag = bytes[at++] ?? 0;
    const high = tag >> 2;
    if ((tag & 3) === 0) {
      const extra = Math.max(0, high - 59);
      const count = 1 + (extra === 0 ? high : bytes.readUIntLE(at, extra));
      to += bytes.copy(out, to, at + extra, at + extra + count);
      at += extra + count;
    } else if ((tag & 3) === 1) {
      copy(((high >> 3) << 8) | (bytes[at++] ?? 0), (high & 7) + 4);
    } else {
      const width = (tag & 3) === 2 ? 2 : 4;
      copy(bytes.readUIntLE(at, width), high + 1);
      at += width;
    }
  }
  return to === length ? out : null;
}

/** CRC-32 as ZIP uses it (APPNOTE 4.4.7; polynomial 0xedb88320), fed piece by piece. */

const TABLE = new Uint32Array(256);
for (let n = 0; n < 256; n++) {
  let c = n;
  for (let bit = 0; bit < 8; bit++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  TABLE[n] = c >>> 0;
}

/** Begin with 0; what is returned is the value of all pieces so far. */
export function crc32(before: number, bytes: Uint8Array): number {
  let c = ~before >>> 0;
  for (let i = 0; i < bytes.length; i++) c = TABLE[(c ^ bytes[i]!) & 0xff]! ^ (c >>> 8);
  return ~c >>> 0;
}

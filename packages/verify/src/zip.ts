/**
 * ZIP as bundles have it (PKWARE APPNOTE, the parts in brackets): files stored or deflated [4.4.5], no encryption, no
 * ZIP64, one disk, nothing before the first header. Reading is bounded by what is asked for, whatever the archive claims:
 * a bundle comes from anywhere. Checksums are not looked at, since every file is compared with hashes afterwards.
 *
 *     end of central directory [4.3.16]     signature 50 4b 05 06, … entries (u16 at 10), size (u32 at 12), offset (u32 at 16)
 *     central header [4.3.12]               50 4b 01 02, flags 8, method 10, sizes 20 and 24, name 28, extra 30, comment 32, offset 42
 *     local header [4.3.7]                  50 4b 03 04, name 26, extra 28, then the data
 */
import { inflateSync, type Zippable, zipSync } from "fflate";
import { VerifyError } from "./errors.ts";
import { tooLarge } from "./source.ts";

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const END_LENGTH = 22;
const STORED = 0;
const DEFLATED = 8;
const ENCRYPTED = 0x0001;

interface Member {
  readonly method: number;
  readonly packed: number;
  readonly size: number;
  readonly header: number;
}

export class ZipReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #members: ReadonlyMap<string, Member>;

  /** Reads the directory. Throws VerifyError `bundle-malformed`. */
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    try {
      this.#members = this.#readDirectory();
    } catch (error) {
      throw error instanceof VerifyError ? error : malformed();
    }
  }

  /** The file's bytes, or null when there is none of that name. Throws `file-too-large` before unpacking, `bundle-malformed`. */
  read(name: string, maxBytes: number): Uint8Array | null {
    const member = this.#members.get(name);
    if (member === undefined) return null;
    if (member.size > maxBytes) throw tooLarge(name, maxBytes);
    try {
      return this.#unpack(member);
    } catch (error) {
      throw error instanceof VerifyError ? error : malformed();
    }
  }

  #readDirectory(): Map<string, Member> {
    const view = this.#view;
    const end = this.#findEnd();
    const count = view.getUint16(end + 10, true);
    let at = view.getUint32(end + 16, true);
    const members = new Map<string, Member>();
    const utf8 = new TextDecoder("utf-8", { fatal: true });
    for (let i = 0; i < count; i++) {
      if (view.getUint32(at, true) !== CENTRAL || (view.getUint16(at + 8, true) & ENCRYPTED) !== 0)
        throw malformed();
      const nameLength = view.getUint16(at + 28, true);
      const name = utf8.decode(this.#part(at + 46, nameLength));
      if (members.has(name)) throw malformed();
      members.set(name, {
        method: view.getUint16(at + 10, true),
        packed: view.getUint32(at + 20, true),
        size: view.getUint32(at + 24, true),
        header: view.getUint32(at + 42, true),
      });
      at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    }
    if (at !== end) throw malformed();
    return members;
  }

  /** The end record is the last thing but for a comment, which bundles do not have. */
  #findEnd(): number {
    const end = this.#bytes.length - END_LENGTH;
    if (end < 0 || this.#view.getUint32(end, true) !== END) throw malformed();
    return end;
  }

  #unpack({ method, packed, size, header }: Member): Uint8Array {
    if (this.#view.getUint32(header, true) !== LOCAL) throw malformed();
    const start =
      header + 30 + this.#view.getUint16(header + 26, true) + this.#view.getUint16(header + 28, true);
    const data = this.#part(start, packed);
    if (method === STORED && packed === size) return data.slice();
    if (method !== DEFLATED) throw malformed();
    // Into a buffer of the stated size: what would come out beyond it is dropped, and then no hash fits.
    const file = inflateSync(data, { out: new Uint8Array(size) });
    if (file.length !== size) throw malformed();
    return file;
  }

  #part(start: number, length: number): Uint8Array {
    if (start + length > this.#bytes.length) throw malformed();
    return this.#bytes.subarray(start, start + length);
  }
}

function malformed(): VerifyError {
  return new VerifyError("bundle-malformed", "This is no bundle, or a damaged one: get it again.");
}

/** The same bytes for the same files: sorted by name, all of one time. */
export function writeZip(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  // ZIP holds local time without zone, so the date is given in local time too: it comes out the same everywhere.
  const mtime = new Date(1980, 0, 1);
  const names = [...files.keys()].sort();
  const members: Zippable = {};
  for (const name of names)
    members[name] = [files.get(name)!, { level: 6, mtime, os: 3, attrs: 0o644 << 16 }];
  return zipSync(members);
}

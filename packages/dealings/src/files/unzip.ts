/**
 * The members of a zip file one after the other, as the bytes come: local headers (APPNOTE 4.3.7), sizes from them or from a
 * data descriptor behind the data (4.3.9), ZIP64 too; the central directory is not read. fflate's own streaming `Unzip` ends a
 * member of unknown size wherever four bytes look like a signature, which in 100 MB happens by chance; here the sizes that
 * follow must be right as well. Each wanted member's CRC-32 and length are checked.
 *
 * The attacker controls everything: what a member unpacks to is handed on in small pieces and bounded in all.
 */
import { Inflate } from "fflate";
import { DealingsError } from "../errors.ts";
import { crc32 } from "./crc32.ts";

/** Unpacked bytes of a whole file. An export of all federal awards of a year is some 20 GB, of one agency some 2. */
const UNPACKED_MOST = 8 * 2 ** 30;
/** CSV of awards packs to a tenth or so; nothing that says something packs to a five hundredth. */
const RATIO_MOST = 500;
const RATIO_FROM = 64 * 2 ** 20;
/** Packed bytes that are unpacked at once: at most a thousand times as many come out. */
const PIECE = 8192;

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const END_64 = 0x06064b50;
const DESCRIPTOR = 0x08074b50;
/** Signature, CRC-32, and two sizes of 8 bytes. */
const DESCRIPTOR_MOST = 24;
const UNKNOWN = -1;

export interface MemberSink {
  push(bytes: Uint8Array): void;
  end(): void;
}

export interface ZipLimits {
  readonly unpacked: number;
}

interface Member {
  readonly sink: MemberSink | null;
  readonly inflate: Inflate | null;
  /** Packed bytes that are still to come, or UNKNOWN. */
  left: number;
  readonly crc: number;
  readonly size: number;
  packed: number;
  unpacked: number;
  crcSoFar: number;
}

export class ZipMembers {
  readonly #open: (name: string) => MemberSink | null;
  readonly #limits: ZipLimits;
  #held: Uint8Array = new Uint8Array(0);
  #member: Member | null = null;
  #ended = false;
  #unpacked = 0;
  #packed = 0;

  /** `open` is told each member's name and returns where its bytes go, or null to pass over it. */
  constructor(open: (name: string) => MemberSink | null, limits: ZipLimits = { unpacked: UNPACKED_MOST }) {
    this.#open = open;
    this.#limits = limits;
  }

  /** Throws DealingsError `zip`, `zip-expands`, and what sinks throw. */
  push(bytes: Uint8Array): void {
    this.#packed += bytes.length;
    let rest = bytes;
    if (this.#held.length > 0) {
      rest = new Uint8Array(this.#held.length + bytes.length);
      rest.set(this.#held);
      rest.set(bytes, this.#held.length);
    }
    while (rest.length > 0) {
      const used = this.#ended ? rest.length : this.#member === null ? this.#header(rest) : this.#data(rest);
      if (used === 0) break;
      rest = rest.subarray(used);
    }
    // At most a header with its name, or what may be the beginning of a descriptor.
    this.#held = rest.slice();
  }

  /** Throws DealingsError `cut-off` if a member or the directory is missing. */
  end(): void {
    if (!this.#ended) throw new DealingsError("cut-off");
  }

  /** Reads a local header; 0 if more bytes are needed. */
  #header(bytes: Uint8Array): number {
    if (bytes.length < 4) return 0;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const signature = view.getUint32(0, true);
    if (signature === CENTRAL || signature === END || signature === END_64) {
      this.#ended = true;
      return 4;
    }
    if (signature !== LOCAL) throw new DealingsError("zip");
    if (bytes.length < 30) return 0;
    const flags = view.getUint16(6, true);
    const method = view.getUint16(8, true);
    const nameEnd = 30 + view.getUint16(26, true);
    const end = nameEnd + view.getUint16(28, true);
    if (bytes.length < end) return 0;
    // Encrypted, or a method that is neither stored nor deflated.
    if ((flags & 1) !== 0 || (method !== 0 && method !== 8)) throw new DealingsError("zip");
    const described = (flags & 8) !== 0;
    if (described && method === 0) throw new DealingsError("zip");
    const sizes = wideSizes(view, nameEnd, end, view.getUint32(18, true), view.getUint32(22, true));
    const name = new TextDecoder().decode(bytes.subarray(30, nameEnd));
    const sink = this.#open(name);
    const member: Member = {
      sink,
      inflate: sink !== null && method === 8 ? new Inflate() : null,
      left: described ? UNKNOWN : sizes.packed,
      crc: view.getUint32(14, true),
      size: sizes.unpacked,
      packed: 0,
      unpacked: 0,
      crcSoFar: 0,
    };
    if (member.inflate !== null) member.inflate.ondata = (out) => this.#hand(member, out);
    if (member.left === 0) this.#close(member, member.crc, member.size);
    else this.#member = member;
    return end;
  }

  #data(bytes: Uint8Array): number {
    const member = this.#member!;
    if (member.left !== UNKNOWN) {
      const take = Math.min(member.left, bytes.length);
      this.#unpack(member, bytes.subarray(0, take));
      member.left -= take;
      if (member.left === 0) this.#close(member, member.crc, member.size);
      return take;
    }
    return this.#described(member, bytes);
  }

  /** Of a member whose size stands behind it: all that is surely data, up to and with the descriptor once it is there. */
  #described(member: Member, bytes: Uint8Array): number {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const sure = bytes.length - DESCRIPTOR_MOST;
    for (let at = bytes.indexOf(0x50); at >= 0 && at <= sure; at = bytes.indexOf(0x50, at + 1)) {
      if (view.getUint32(at, true) !== DESCRIPTOR) continue;
      const packed = member.packed + at;
      const narrow = view.getUint32(at + 8, true) === packed;
      const wide = !narrow && view.getBigUint64(at + 8, true) === BigInt(packed);
      if (!narrow && !wide) continue;
      this.#unpack(member, bytes.subarray(0, at));
      const size = narrow ? view.getUint32(at + 12, true) : Number(view.getBigUint64(at + 16, true));
      this.#close(member, view.getUint32(at + 4, true), size);
      return at + (narrow ? 16 : 24);
    }
    if (sure <= 0) return 0;
    this.#unpack(member, bytes.subarray(0, sure));
    return sure;
  }

  #unpack(member: Member, bytes: Uint8Array): void {
    member.packed += bytes.length;
    if (member.sink === null) return;
    if (member.inflate === null) {
      this.#hand(member, bytes);
      return;
    }
    for (let at = 0; at < bytes.length; at += PIECE) {
      try {
        member.inflate.push(bytes.subarray(at, at + PIECE), false);
      } catch (error) {
        throw error instanceof DealingsError ? error : inflateProblem(error);
      }
    }
  }

  #hand(member: Member, out: Uint8Array): void {
    if (out.length === 0) return;
    member.unpacked += out.length;
    this.#unpacked += out.length;
    const swollen = this.#unpacked > RATIO_FROM && this.#unpacked > this.#packed * RATIO_MOST;
    if (swollen || this.#unpacked > this.#limits.unpacked) throw new DealingsError("zip-expands");
    member.crcSoFar = crc32(member.crcSoFar, out);
    member.sink!.push(out);
  }

  #close(member: Member, crc: number, size: number): void {
    this.#member = null;
    if (member.sink === null) return;
    if (member.inflate !== null) {
      try {
        member.inflate.push(new Uint8Array(0), true);
      } catch (error) {
        throw error instanceof DealingsError ? error : inflateProblem(error);
      }
    }
    if (member.crcSoFar !== crc || member.unpacked !== size) throw new DealingsError("zip");
    member.sink.end();
  }
}

/** Errors of the sinks (typed, ours) come through fflate unchanged; its own are about the data. */
function inflateProblem(error: unknown): unknown {
  const isInflates = error instanceof Error && "code" in error && typeof error.code === "number";
  return isInflates ? new DealingsError("zip") : error;
}

/** Sizes from the ZIP64 extra field (APPNOTE 4.5.3) where the header's own are full. */
function wideSizes(view: DataView, from: number, to: number, packed: number, unpacked: number) {
  if (packed !== 0xffffffff && unpacked !== 0xffffffff) return { packed, unpacked };
  for (let at = from; at + 4 <= to; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== 1 || at + 20 > to) continue;
    return {
      unpacked: Number(view.getBigUint64(at + 4, true)),
      packed: Number(view.getBigUint64(at + 12, true)),
    };
  }
  throw new DealingsError("zip");
}

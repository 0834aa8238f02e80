/**
 * Looks for secrets in whatever a server leaves behind, in every writing that a program might leave them in. Letters
 * count as equal in either case where the writing knows none (text, UTF-16, hex, URL). Of an address also its unsalted
 * hashes: whoever has a staff directory reads them like the address.
 */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";

export type Canary = {
  /** What it is, for a failure's message. */
  readonly name: string;
  /** ASCII, long and odd enough to be found nowhere by chance. */
  readonly text: string;
  /** Whether hashes of it are looked for too. */
  readonly hashed?: boolean;
};

/** Bytes that are looked for as they are. */
export type Bytes = { readonly name: string; readonly bytes: Buffer };

type Needle = { readonly canary: string; readonly form: string; readonly bytes: Buffer };

const CHUNK = 16 * 1024 * 1024;

const SAME = Uint8Array.from({ length: 256 }, (_, byte) => byte);
/** A to Z as a to z. */
const SMALL = SAME.map((byte) => (byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte));

/** Spreads the numbers of four bytes over a filter that a processor keeps near: 18 bits of 32 (Knuth's multiplicative hash). */
const SPREAD = 0x9e37_79b1;
const UNUSED = 32 - 18;
const addByte = (start: number, byte: number) => (start << 8) | SMALL[byte]!;

/** All needles, found in one pass: their first four bytes, in small letters, say where a second look is due. */
class Needles {
  readonly #filter = new Uint8Array(1 << (32 - UNUSED));
  readonly #byStart = new Map<number, (Needle & { readonly fold: Uint8Array })[]>();
  longest = 0;

  /** `fold` maps each byte to what it is compared as. */
  add(needle: Needle, fold: Uint8Array): void {
    if (needle.bytes.length < 8) throw new RangeError("a canary must be longer to be found only where it is");
    const bytes = Buffer.from(needle.bytes.map((byte) => fold[byte]!));
    const start = bytes.subarray(0, 4).reduce(addByte, 0);
    this.#filter[Math.imul(start, SPREAD) >>> UNUSED] = 1;
    this.#byStart.set(start, [...(this.#byStart.get(start) ?? []), { ...needle, bytes, fold }]);
    this.longest = Math.max(this.longest, bytes.length);
  }

  find(hay: Uint8Array, found: (needle: Needle) => void): void {
    for (let at = 0; ; at++) {
      at = findStart(hay, at, this.#filter, SMALL);
      if (at < 0) return;
      const start = hay.subarray(at, at + 4).reduce(addByte, 0);
      for (const needle of this.#byStart.get(start) ?? []) {
        if (isAt(hay, at, needle.bytes, needle.fold)) found(needle);
      }
    }
  }
}

/**
 * Where, from `at` on, four bytes are that the filter lets through; -1 if nowhere. It looks at every byte, and is a
 * function of its own because V8 compiles it to three times the speed so.
 */
function findStart(hay: Uint8Array, at: number, filter: Uint8Array, fold: Uint8Array): number {
  let start = 0;
  for (let i = at; i < hay.length; i++) {
    start = (start << 8) | fold[hay[i]!]!;
    if (filter[Math.imul(start, SPREAD) >>> UNUSED] !== 0 && i >= at + 3) return i - 3;
  }
  return -1;
}

function isAt(hay: Uint8Array, at: number, bytes: Uint8Array, fold: Uint8Array): boolean {
  if (at + bytes.length > hay.length) return false;
  for (let i = 0; i < bytes.length; i++) if (fold[hay[at + i]!] !== bytes[i]) return false;
  return true;
}

export class CanarySearch {
  readonly #needles = new Needles();

  constructor(canaries: readonly (Canary | Bytes)[]) {
    for (const canary of canaries) {
      if ("bytes" in canary) {
        this.#needles.add({ canary: canary.name, form: "bytes", bytes: canary.bytes }, SAME);
        continue;
      }
      const { name, text, hashed = false } = canary;
      this.#fold(name, "text", Buffer.from(text));
      this.#fold(name, "UTF-16", Buffer.from(text, "utf16le"));
      this.#fold(name, "URL", Buffer.from(encodeURIComponent(text)));
      for (const spelling of new Set([text, text.toLowerCase(), text.toUpperCase()])) {
        const spelled = Buffer.from(spelling);
        this.#fold(name, "hex", Buffer.from(spelled.toString("hex")));
        this.#fold(name, "UTF-16 of hex", Buffer.from(spelled.toString("hex"), "utf16le"));
        this.#fold(name, "URL, every byte", Buffer.from(everyByteAsUrl(spelled)));
        this.#base64(name, "base64", spelled);
        this.#base64(name, "base64 of UTF-16", Buffer.from(spelling, "utf16le"));
        if (!hashed) continue;
        for (const algorithm of ["sha256", "sha1", "md5"]) {
          const digest = createHash(algorithm).update(spelling).digest();
          this.#needles.add({ canary: name, form: algorithm, bytes: digest }, SAME);
          this.#fold(name, `${algorithm} in hex`, Buffer.from(digest.toString("hex")));
          this.#base64(name, `${algorithm} in base64`, digest);
        }
      }
    }
  }

  /** What was found, one line each: `<where>: <canary> as <form>`. */
  inBytes(where: string, content: Uint8Array | string): string[] {
    const bytes = typeof content === "string" ? Buffer.from(content) : content;
    const lines = new Set<string>();
    const note = ({ canary, form }: Needle) => lines.add(`${where}: ${canary} as ${form}`);
    this.#needles.find(bytes, note);
    return [...lines];
  }

  /** In pieces of any size that follow one another. */
  async inStream(where: string, pieces: AsyncIterable<Uint8Array>): Promise<string[]> {
    const overlap = this.#needles.longest;
    const found = new Set<string>();
    let rest = Buffer.alloc(0);
    for await (const piece of pieces) {
      const whole = Buffer.concat([rest, piece]);
      for (const line of this.inBytes(where, whole)) found.add(line);
      rest = Buffer.from(whole.subarray(Math.max(0, whole.length - overlap)));
    }
    return [...found];
  }

  /** Of any size. */
  async inFile(path: string, where: string = path): Promise<string[]> {
    // Most are small, and a stream takes memory for a whole piece at once.
    const highWaterMark = Math.min(CHUNK, (await stat(path)).size + 1);
    return await this.inStream(where, createReadStream(path, { highWaterMark }));
  }

  /** All files below the folder, whatever their depth, and their names; without those in the folders `except`. */
  async inFolder(
    folder: string,
    except: readonly string[] = [],
  ): Promise<{ found: string[]; files: number }> {
    const without = new Set(except.map((name) => join(folder, name)));
    const entries = (await readdir(folder, { recursive: true, withFileTypes: true })).filter(
      ({ parentPath }) => !without.has(parentPath),
    );
    const files = entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    const found: string[] = this.inBytes("a file's name", entries.map(({ name }) => name).join("\n"));
    for (const file of files) found.push(...(await this.inFile(file, file.slice(folder.length + 1))));
    return { found, files: files.length };
  }

  #fold(canary: string, form: string, bytes: Buffer): void {
    this.#needles.add({ canary, form, bytes }, SMALL);
  }

  /** At each of the three places that bytes can have in base64; the characters that neighbours change are left out. */
  #base64(canary: string, form: string, bytes: Buffer): void {
    for (const shift of [0, 1, 2]) {
      const padded = Buffer.concat([Buffer.alloc(shift), bytes])
        .toString("base64")
        .replaceAll("=", "");
      const from = [0, 2, 3][shift]!;
      const uncertain = (bytes.length + shift) % 3 === 0 ? 0 : 1;
      const inner = padded.slice(from, padded.length - uncertain);
      for (const text of new Set([inner, inner.replaceAll("+", "-").replaceAll("/", "_")])) {
        this.#needles.add({ canary, form, bytes: Buffer.from(text) }, SAME);
      }
    }
  }
}

function everyByteAsUrl(bytes: Buffer): string {
  return [...bytes].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
}

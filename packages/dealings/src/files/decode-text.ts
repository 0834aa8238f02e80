/**
 * Bytes of a file as text, piece by piece: UTF-8 (with a byte order mark or without) and UTF-16 with one. Nothing is guessed: a
 * file in a code page of Windows is refused, since a guess would put wrong letters into names.
 */
import { DealingsError } from "../errors.ts";

export class TextOfBytes {
  #decoder: TextDecoder | null = null;
  #held: Uint8Array = new Uint8Array(0);

  /** Throws DealingsError `encoding`. */
  push(bytes: Uint8Array): string {
    if (this.#decoder !== null) return this.#decode(bytes, true);
    const held = new Uint8Array(this.#held.length + bytes.length);
    held.set(this.#held);
    held.set(bytes, this.#held.length);
    this.#held = held;
    return held.length < 4 ? "" : this.#begin(true);
  }

  /** What was held back to the end. Throws DealingsError `encoding`. */
  end(): string {
    return this.#decoder === null ? this.#begin(false) : this.#decode(new Uint8Array(0), false);
  }

  #begin(stream: boolean): string {
    const [a, b] = this.#held;
    const name = a === 0xff && b === 0xfe ? "utf-16le" : a === 0xfe && b === 0xff ? "utf-16be" : "utf-8";
    this.#decoder = new TextDecoder(name, { fatal: true });
    // UTF-16 without a mark decodes as UTF-8 with zeros between the letters.
    if (name === "utf-8" && this.#held.subarray(0, 4).includes(0)) throw new DealingsError("encoding");
    const held = this.#held;
    this.#held = new Uint8Array(0);
    return this.#decode(held, stream);
  }

  #decode(bytes: Uint8Array, stream: boolean): string {
    try {
      return this.#decoder!.decode(bytes, { stream });
    } catch {
      throw new DealingsError("encoding");
    }
  }
}

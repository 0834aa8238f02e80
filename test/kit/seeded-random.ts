/** Random numbers that a seed makes again (SplitMix64), for tests that must be repeatable. Never for secrets of anyone. */
import { entropyToMnemonic } from "@scure/bip39";
import { wordlist } from "@scure/bip39/wordlists/english.js";

const MASK = (1n << 64n) - 1n;

export class SeededRandom {
  #state: bigint;

  constructor(seed: number) {
    this.#state = BigInt(seed);
  }

  bytes(length: number): Uint8Array {
    const out = Buffer.alloc(Math.ceil(length / 8) * 8);
    for (let at = 0; at < out.length; at += 8) out.writeBigUInt64LE(this.#next(), at);
    return new Uint8Array(out.subarray(0, length));
  }

  /** An integer from 0 to `below` - 1; the bias is below 2^-32. */
  below(below: number): number {
    return Number(this.#next() % BigInt(below));
  }

  /** All items in a random order. */
  shuffle<T>(items: readonly T[]): T[] {
    const out = [...items];
    for (let i = out.length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      [out[i], out[j]] = [out[j]!, out[i]!];
    }
    return out;
  }

  phrase(): string {
    return entropyToMnemonic(this.bytes(16), wordlist);
  }

  /** Small letters, for names that occur nowhere else. */
  letters(length: number): string {
    return Array.from({ length }, () => "abcdefghijklmnopqrstuvwxyz"[this.below(26)]).join("");
  }

  #next(): bigint {
    this.#state = (this.#state + 0x9e3779b97f4a7c15n) & MASK;
    let z = this.#state;
    z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & MASK;
    z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & MASK;
    return z ^ (z >> 31n);
  }
}

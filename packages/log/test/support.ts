/** What the tests of this package share: vectors, a store in memory, keys that are made from a number. */
import { readFileSync } from "node:fs";
import { ed25519 } from "@noble/curves/ed25519.js";
import { type Ed25519Verify, LogError, leafHash, type TileReader } from "../src/index.ts";

export function vectors<T>(path: string): T {
  return JSON.parse(readFileSync(new URL(`./vectors/${path}`, import.meta.url), "utf8")) as T;
}

/** Lenient on purpose: vectors hold strings that the strict decoder must not be the one to judge. */
export function fromBase64(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, "base64"));
}

export function fromHex(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, "hex"));
}

export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

export function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export function text(data: Uint8Array): string {
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(data);
}

/** Leaf hashes of a log whose entries are `<seed>:<number>`. */
export function leaves(count: number, seed: string | number = "leaf"): Uint8Array[] {
  return Array.from({ length: count }, (_, i) => leafHash(bytes(`${seed}:${i}`)));
}

export function flipBit(data: Uint8Array, bit: number): Uint8Array {
  const flipped = new Uint8Array(data);
  flipped[bit >> 3]! ^= 1 << (bit & 7);
  return flipped;
}

/** The code of the LogError that is thrown, or "nothing thrown". Any other error fails the test. */
export async function codeOf(run: () => unknown): Promise<string> {
  try {
    await run();
  } catch (error) {
    if (error instanceof LogError) return error.code;
    throw error;
  }
  return "nothing thrown";
}

/** A reader over a map, which records what was asked for. */
export function readerOf(files: ReadonlyMap<string, Uint8Array>): TileReader & { readonly asked: string[] } {
  const asked: string[] = [];
  const read = async (path: string): Promise<Uint8Array> => {
    asked.push(path);
    const file = files.get(path);
    if (file === undefined) throw new Error("not found");
    return file;
  };
  return Object.assign(read, { asked });
}

export const verifyEd25519: Ed25519Verify = (signature, message, publicKey) =>
  ed25519.verify(signature, message, publicKey, { zip215: false });

export function keyPair(number: number): {
  publicKey: Uint8Array;
  sign: (message: Uint8Array) => Uint8Array;
} {
  const seed = new Uint8Array(32).fill(number);
  return { publicKey: ed25519.getPublicKey(seed), sign: (message) => ed25519.sign(message, seed) };
}

/**
 * Sizes and indexes. The specifications allow 2^63-1; we hold them as JavaScript numbers and refuse what is above
 * Number.MAX_SAFE_INTEGER (2^53-1). They are divided, never shifted: `>>` would cut them to 32 bits.
 */
import { LogError } from "./errors.ts";

export function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

/** Throws `number-out-of-range` unless the value is an integer from 0 to 2^53-1. */
export function requireCount(value: number): void {
  if (!isCount(value)) {
    throw new LogError("number-out-of-range", "Pass sizes and indexes as integers from 0 to 2^53-1.");
  }
}

export function halve(value: number): number {
  return Math.floor(value / 2);
}

/** The largest power of two strictly below n. n is at least 2. */
export function splitPoint(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

/** ASCII decimal without sign or leading zeros, or null; null too above 2^53-1. */
export function parseDecimal(text: string): number | null {
  if (!/^(?:0|[1-9][0-9]{0,15})$/.test(text)) return null;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : null;
}

/**
 * Values that both engines take and give back alike. What only one of them understands is refused before it gets
 * there, so that a query which works in tests on one engine cannot fail on the other.
 */
import { ServiceError } from "../errors.ts";

/** Throws `bad-parameter`, without the value, for a query parameter outside the contract in database.ts. */
export function checkParameters(parameters: readonly unknown[]): void {
  for (const value of parameters) {
    if (!isStorable(value)) {
      throw new ServiceError(
        "bad-parameter",
        "Store text (well-formed, without NUL), integers within 2^53, byte arrays or null; write flags as 0 and 1.",
      );
    }
  }
}

function isStorable(value: unknown): boolean {
  switch (typeof value) {
    case "string":
      return value.isWellFormed() && !value.includes("\0");
    case "number":
      return Number.isSafeInteger(value);
    case "bigint":
      return isSafe(value);
    default:
      return value === null || value instanceof Uint8Array;
  }
}

/** An integer from the database as a number. Throws `integer-too-large` beyond ±(2^53 - 1). */
export function toSafeNumber(value: bigint): number {
  if (!isSafe(value)) {
    throw new ServiceError(
      "integer-too-large",
      "An integer in the database is beyond 2^53: store it as text.",
    );
  }
  return Number(value);
}

function isSafe(value: bigint): boolean {
  return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER);
}

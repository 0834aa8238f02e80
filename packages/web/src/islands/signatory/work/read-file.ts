/** Files that a person chooses: what a command or this page has saved. Strict: the bytes must be the canonical ones. */
import type { SignatoryRequest } from "@undersigned/client";
import {
  CoreError,
  endorsementRequest,
  parseCanonical,
  type Receipt,
  receipt,
  revisionRequest,
  shape,
  withdrawalRequest,
} from "@undersigned/core";

const MAX_BYTES = 1_000_000;

const anyRequest = shape.union<SignatoryRequest>("type", {
  "endorsement-request": endorsementRequest,
  "revision-request": revisionRequest,
  "withdrawal-request": withdrawalRequest,
});

function read<T>(file: Uint8Array, of: { check(value: never, path: string): T }): T | null {
  try {
    return of.check(parseCanonical(file, MAX_BYTES) as never, "");
  } catch (error) {
    if (error instanceof CoreError) return null;
    throw error;
  }
}

/** Null for any other file. */
export function readReceipt(file: Uint8Array): Receipt | null {
  return read(file, receipt);
}

/** Null for any other file. */
export function readRequest(file: Uint8Array): SignatoryRequest | null {
  return read(file, anyRequest);
}

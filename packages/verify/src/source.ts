/**
 * Where public files come from. Nothing that a source returns is trusted: every file is either named by its hash, covered
 * by the checkpoint, or compared with what was counted. A source has only to keep to the size limit, since a server may
 * send without end.
 */
import {
  MAX_DOCUMENT_BYTES,
  MAX_EVIDENCE_BYTES,
  MAX_MANIFEST_BYTES,
  MAX_SEALED_LETTER_BYTES,
} from "@undersigned/core";
import { MAX_ENTRY_LENGTH, TILE_WIDTH } from "@undersigned/log";
import { VerifyError } from "./errors.ts";

export interface FileSource {
  /**
   * The bytes at a path relative to the log's prefix (PROTOCOL §8), or null when there is no such file. Throws VerifyError
   * `file-too-large` beyond `maxBytes`, `source-unavailable` when it cannot be told, `path-refused`. Reads may overlap. The
   * bytes are the caller's, who may change them or move them to another thread: a source that keeps them gives a copy.
   */
  read(path: string, maxBytes: number): Promise<Uint8Array | null>;
}

/** Most bytes that each kind of file may have. */
export const LIMITS = {
  checkpoint: 1_000_000,
  document: MAX_MANIFEST_BYTES,
  sealedLetter: MAX_SEALED_LETTER_BYTES,
  evidence: MAX_EVIDENCE_BYTES,
  pdf: MAX_DOCUMENT_BYTES,
  tile: TILE_WIDTH * 32,
  entries: TILE_WIDTH * (2 + MAX_ENTRY_LENGTH),
  openings: 4_000_000,
  index: 16_000_000,
} as const;

const SEGMENT = /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/;

/** Throws `path-refused` unless the path is made of plain names: no `..`, no empty part, nothing to escape. */
export function requirePlainPath(path: string): void {
  if (path.length > 300 || !path.split("/").every((segment) => SEGMENT.test(segment))) {
    throw new VerifyError("path-refused", "Ask for public files by the paths that the protocol lists.");
  }
}

export function tooLarge(path: string, maxBytes: number): VerifyError {
  return new VerifyError(
    "file-too-large",
    `The file ${path} has more than the ${maxBytes} bytes that it may have.`,
  );
}

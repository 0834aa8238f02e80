/**
 * What the registrar has stated about an epoch, kept beside the tag key and away from the database:
 *
 *     keys/tag-<n>.issued.json   {type: "registrar-issued", v: 1, epoch, issued: [{evidence, count}…] sorted}
 *
 * It also marks that the epoch has begun. With it a database that was lost or set back to an old copy is noticed: such
 * a database would enrol people a second time.
 */
import { readFile } from "node:fs/promises";
import {
  CoreError,
  encodeCanonical,
  epochNumber,
  evidenceKind,
  type Infer,
  parseCanonical,
  shape,
  version1,
} from "@undersigned/core";
import { ServiceError, writePrivateFile } from "@undersigned/service";
import { keyPath } from "./key-files.ts";

const { integer, list, literal, object } = shape;

export const issuedCounts = list(
  object({ evidence: evidenceKind, count: integer() }),
  0,
  8,
  (item) => item.evidence,
);
export type IssuedCounts = Infer<typeof issuedCounts>;

const record = object({
  type: literal("registrar-issued"),
  v: version1,
  epoch: epochNumber,
  issued: issuedCounts,
});

function recordPath(dataDir: string, epoch: number): string {
  return keyPath(dataDir, `tag-${epoch}.issued.json`);
}

/** The highest counts stated so far, or null when the epoch never began here. Throws ServiceError `key-file-damaged`. */
export async function readIssuanceRecord(dataDir: string, epoch: number): Promise<IssuedCounts | null> {
  let file: Uint8Array;
  try {
    file = await readFile(recordPath(dataDir, epoch));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  try {
    const found = record.check(parseCanonical(file, 4096), "");
    if (found.epoch === epoch) return found.issued;
  } catch (error) {
    if (!(error instanceof CoreError)) throw error;
  }
  throw new ServiceError(
    "key-file-damaged",
    "The issuance record beside a tag key is damaged: restore it from its copy.",
  );
}

/** Durable on return; after a crash the old record or the new one. */
export async function writeIssuanceRecord(
  dataDir: string,
  epoch: number,
  issued: IssuedCounts,
): Promise<void> {
  const value = { type: "registrar-issued" as const, v: 1 as const, epoch, issued };
  await writePrivateFile(recordPath(dataDir, epoch), encodeCanonical(value));
}

/**
 * How many evaluations each registrar may already have had in an epoch, beside the key:
 *
 *     keys/second-party-<n>.record.json
 *         {type: "second-party-record", v: 1, workforce, epoch, closed, evaluations: [{registrar, count}…] sorted}
 *
 * A limit for a whole epoch must survive a restart, or else each restart would give another one. The numbers are
 * written ahead, for what may come until the next writing, and rounded up: they are never less than what was
 * evaluated. They are written at starts, at stops and once an hour whether or not anything was asked for, so neither
 * number nor date of the file tells when somebody enrolled.
 */
import { readdir, readFile } from "node:fs/promises";
import {
  CoreError,
  encodeCanonical,
  epochNumber,
  hash32,
  parseCanonical,
  publicKey,
  shape,
  version1,
} from "@undersigned/core";
import { ServiceError, writePrivateFile } from "@undersigned/service";
import { keyPath } from "../keys/key-files.ts";

const { boolean, integer, list, literal, object } = shape;
const MAX_BYTES = 64 * 1024;
const NAME = /^second-party-([1-9]\d{0,4})\.record\.json$/;

const recordShape = object({
  type: literal("second-party-record"),
  v: version1,
  workforce: hash32,
  epoch: epochNumber,
  /** The key was destroyed, or is about to be. */
  closed: boolean,
  evaluations: list(object({ registrar: publicKey, count: integer() }), 0, 256, (item) => item.registrar),
});
export type SecondPartyRecord = shape.Infer<typeof recordShape>;

function pathOf(dataDir: string, epoch: number): string {
  return keyPath(dataDir, `second-party-${epoch}.record.json`);
}

/** Null when the epoch never began here. Throws ServiceError `key-file-damaged`. */
export async function readRecord(dataDir: string, epoch: number): Promise<SecondPartyRecord | null> {
  let file: Uint8Array;
  try {
    file = await readFile(pathOf(dataDir, epoch));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  try {
    const record = recordShape.check(parseCanonical(file, MAX_BYTES), "");
    if (record.epoch === epoch) return record;
  } catch (error) {
    if (!(error instanceof CoreError)) throw error;
  }
  throw new ServiceError(
    "key-file-damaged",
    "The record beside a second party's key is damaged: restore it from its copy.",
  );
}

/** Durable on return; after a crash the old record or the new one. */
export async function writeRecord(dataDir: string, record: SecondPartyRecord): Promise<void> {
  await writePrivateFile(pathOf(dataDir, record.epoch), encodeCanonical(record));
}

/** Every record of the folder, by epoch; none where the folder is missing. */
export async function listRecords(dataDir: string): Promise<SecondPartyRecord[]> {
  let names: string[];
  try {
    names = await readdir(keyPath(dataDir, "."));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
  const epochs = names.flatMap((name) => NAME.exec(name)?.[1] ?? []).map(Number);
  const records: SecondPartyRecord[] = [];
  for (const epoch of epochs.sort((a, b) => a - b)) records.push((await readRecord(dataDir, epoch))!);
  return records;
}

/** Makes a second party's key of an epoch, and destroys it when the epoch is over. */
import { encodeBase64url, epochNumber, hash32 } from "@undersigned/core";
import type { Lock } from "@undersigned/service";
import { RegistrarError } from "../errors.ts";
import { destroyKeyFile } from "../keys/destroy-key-files.ts";
import { keyFileOf, makeKey, readKey } from "./key-file.ts";
import { listRecords, readRecord, writeRecord } from "./record.ts";

export type SecondPartyEpochOptions = {
  /** A folder of the second party's own, for one workforce. */
  readonly dataDir: string;
  readonly lock: Lock;
  readonly workforce: string;
  readonly epoch: number;
};

/**
 * The public key, base64url of 32 bytes, for the registrar's operator to pin. Made once: a second call gives the same
 * one. Throws `other-workforce`, `epoch-closed`, `second-party-key-missing` when the epoch began and its key is gone,
 * `keys-locked`, and CoreError `bad-field`.
 */
export async function createSecondPartyKey(options: SecondPartyEpochOptions): Promise<{ publicKey: string }> {
  const { dataDir, lock } = options;
  const workforce = hash32.check(options.workforce, "/workforce");
  const epoch = epochNumber.check(options.epoch, "/epoch");
  const records = await listRecords(dataDir);
  if (records.some((record) => record.workforce !== workforce)) throw otherWorkforce();
  const record = records.find((known) => known.epoch === epoch);
  if (record?.closed === true) {
    throw new RegistrarError(
      "epoch-closed",
      "This epoch's key was destroyed here, and no other fits what was done with it: open the next epoch.",
    );
  }
  let found = await readKey(dataDir, lock, epoch);
  if (found === null) {
    if (record !== undefined) throw keyMissing();
    await makeKey(dataDir, lock, workforce, epoch);
    // Read back: a key that others are told must be one that opens.
    found = await readKey(dataDir, lock, epoch);
  }
  if (found === null) throw keyMissing();
  if (found.workforce !== workforce) throw otherWorkforce();
  // The record comes last and says that the epoch has begun; a crash before leaves the key, which is then used.
  if (record === undefined) {
    const type = "second-party-record" as const;
    await writeRecord(dataDir, { type, v: 1, workforce, epoch, closed: false, evaluations: [] });
  }
  return { publicKey: encodeBase64url(found.key.publicKey) };
}

/**
 * Destroys the key of an epoch. The second party should be stopped; a running one lets go of the key at its next full
 * hour. Needs no lock, and may be repeated: it goes on where it was cut short. Throws `epoch-unknown` where the epoch
 * never began.
 */
export async function closeSecondPartyEpoch(options: {
  readonly dataDir: string;
  readonly epoch: number;
}): Promise<void> {
  const { dataDir, epoch } = options;
  const record = await readRecord(dataDir, epoch);
  if (record === null) {
    throw new RegistrarError("epoch-unknown", "This second party never had a key for this epoch.");
  }
  // First what keeps a copy of the key from being served again, and the numbers, which nobody needs any more.
  if (!record.closed) await writeRecord(dataDir, { ...record, closed: true, evaluations: [] });
  await destroyKeyFile(dataDir, keyFileOf(epoch));
}

export function keyMissing(): RegistrarError {
  return new RegistrarError(
    "second-party-key-missing",
    "The second party's key of a running epoch is missing: restore it, or close the epoch.",
  );
}

function otherWorkforce(): RegistrarError {
  return new RegistrarError(
    "other-workforce",
    "This second party serves another workforce: use a data folder of its own for each.",
  );
}

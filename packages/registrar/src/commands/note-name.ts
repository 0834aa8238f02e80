/**
 * Notes that a mailbox's owner bears a name which the manifest's rule cannot confirm: a changed name, or one in another
 * script (decision 15). The operator has checked it in some other way. What is kept is a keyed hash of both, which dies with
 * the epoch's keys.
 */
import {
  canonicalMailbox,
  checkNotedName,
  equalBytes,
  parseKeyStatement,
  parseWorkforceManifest,
} from "@undersigned/core";
import type { Lock } from "@undersigned/service";
import { RegistrarError } from "../errors.ts";
import { tagKeyFingerprint } from "../keys/fingerprints.ts";
import { readTagKey } from "../keys/key-files.ts";
import { listDestructions } from "../storage/destroyed-epochs.ts";
import { type EpochRow, listEpochs } from "../storage/epoch-rows.ts";
import { addNote } from "../storage/name-notes.ts";
import { openStorage } from "../storage/open-storage.ts";
import { nameNoteHash } from "../tag/keyed-hashes.ts";

export type NoteNameOptions = {
  readonly dataDir: string;
  readonly lock: Lock;
  /** As for `startRegistrar`. */
  readonly databaseUrl?: string | undefined;
  readonly epoch: number;
  /** In any spelling that the epoch's rules allow. */
  readonly mailbox: string;
  /** Exactly as it will be asked for. */
  readonly name: string;
};

/**
 * Durable on return; a second time changes nothing. The registrar must not be running. Throws `epoch-unknown`,
 * `names-not-accepted` (the manifest has no rule for names), `name-refused`, `keys-destroyed`, `tag-key-missing`,
 * `tag-key-differs`, `keys-locked`, `other-process-active`, and CoreError of `canonicalMailbox`.
 */
export async function noteName(options: NoteNameOptions): Promise<void> {
  const { dataDir, lock, epoch, name } = options;
  const problem = checkNotedName(name);
  if (problem !== null) throw new RegistrarError("name-refused", `A name that is noted must be ${problem}.`);
  const database = await openStorage(options, () => undefined);
  try {
    const row = (await listEpochs(database)).find((known) => known.epoch === epoch);
    if (row === undefined) {
      throw new RegistrarError(
        "epoch-unknown",
        "This registrar has no keys for this epoch: check the number and the data folder.",
      );
    }
    if (parseWorkforceManifest(row.manifest).names === null) {
      throw new RegistrarError(
        "names-not-accepted",
        "The manifest of this epoch has no rule for names, so registrars confirm none.",
      );
    }
    if ((await listDestructions(database)).some((known) => known.epoch === epoch)) {
      throw new RegistrarError(
        "keys-destroyed",
        "The keys of this epoch are destroyed: nothing is noted for it.",
      );
    }
    const mailbox = canonicalMailbox(options.mailbox, parseKeyStatement(row.statement).mailboxes);
    const tagKey = await requireTagKey(dataDir, lock, row);
    await addNote(database, epoch, nameNoteHash(tagKey, mailbox, name));
  } finally {
    await database.close();
  }
}

async function requireTagKey(dataDir: string, lock: Lock, row: EpochRow): Promise<Uint8Array> {
  const key = await readTagKey(dataDir, lock, row.epoch);
  if (key === null) {
    throw new RegistrarError(
      "tag-key-missing",
      "The tag key of this epoch is missing: nothing can be noted.",
    );
  }
  if (equalBytes(tagKeyFingerprint(key), row.tag_key)) return key;
  throw new RegistrarError(
    "tag-key-differs",
    "The tag key is not the one that this database was filled with: restore the right one.",
  );
}

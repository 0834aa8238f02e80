/**
 * What a board keeps sealed in its database (decision 17): AES-256-GCM under a key of the key file, so that a database, its
 * write-ahead files and its backups say nothing of it without the passphrase. A row is bound to its table and its name: one that
 * was put in another's place does not open.
 *
 *     nonce (12 bytes, random) || ciphertext || tag (16 bytes)
 */
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { encodeCanonical } from "@undersigned/core";
import { BoardError } from "../errors.ts";

/** Which row it is. `row` is any text that names it within the table. */
export interface SealedRow {
  readonly table: string;
  readonly row: string;
}

const NONCE = 12;
const TAG = 16;

/** `key`: 32 bytes, one for each purpose (`BoardKeys.deskKey`). */
export function sealRow(key: Uint8Array, at: SealedRow, plain: Uint8Array): Uint8Array {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(nameOf(at));
  return new Uint8Array(Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]));
}

/** Throws `log-damaged` for bytes that were not sealed for this row under this key. */
export function openRow(key: Uint8Array, at: SealedRow, sealed: Uint8Array): Uint8Array {
  const end = sealed.length - TAG;
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, NONCE), { authTagLength: TAG })
      .setAAD(nameOf(at))
      .setAuthTag(sealed.subarray(end));
    return new Uint8Array(Buffer.concat([decipher.update(sealed.subarray(NONCE, end)), decipher.final()]));
  } catch {
    throw new BoardError(
      "log-damaged",
      "A sealed row does not open: restore the newest database, with the key file that belongs to it.",
    );
  }
}

function nameOf({ table, row }: SealedRow): Uint8Array {
  return encodeCanonical({ row, table });
}

/**
 * Key files: a payload of the caller's, encrypted in the age format (age-encryption.org/v1) to a passphrase or to an
 * X25519 identity. A seized disk gives what the passphrase is worth, and a file that was tampered with does not open.
 *
 * A passphrase never comes as an argument or an environment value, which every process list and crash report shows;
 * see unlock.ts for where it comes from. JavaScript cannot erase strings, so the passphrase and the identity may stay
 * in memory until they are collected; byte arrays made here are overwritten once used.
 */
import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { Decrypter, Encrypter, identityToRecipient } from "age-encryption";
import { ServiceError } from "./errors.ts";
import { requirePrivateFile, writePrivateFile } from "./private-file.ts";

/** What opens a key file. An identity is one line, `AGE-SECRET-KEY-1…`. */
export type Lock = { passphrase: string } | { identity: string };

const MAX_BYTES = 16 * 1024 * 1024;
/** age's own default: 2^18 rounds, about a second and 256 MiB for each guess. */
const SCRYPT_LOG_N = 18;
const NO_MATCH = "no identity matched any of the file's recipients";

/** Overwrites bytes with zeros. */
export function wipe(bytes: Uint8Array): void {
  bytes.fill(0);
}

/**
 * Encrypts the payload to the lock and puts it at `path` with mode 0600, in one step: durable on return, and after a
 * crash the old file or the new one. The folder is created with mode 0700 if it is missing. With `mustBeNew` throws
 * `key-file-exists` rather than replace a file. The payload stays the caller's to wipe. `scryptLogN` is for tests.
 */
export async function sealKeyFile(
  path: string,
  payload: Uint8Array,
  lock: Lock,
  options: { mustBeNew?: boolean; scryptLogN?: number } = {},
): Promise<void> {
  const encrypter = new Encrypter();
  if ("passphrase" in lock) {
    if (lock.passphrase === "")
      throw new ServiceError("lock-unreadable", "Choose a passphrase: it is empty.");
    encrypter.setPassphrase(lock.passphrase);
    encrypter.setScryptWorkFactor(options.scryptLogN ?? SCRYPT_LOG_N);
  } else {
    encrypter.addRecipient(await recipientOf(lock.identity));
  }
  const sealed = await encrypter.encrypt(payload);
  try {
    await writePrivateFile(path, sealed, { mustBeNew: options.mustBeNew ?? false });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    throw new ServiceError(
      "key-file-exists",
      "A key file is there already: move it away first, if you mean to replace it.",
    );
  }
}

/**
 * The payload of a key file. Throws `key-file-missing`; `open-to-others` when group or others have rights to it;
 * `wrong-passphrase` when the lock does not fit; `key-file-damaged` for anything that is not a whole age file.
 * (Damage to the few bytes that hold the wrapped key cannot be told from a wrong passphrase.)
 */
export async function openKeyFile(path: string, lock: Lock): Promise<Uint8Array> {
  const sealed = await readPrivate(path);
  const decrypter = new Decrypter();
  if ("passphrase" in lock) decrypter.addPassphrase(lock.passphrase);
  else addIdentity(decrypter, lock.identity);
  try {
    return await decrypter.decrypt(sealed);
  } catch (error) {
    if (error instanceof Error && error.message === NO_MATCH) {
      throw new ServiceError(
        "wrong-passphrase",
        "This passphrase or identity does not open the key file: check that it is the one the file was made with.",
      );
    }
    throw new ServiceError("key-file-damaged", "The key file is damaged: restore it from its copy.");
  }
}

async function readPrivate(path: string): Promise<Uint8Array> {
  let file: Awaited<ReturnType<typeof open>>;
  try {
    file = await open(path, constants.O_RDONLY);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    throw new ServiceError(
      "key-file-missing",
      "There is no key file at the configured place: create or restore it.",
    );
  }
  try {
    await requirePrivateFile(file);
    if ((await file.stat()).size > MAX_BYTES) {
      throw new ServiceError(
        "key-file-damaged",
        "The key file is too large to be one: restore it from its copy.",
      );
    }
    return await file.readFile();
  } finally {
    await file.close();
  }
}

async function recipientOf(identity: string): Promise<string> {
  try {
    return await identityToRecipient(identity);
  } catch {
    throw badIdentity();
  }
}

function addIdentity(decrypter: Decrypter, identity: string): void {
  try {
    decrypter.addIdentity(identity);
  } catch {
    throw badIdentity();
  }
}

/** Not with age's own error as its cause: decoders quote the text that they fail on. */
function badIdentity(): ServiceError {
  return new ServiceError(
    "lock-unreadable",
    "Give an age identity: one line that starts with AGE-SECRET-KEY-1.",
  );
}

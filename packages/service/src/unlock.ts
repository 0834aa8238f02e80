/**
 * Where the passphrase or the identity comes from when a server starts: a file that only its owner can read, an open
 * file descriptor, the credentials folder that systemd hands over (systemd.exec, LoadCredential=), or a prompt.
 */
import { constants, readFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { ServiceError } from "./errors.ts";
import { type Lock, wipe } from "./keys-at-rest.ts";
import { requirePrivateFile } from "./private-file.ts";

/** At most one of the first three. The names in the credentials folder are fixed: see CREDENTIALS. */
export type LockSources = {
  /** A file whose first line is the passphrase. */
  passphraseFile?: string;
  /** A file descriptor, such as 3, that the parent process opened; its first line is the passphrase. */
  fd?: number;
  /** An age identity file: lines that start with `#` are comments, one line is the identity. */
  identityFile?: string;
  /** Asked last; resolves to the passphrase as typed. */
  prompt?: () => Promise<string>;
  /** Only CREDENTIALS_DIRECTORY is read from it; process.env if left out. */
  env?: { readonly CREDENTIALS_DIRECTORY?: string | undefined };
};

/** File names in systemd's credentials folder. */
export const CREDENTIALS = {
  passphrase: "undersigned-passphrase",
  identity: "undersigned-identity",
} as const;

const MAX_BYTES = 64 * 1024;

/**
 * The lock from the first source that is given: file, descriptor or identity; then the credentials folder; then the
 * prompt. Throws `lock-ambiguous` for two sources of one rank, `open-to-others` for a file that others may read,
 * `lock-unreadable` for one that is missing or empty, `locked` when there is no source at all.
 */
export async function readLock(sources: LockSources): Promise<Lock> {
  const { passphraseFile, fd, identityFile, prompt, env = process.env } = sources;
  if ([passphraseFile, fd, identityFile].filter((source) => source !== undefined).length > 1) {
    throw new ServiceError(
      "lock-ambiguous",
      "Give one way to unlock the keys: a passphrase file, a descriptor or an identity file.",
    );
  }
  if (passphraseFile !== undefined) return passphraseFrom(await readPrivate(passphraseFile));
  if (fd !== undefined) return passphraseFrom(readDescriptor(fd));
  if (identityFile !== undefined) return identityFrom(await readPrivate(identityFile));
  const credential = await readCredential(env.CREDENTIALS_DIRECTORY);
  if (credential !== null) return credential;
  if (prompt !== undefined) return passphraseOf(await prompt());
  throw new ServiceError(
    "locked",
    `The keys are locked: give a passphrase file (mode 600), a descriptor or an identity file, or let systemd load the credential ${CREDENTIALS.passphrase}.`,
  );
}

async function readPrivate(path: string): Promise<Uint8Array> {
  const file = await open(path, constants.O_RDONLY).catch(() => {
    throw unreadable();
  });
  try {
    await requirePrivateFile(file);
    return limited(await file.readFile());
  } finally {
    await file.close();
  }
}

function readDescriptor(fd: number): Uint8Array {
  try {
    return limited(readFileSync(fd));
  } catch {
    throw unreadable();
  }
}

/** Modes are not looked at: systemd guards the folder, and shows 0440 for what an access list keeps private. */
async function readCredential(folder: string | undefined): Promise<Lock | null> {
  if (folder === undefined || folder === "") return null;
  const passphrase = await readIfThere(join(folder, CREDENTIALS.passphrase));
  const identity = await readIfThere(join(folder, CREDENTIALS.identity));
  if (passphrase !== null && identity !== null) {
    wipe(passphrase);
    wipe(identity);
    throw new ServiceError("lock-ambiguous", "Load one credential: the passphrase or the identity.");
  }
  if (passphrase !== null) return passphraseFrom(passphrase);
  return identity === null ? null : identityFrom(identity);
}

async function readIfThere(path: string): Promise<Uint8Array | null> {
  try {
    const file = await open(path, constants.O_RDONLY);
    try {
      return limited(await file.readFile());
    } finally {
      await file.close();
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw unreadable();
  }
}

function passphraseFrom(bytes: Uint8Array): Lock {
  return passphraseOf(firstLine(textOf(bytes)));
}

function passphraseOf(passphrase: string): Lock {
  if (passphrase === "")
    throw new ServiceError(
      "lock-unreadable",
      "The passphrase is empty: give the one the keys were locked with.",
    );
  return { passphrase };
}

function identityFrom(bytes: Uint8Array): Lock {
  const lines = textOf(bytes)
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
  const identity = lines[0];
  if (lines.length !== 1 || identity === undefined || !identity.startsWith("AGE-SECRET-KEY-1")) {
    throw new ServiceError(
      "lock-unreadable",
      "Give an identity file with one line that starts with AGE-SECRET-KEY-1.",
    );
  }
  return { identity };
}

function firstLine(text: string): string {
  return text.replace(/\r?\n[\s\S]*$/, "");
}

/** Takes the bytes over: they are zeros afterwards. */
function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw unreadable();
  } finally {
    wipe(bytes);
  }
}

function limited(bytes: Uint8Array): Uint8Array {
  if (bytes.length > MAX_BYTES) {
    wipe(bytes);
    throw unreadable();
  }
  return bytes;
}

function unreadable(): ServiceError {
  return new ServiceError(
    "lock-unreadable",
    "What should unlock the keys cannot be read: check that it is there, small, and UTF-8 text.",
  );
}

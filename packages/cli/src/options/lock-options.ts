/** How a command that needs key files gets what opens them; see @undersigned/service, unlock. */
import type { Lock, LockSources } from "@undersigned/service";
import type { Command } from "commander";
import { CliError } from "../errors.ts";
import { askSecretly } from "../io/prompt.ts";
import { descriptor } from "./values.ts";

export interface LockOptions {
  readonly passphraseFile?: string;
  readonly passphraseFd?: number;
  readonly identityFile?: string;
}

export function withLock(command: Command): Command {
  return command
    .option("--passphrase-file <file>", "file (mode 600) whose first line is the passphrase of the keys")
    .option("--passphrase-fd <n>", "descriptor whose first line is the passphrase", descriptor)
    .option("--identity-file <file>", "age identity (mode 600) that the keys are locked with");
}

/** The lock of keys that exist. Throws ServiceError `locked` where nothing is given and nobody can be asked. */
export async function lockFor(options: LockOptions): Promise<Lock> {
  return read(
    sources(options, () => askSecretly("Passphrase of the keys (not shown): ", "--passphrase-file")),
  );
}

/** The lock for keys that may be made now: a passphrase that is typed is asked for twice. */
export async function newLockFor(options: LockOptions): Promise<Lock> {
  return read(
    sources(options, async () => {
      const first = await askSecretly("Passphrase for the keys (not shown): ", "--passphrase-file");
      const second = await askSecretly("The same again: ", "--passphrase-file");
      if (first !== second) throw new CliError("repeat-differs", "The two passphrases differ. Start again.");
      return first;
    }),
  );
}

function sources(options: LockOptions, prompt: () => Promise<string>): LockSources {
  const { passphraseFile, passphraseFd, identityFile } = options;
  return {
    ...(passphraseFile !== undefined && { passphraseFile }),
    ...(passphraseFd !== undefined && { fd: passphraseFd }),
    ...(identityFile !== undefined && { identityFile }),
    ...(process.stdin.isTTY && { prompt }),
  };
}

async function read(from: LockSources): Promise<Lock> {
  // Not loaded with the options: with the service comes a web server.
  const { readLock } = await import("@undersigned/service");
  return readLock(from);
}

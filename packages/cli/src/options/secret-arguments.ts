/**
 * A secret that stands in the arguments has been seen: by every process of the machine, by the shell's history. No
 * option takes one; who guesses such an option is told so, before anything else is said or done.
 */
import { CliError } from "../errors.ts";

const GUESSED: Readonly<Record<string, string>> = {
  "--phrase": "Give the recovery phrase at the prompt or through --phrase-fd.",
  "--recovery-phrase": "Give the recovery phrase at the prompt or through --phrase-fd.",
  "--invitation": "Give the invitation with --invited at the prompt or through --invitation-fd.",
  "--code": "Give the code at the prompt or through --code-fd.",
  "--link": "Put the link into a file and give that with --link-file.",
  "--text-key": "Put the whole link into a file and give that with --link-file.",
  "--passphrase": "Give the passphrase at the prompt, or through --passphrase-file or --passphrase-fd.",
  "--password": "Give the password through a file or a descriptor.",
  "--smtp-password": "Give the mail server's password through --smtp-password-file.",
};

/** Of one command only: others take such an option, about the person who runs them or about themselves. */
const GUESSED_OF: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "registrar note-name": {
    "--mailbox": "Give the mailbox at the prompt or as the first line of standard input.",
    "--name": "Give the name at the prompt or as the second line of standard input.",
  },
};

/** Throws `secret-in-arguments`, without repeating what stands there. */
export function refuseSecretArguments(args: readonly string[]): void {
  const guessed = { ...GUESSED, ...GUESSED_OF[args.slice(0, 2).join(" ")] };
  for (const argument of args) {
    const instead = guessed[argument.split("=", 1)[0] as string];
    if (argument.startsWith("--") && instead !== undefined) {
      throw new CliError(
        "secret-in-arguments",
        `Secrets never stand in a command: other users of this machine can read it. ${instead} If the secret was typed now, replace it.`,
      );
    }
  }
}

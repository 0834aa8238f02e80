/**
 * One way out for every failure: `code: sentence`, and an exit code. Only errors of our own classes are shown, because
 * only their messages are known to hold nothing of a person. Everything else is named by kind: messages of an engine
 * or of another library quote paths, addresses and whatever text they failed on. Never a stack.
 */
import { CommanderError } from "commander";
import { CliError, EXIT_FAILURE, EXIT_LOCKED, EXIT_OK, EXIT_USAGE } from "./errors.ts";

export interface Presented {
  /** Null where commander has said all, as after `--help`. */
  readonly line: string | null;
  readonly exitCode: number;
}

/** By name and not by class: to have the classes, both servers would be loaded for the sake of one sentence. */
const OURS = new Set([
  "BoardError",
  "ClientError",
  "CoreError",
  "DeskError",
  "FollowError",
  "LogError",
  "MailError",
  "PaperError",
  "RegistrarError",
  "ServiceError",
  "VerifyError",
]);
const CODE = /^[a-z][a-z0-9-]{0,63}$/;

/** Codes of keys that wait for an operator; see EXIT_LOCKED. */
const LOCKED = new Set([
  "keys-locked",
  "lock-ambiguous",
  "lock-unreadable",
  "locked",
  "open-to-others",
  "wrong-passphrase",
]);

/** Failures of the machine, by Node's code. */
const SYSTEM: Readonly<Record<string, readonly [code: string, sentence: string]>> = {
  EACCES: [
    "not-allowed",
    "The system does not allow it: check the rights to the file, or take a port above 1023.",
  ],
  EADDRINUSE: ["address-in-use", "Another program listens there already: stop it, or choose another --port."],
  EADDRNOTAVAIL: ["address-unknown", "This machine does not have that address: choose another --host."],
  ENOENT: ["file-missing", "A file or folder that was named is not there."],
  ENOSPC: ["disk-full", "The disk is full: make room and do the same again."],
  ENOTFOUND: ["address-unknown", "The name of a server cannot be found: check the address."],
  EPERM: ["not-allowed", "The system does not allow it: check the rights to the file."],
  EROFS: ["not-allowed", "The file system cannot be written to."],
};

export function presentError(error: unknown): Presented {
  if (error instanceof CliError) return { line: `${error.code}: ${error.message}`, exitCode: error.exitCode };
  if (error instanceof CommanderError) return presentUsage(error);
  const { name, code, remote, message } = (error ?? {}) as Record<string, unknown>;
  if (OURS.has(String(name)) && typeof code === "string" && CODE.test(code)) {
    // What a server refused with says more than that it refused.
    const shown = typeof remote === "string" && CODE.test(remote) ? remote : code;
    return { line: `${shown}: ${String(message)}`, exitCode: LOCKED.has(code) ? EXIT_LOCKED : EXIT_FAILURE };
  }
  const system = typeof code === "string" ? SYSTEM[code] : undefined;
  if (system !== undefined) return { line: `${system[0]}: ${system[1]}`, exitCode: EXIT_FAILURE };
  return {
    line: "internal: This program met something that it does not know. Say which command it was when you report it.",
    exitCode: EXIT_FAILURE,
  };
}

/** commander's own sentences quote what was typed, which may be a secret at the wrong place: ours name the option only. */
function presentUsage(error: CommanderError): Presented {
  switch (error.code) {
    case "commander.helpDisplayed":
    case "commander.version":
      return { line: null, exitCode: EXIT_OK };
    case "commander.help":
      return { line: null, exitCode: error.exitCode === 0 ? EXIT_OK : EXIT_USAGE };
    case "commander.unknownOption":
      return usage(`There is no option ${optionIn(error.message)} here. Add --help to see which there are.`);
    case "commander.unknownCommand":
      return usage("There is no such command. Run undersigned --help to see which there are.");
    case "commander.missingArgument":
      return usage("An argument is missing. Add --help to see which.");
    case "commander.excessArguments":
      return usage("There are more arguments than this command takes. Add --help to see which it takes.");
    case "commander.optionMissingArgument":
      return usage(`The option ${optionIn(error.message)} needs a value.`);
    case "commander.missingMandatoryOptionValue":
      return usage(`The option ${optionIn(error.message)} is needed.`);
    case "commander.invalidArgument":
      return usage(`The value of ${optionIn(error.message)} does not fit. ${sentenceIn(error.message)}`);
    case "commander.conflictingOption":
      return usage("Two options were given of which one is enough. Add --help to see what they do.");
    default:
      return usage("The command line is not understood. Add --help to see what there is.");
  }
}

function usage(sentence: string): Presented {
  return { line: `usage: ${sentence.trim()}`, exitCode: EXIT_USAGE };
}

/** The long name of the option that a message of commander's is about; nothing that stands behind a `=`. */
function optionIn(message: string): string {
  return /'(?:-\w, )?(--?[a-z][a-z-]{0,40})/.exec(message)?.[1] ?? "given";
}

/** Our own sentence, which commander puts behind the value: see options/values.ts. */
function sentenceIn(message: string): string {
  return /\bis invalid\. ([^']*)$/.exec(message)?.[1] ?? "";
}

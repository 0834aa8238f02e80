/**
 * The command's own failures. Printed as `code: message`, with the exit code that belongs to the code. Messages hold no
 * phrase, code, token, mailbox or path: a terminal is photographed, and its output ends up in logs and bug reports.
 */

export const EXIT_OK = 0;
export const EXIT_FAILURE = 1;
export const EXIT_USAGE = 2;
/** EX_CONFIG of sysexits.h: the server cannot start until an operator unlocks its keys; restarting does not help. */
export const EXIT_LOCKED = 78;

const EXIT_CODES = {
  usage: EXIT_USAGE,
  "secret-in-arguments": EXIT_USAGE,
  "no-terminal": EXIT_USAGE,
  "not-enrolled": EXIT_FAILURE,
  "after-needed": EXIT_USAGE,
  "board-not-told": EXIT_FAILURE,
  "card-malformed": EXIT_FAILURE,
  "card-repeated": EXIT_FAILURE,
  "epoch-not-there": EXIT_FAILURE,
  "file-exists": EXIT_FAILURE,
  "file-malformed": EXIT_FAILURE,
  "file-missing": EXIT_FAILURE,
  "file-too-large": EXIT_FAILURE,
  "file-unusable": EXIT_FAILURE,
  "head-unknown": EXIT_FAILURE,
  interrupted: 130,
  "log-key-changes": EXIT_FAILURE,
  "letter-refused": EXIT_FAILURE,
  "letter-not-there": EXIT_FAILURE,
  "manifest-incomplete": EXIT_FAILURE,
  "no-epoch": EXIT_FAILURE,
  "not-confirmed": EXIT_FAILURE,
  "nothing-changes": EXIT_FAILURE,
  "outline-field": EXIT_FAILURE,
  "page-differs": EXIT_FAILURE,
  "page-unreachable": EXIT_FAILURE,
  "promise-broken": EXIT_FAILURE,
  "quorum-refused": EXIT_FAILURE,
  "recount-failed": EXIT_FAILURE,
  "registrar-unknown": EXIT_FAILURE,
  "repeat-differs": EXIT_FAILURE,
} as const;

export type CliErrorCode = keyof typeof EXIT_CODES;

export class CliError extends Error {
  readonly code: CliErrorCode;
  readonly exitCode: number;

  constructor(code: CliErrorCode, message: string) {
    super(message);
    this.name = "CliError";
    this.code = code;
    this.exitCode = EXIT_CODES[code];
  }
}

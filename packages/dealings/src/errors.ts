/**
 * The one error class of this package. Callers branch on `code`; the message is for the person whose file it is and says
 * what to do next. Nothing of the file is in it: `column` is a name from our own list, `line` a number.
 */

const MESSAGES = {
  encoding:
    "This file is not in UTF-8, nor in UTF-16 with a mark at its beginning. Get it anew from its site, or save it as UTF-8.",
  "missing-column": "This file lacks a column that is needed. Get the export anew, with all columns.",
  "not-an-export":
    "No award export is in this file: give the CSV file, or the zip file that holds it, as it was downloaded.",
  "unclosed-quote": "A quotation mark in this file opens and never closes. Get the file anew.",
  "stray-quote": "A quotation mark in this file stands where none may be. Get the file anew.",
  "uneven-line": "A line of this file has more or fewer columns than its first line. Get the file anew.",
  "too-large": "A single entry of this file is far too large to be one. Get the file anew.",
  "too-much": "This file holds more than can be looked through at once. Get a smaller part of it.",
  zip: "This zip file is damaged, or made in a way that is not known here. Unpack it, then give the CSV file.",
  "zip-expands": "This zip file grows far too much when it is unpacked.",
  "cut-off": "This file ends too early: a part of it is missing. Get the whole file, then try again.",
  "not-json": "This file is not JSON, nor JSON line by line.",
  "not-ocds": "This JSON file holds no releases and no records of the Open Contracting Data Standard.",
  "linked-releases":
    "This file only links to its releases. Get the releases themselves, or records with a compiled release.",
  "broken-chain": "A change of the register does not follow the one before it.",
} as const;

export type DealingsErrorCode = keyof typeof MESSAGES;

export interface Place {
  /** The missing column, by the name that the export gives it. */
  readonly column?: string;
  /** Record of the CSV file, the first line being 1; quoted line breaks do not count. */
  readonly line?: number;
}

export class DealingsError extends Error {
  readonly code: DealingsErrorCode;
  readonly column: string | null;
  readonly line: number | null;

  constructor(code: DealingsErrorCode, { column, line }: Place = {}) {
    const where = column !== undefined ? ` (${column})` : line !== undefined ? ` (line ${line})` : "";
    super(`${MESSAGES[code].replace(/\.$/, "")}${where}.`);
    this.name = "DealingsError";
    this.code = code;
    this.column = column ?? null;
    this.line = line ?? null;
  }
}

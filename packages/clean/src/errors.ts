/**
 * The one error class of this package. Callers branch on `code`; the message is for the person whose file it is and says
 * what to do next. Neither holds anything of the file.
 */

const MESSAGES = {
  "file-too-large": "This file is larger than 32 MiB. Make it smaller, then try again.",
  "file-malformed":
    "This file is not in the form that its first bytes promise. Save it anew, then try again.",
  "file-cut-off": "This file ends too early: a part of it is missing. Get the whole file, then try again.",
  "file-unsupported": "This kind of file cannot be cleaned here. Save it as PDF, PNG or JPEG.",
  "file-locked": "This PDF is locked with a password or with rights. Save it anew without them.",
  "file-expands": "This file grows far too much when it is unpacked. Save it anew, as a plain PDF.",
  "file-too-deep": "The parts of this page stand too deep in each other. Save it as PDF.",
  "page-empty": "This page holds no text of its own: it is made by scripts. Save it as PDF.",
  "html-part-missing": "What reads saved pages is not loaded here.",
  "pdf-part-missing": "What reads PDF files is not loaded here.",
  "text-too-long": "This text is longer than 1,000,000 characters. Make it shorter, then try again.",
} as const;

export type CleanErrorCode = keyof typeof MESSAGES;

export class CleanError extends Error {
  readonly code: CleanErrorCode;

  constructor(code: CleanErrorCode) {
    super(MESSAGES[code]);
    this.name = "CleanError";
    this.code = code;
  }
}

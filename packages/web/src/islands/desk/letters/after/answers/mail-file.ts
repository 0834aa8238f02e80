/** Whether a chosen file can be a mail at all: asked before anything is sent. */
import { MAX_ANSWER_MAIL_BYTES } from "@undersigned/core";

/** A sentence, or null if it may be sent. */
export function mailFileProblem(bytes: Uint8Array): string | null {
  if (bytes.length === 0) return "This file is empty. Save the mail anew.";
  if (bytes.length > MAX_ANSWER_MAIL_BYTES)
    return "This file is larger than 1 MB. Answers are taken up to that size; ask the addressee to write without attachments.";
  // Every mail begins with the name of a field and a colon. A few programs put a line "From …" before it.
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, 500));
  return /^(?:From [^\r\n]*\r?\n)?[A-Za-z][\w.-]*[ \t]*:/.test(head)
    ? null
    : "This is not a mail as it came. Save it as an .eml file (in many programs: “Save as” or “Download original”).";
}

/** Whether a chosen file can be a mail at all: asked before anything is sent. */
import { MAX_ANSWER_MAIL_BYTES } from "@undersigned/core";
import { say } from "../../../../say.ts";

/** A sentence, or null if it may be sent. */
export function mailFileProblem(bytes: Uint8Array): string | null {
  if (bytes.length === 0) return say("desk-after.this-file-is-empty-save");
  if (bytes.length > MAX_ANSWER_MAIL_BYTES) return say("desk-after.this-file-is-larger-than");
  // Every mail begins with the name of a field and a colon. A few programs put a line "From …" before it.
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, 500));
  return /^(?:From [^\r\n]*\r?\n)?[A-Za-z][\w.-]*[ \t]*:/.test(head)
    ? null
    : say("desk-after.this-is-not-a-mail");
}

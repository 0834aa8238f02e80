/** The text of a code mail, as the workforce's manifest has it. */
import type { WorkforceManifest } from "@undersigned/core";
import type { Mail } from "./mail-queue.ts";

/** `to` is the canonical mailbox. The code stands in the body only: subjects show on locked screens. */
export function codeMail(manifest: WorkforceManifest, to: string, code: string): Mail {
  const { subject, body } = manifest.codeMail;
  // By a function, because `$` has a meaning in replacement strings.
  return { to, subject, text: body.replace("{code}", () => code) };
}

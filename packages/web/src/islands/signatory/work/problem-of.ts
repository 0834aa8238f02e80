/** What of an error the page keeps: its code. Sentences are our own (words/problems.ts), whatever a server wrote. */
import { ClientError } from "@undersigned/client";
import { CoreError } from "@undersigned/core";
import { VerifyError } from "@undersigned/verify";
import type { Problem } from "../machine/state.ts";

/** Failures before which nothing was sent, or after which the server's decision is known. */
function isSettled(error: unknown): boolean {
  if (!(error instanceof ClientError)) return true;
  return !["no-answer", "answer-malformed", "receipt-invalid"].includes(error.code);
}

export function problemOf(error: unknown): Problem {
  const settled = isSettled(error);
  if (error instanceof ClientError) return { code: error.remote ?? error.code, settled };
  if (error instanceof CoreError || error instanceof VerifyError) return { code: error.code, settled };
  return { code: "unknown", settled: false };
}

/** What was chosen cannot be used, by a code of words/problems.ts. */
export class PageError extends Error {
  readonly code: "copy-refused" | "part-missing" | "storage-refused" | "wrong-file-phrase";

  constructor(code: PageError["code"]) {
    super(code);
    this.name = "PageError";
    this.code = code;
  }
}

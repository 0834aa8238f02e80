/** What of an error the desk keeps: its code. Sentences are our own (words/problems.ts), whatever a server wrote. */
import { ClientError } from "@undersigned/client";
import { CoreError } from "@undersigned/core";

/** What this page itself cannot do, by a code of words/problems.ts. */
export class PageError extends Error {
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.name = "PageError";
    this.code = code;
  }
}

export function codeOf(error: unknown): string {
  if (error instanceof ClientError) return error.remote ?? error.code;
  if (error instanceof CoreError || error instanceof PageError) return error.code;
  return "unknown";
}

/** Whether nobody knows if it was done: no answer came. The same can be sent again. */
export function isLost(error: unknown): boolean {
  return error instanceof ClientError && error.code === "no-answer";
}

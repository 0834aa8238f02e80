/**
 * What an honest server says to a dishonest registrar. An attempt counts only if it was looked at and then either went
 * through or was refused for the reason that is there to stop it. A request that was malformed proves nothing.
 */
import { ClientError } from "@undersigned/client";
import { DemoError } from "../demo-error.ts";

export type Told<T> =
  | { readonly state: "done"; readonly answer: T }
  /** `code` is the server's. */
  | { readonly state: "refused"; readonly code: string }
  /** It is down, or has other things to do. */
  | { readonly state: "silent" };

/** Refusals of whoever comes, before anything is looked at: too many came. */
const NOT_LOOKED_AT: ReadonlySet<string> = new Set([
  "busy",
  "too-many-requests",
  "work-needed",
  "work-wrong",
]);

/** `ask` sends as package client does. Throws what is neither an answer nor a refusal. */
export async function hear<T>(ask: () => Promise<T>): Promise<Told<T>> {
  try {
    return { state: "done", answer: await ask() };
  } catch (error) {
    if (!(error instanceof ClientError)) throw error;
    if (error.code === "no-answer") return { state: "silent" };
    if (error.code !== "refused" || error.remote === null) throw error;
    return NOT_LOOKED_AT.has(error.remote) ? { state: "silent" } : { state: "refused", code: error.remote };
  }
}

/**
 * Whether it went through; null if nobody looked at it. `proper`: the codes of those refusals that are meant for it.
 * Throws DemoError `not-as-planned` for any other: then the attempt was not the one that it should have been, and its failing says nothing.
 */
export function wentThrough(told: Told<unknown>, proper: readonly string[]): boolean | null {
  switch (told.state) {
    case "done":
      return true;
    case "silent":
      return null;
    case "refused":
      if (proper.includes(told.code)) return false;
      throw new DemoError(
        "not-as-planned",
        `A dishonest registrar was refused with ${told.code}, and what it tried is stopped by ${proper.join(" or ") || "nothing"}.`,
      );
  }
}

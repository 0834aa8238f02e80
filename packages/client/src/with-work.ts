/**
 * Sends a request to a registrar, and once more with a solved challenge where it is under attack and asks for work
 * (PROTOCOL §9; decision 11). A solution is good once, so a sending whose answer was lost may be answered by another
 * challenge; how often that is borne is bounded.
 */
import { challenge, type JsonValue, type Shape } from "@undersigned/core";
import { solveWork } from "#solve-work";
import { ClientError } from "./errors.ts";
import { get, post, type Sending } from "./post.ts";

export interface Working extends Sending {
  /**
   * Makes a challenge's solution; in Node it runs here if left out, in a browser it must be passed in. Rejects with
   * ClientError `work-failed` or `work-too-hard`, or with the signal's reason.
   */
  readonly solveWork?: ((challenge: string, signal: AbortSignal) => Promise<string>) | undefined;
  /** Called when work begins, and when the request is sent again after it. */
  readonly onWork?: ((state: "begun" | "done") => void) | undefined;
}

const WORK_TRIES = 3;
const WANTED = ["work-needed", "work-wrong"];
const MAX_SOLUTION = 4_000;

/** Throws as `post` does, and `work-failed` and `work-too-hard`. `body.work` is filled in here. */
export async function postWithWork<T>(
  registrar: { readonly identity: string; readonly url: string },
  path: string,
  body: { readonly [field: string]: JsonValue },
  shape: Shape<T>,
  working: Working,
): Promise<T> {
  let work: string | null = null;
  for (let tries = 0; ; tries++) {
    try {
      return await post(registrar.url, path, { ...body, work }, shape, working);
    } catch (error) {
      const wanted = error instanceof ClientError && WANTED.includes(error.remote ?? "");
      if (!wanted || tries >= WORK_TRIES) throw error;
    }
    working.onWork?.("begun");
    work = await solve(registrar, working);
    working.onWork?.("done");
  }
}

async function solve(
  registrar: { readonly identity: string; readonly url: string },
  working: Working,
): Promise<string> {
  const answer = await get(registrar.url, "v1/challenge", challenge, working);
  if (answer.registrar !== registrar.identity) {
    throw new ClientError(
      "answer-malformed",
      "Another registrar than the one in the log answers at this address. Tell whoever runs it.",
    );
  }
  const signal = working.signal ?? new AbortController().signal;
  const solution = await (working.solveWork ?? solveWork)(answer.challenge, signal);
  signal.throwIfAborted();
  if (solution.length <= MAX_SOLUTION) return solution;
  throw new ClientError("work-failed", "The work was done and its result is too long to be sent.");
}

/**
 * The thread that counts, off the page's own, and the threads that check signatures for it: one script for both, told apart
 * by their names, so that a browser loads it once. It never speaks to anybody but the board whose address it is given.
 */
import { answerPool, type Checker, inlineChecker } from "@undersigned/verify";
import { answerCounter } from "./answer-counter.ts";
import { openBrowserPool } from "./browser-pool.ts";
import type { FromCounter, ToCounter } from "./messages.ts";

/** What is used here of the worker's global scope. */
interface Scope {
  readonly name: string;
  readonly location: { readonly href: string };
  postMessage(message: unknown): void;
  onmessage: ((event: MessageEvent) => void) | null;
}

const CHECKING = "checking";
const scope = globalThis as unknown as Scope;

function openChecker(): Checker {
  try {
    return openBrowserPool(scope.location.href, CHECKING, navigator.hardwareConcurrency);
  } catch {
    // A browser whose threads may start none: this one does all the work.
    return inlineChecker();
  }
}

if (scope.name === CHECKING) {
  const answer = answerPool((message) => scope.postMessage(message));
  scope.onmessage = ({ data }) => answer(data);
} else {
  const say = (answer: FromCounter) => scope.postMessage(answer);
  scope.onmessage = ({ data }: MessageEvent<ToCounter>) => void answerCounter(data, say, openChecker);
}

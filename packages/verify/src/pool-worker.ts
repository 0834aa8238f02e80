/** The thread behind pool-node.ts. Messages arrive in order, so a letter is known before its leaves. */
import { parentPort } from "node:worker_threads";
import { SignatoryLeafCheck } from "./check-signatory-leaf.ts";
import type { CheckedLeaf, CheckUnit, LetterContext } from "./checker.ts";

export type ToWorker = { readonly letter: LetterContext } | { readonly id: number; readonly unit: CheckUnit };

export type FromWorker =
  | { readonly ready: true }
  /** `checked` is null when checking broke, which no input may bring about. */
  | { readonly id: number; readonly checked: CheckedLeaf[] | null };

const port = parentPort;
if (port !== null) {
  const work = new SignatoryLeafCheck();
  port.on("message", async (message: ToWorker) => {
    if ("letter" in message) {
      work.addLetter(message.letter);
      return;
    }
    const { id, unit } = message;
    const checked = await work.check(unit).catch(() => null);
    port.postMessage({ id, checked } satisfies FromWorker);
  });
  port.postMessage({ ready: true } satisfies FromWorker);
}

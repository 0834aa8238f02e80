/** The pool of verify on a browser's threads, as started from the thread that counts. */
import { type Checker, createPool, type StartThread } from "@undersigned/verify";

const MAX_THREADS = 8;

/**
 * `script` answers a pool when it is started under `name`. Throws where threads cannot start threads; one that starts and
 * cannot load is done without.
 */
export function openBrowserPool(script: string, name: string, cores: number): Checker {
  const start: StartThread = (onMessage, onEnd) => {
    const worker = new Worker(script, { type: "module", name });
    worker.onmessage = ({ data }) => onMessage(data);
    worker.onerror = (event) => {
      event.preventDefault();
      onEnd();
    };
    worker.onmessageerror = onEnd;
    return {
      post: (message, moved) => worker.postMessage(message, moved),
      end: async () => {
        worker.terminate();
        // A browser does not tell.
        onEnd();
      },
    };
  };
  return createPool(start, Math.max(1, Math.min(cores || 1, MAX_THREADS)));
}

/** The thread that reads a file, off the page's own. It speaks to nobody but the page. */
import type { FromReader, ToReader } from "./messages.ts";
import { answerReader } from "./read-file.ts";

interface Scope {
  postMessage(message: unknown): void;
  onmessage: ((event: MessageEvent<ToReader>) => void) | null;
}
const scope = globalThis as unknown as Scope;
const tell = (answer: FromReader) => scope.postMessage(answer);
scope.onmessage = ({ data }) => void answerReader(data, tell);

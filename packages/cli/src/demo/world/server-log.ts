/** Where the servers' log lines go: a file in the data folder, so that they do not run through the progress bar. */
import { appendFileSync } from "node:fs";
import type { LogStream } from "@undersigned/service";

export function logFile(path: string): LogStream {
  return { write: (line) => appendFileSync(path, line, { mode: 0o600 }) };
}

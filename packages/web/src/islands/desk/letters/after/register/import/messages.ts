/** What the page and the thread that reads a file say to each other. A thread reads one file once, and its last message ends it. */
import type { DealingsErrorCode, ImportOptions, ImportResult } from "@undersigned/dealings";

export interface ToReader {
  readonly file: Blob;
  readonly options: ImportOptions;
}

export type FromReader =
  | { readonly said: "progress"; readonly bytes: number }
  | { readonly said: "read"; readonly result: ImportResult }
  /** `message` is the package's own sentence, which holds nothing of the file. */
  | {
      readonly said: "failed";
      readonly code: DealingsErrorCode | "unreadable" | "broken-off";
      readonly column: string | null;
      readonly line: number | null;
    };

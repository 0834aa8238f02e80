/** What the page and the thread that counts say to each other. A thread does one thing, and its last message ends it. */
import type { Report } from "@undersigned/verify";

export type FilesFrom =
  /** Address of the log's prefix. */
  | { readonly kind: "board"; readonly prefix: string }
  /** A ZIP, as it was chosen or dropped: any file. */
  | { readonly kind: "bundle"; readonly file: Blob };

export type ToCounter =
  | {
      readonly do: "count";
      readonly from: FilesFrom;
      readonly workforce: string;
      /** Reports this letter alone. */
      readonly letter: string | null;
      /** Opens that letter, if its text is not public. */
      readonly linkKey?: Uint8Array | null;
      /** The signed note that the log must have grown out of. */
      readonly known: Uint8Array | null;
    }
  /** Asks of which workforce a bundle says that it is. */
  | { readonly do: "name"; readonly file: Blob };

export type FromCounter =
  | { readonly said: "progress"; readonly leaves: number; readonly size: number }
  /** `note` is the signed checkpoint as it was read, or null where there was none. */
  | { readonly said: "report"; readonly report: Report; readonly note: Uint8Array | null }
  | { readonly said: "named"; readonly named: NamedByFile | null }
  /** Nothing was counted. */
  | { readonly said: "failed"; readonly failed: Failed };

/** What the page has words for; and what package verify says of files, in English. */
export type Failed =
  | { readonly why: "too-large" | "broken-off" | "cannot-start" }
  | { readonly why: "files"; readonly detail: string };

/** Nobody vouches for these but the file. */
export interface NamedByFile {
  readonly workforce: string;
  readonly employer: string;
}

/** What a file can hold beside what it shows. */
import type { TextFinding } from "../text/finding.ts";
import type { FoundWords } from "../words.ts";

export type FileFormat = "jpeg" | "png" | "webp" | "pdf" | "html" | "text";

export type FileKind =
  | "place"
  | "properties"
  | "comment"
  | "other-picture"
  | "colour-profile"
  | "private-part"
  | "left-over"
  | "script"
  | "attachment"
  | "annotation"
  | "signature"
  | "form"
  | "link"
  | "name"
  | "text";

export interface FileFinding {
  readonly kind: FileKind;
  /** One plain sentence for the person whose file it is. Never repeats what was found. */
  readonly words: FoundWords;
  /** Whether `cleanFile` takes it out. */
  readonly mends: boolean;
}

export interface FileReport {
  /** By the file's bytes; `unsupported` for what cannot be cleaned here. */
  readonly format: FileFormat | "unsupported";
  /** What to do with a file that is not supported; null for others. */
  readonly advice: FoundWords | null;
  readonly findings: readonly FileFinding[];
  /** For plain text and Markdown: where in the text. Empty for others. */
  readonly text: readonly TextFinding[];
}

export interface CleanedFile {
  readonly format: FileFormat;
  readonly bytes: Uint8Array;
  /** Each thing once; empty if there was nothing to take out. */
  readonly removed: readonly FileFinding[];
  /** What is still there and only a person can mend: of saved pages. */
  readonly left?: readonly FileFinding[];
}

/** What a cleaner of one format gives. */
export interface Cleaned {
  readonly bytes: Uint8Array;
  readonly removed: readonly FileFinding[];
  /** What only a person can mend. */
  readonly left?: readonly FileFinding[];
}

/** Of pictures. */
export const WORDS = {
  place: "Where the picture was taken.",
  properties: "Properties: a time, a device, a program or a name.",
  comment: "A remark that the picture does not show.",
  "other-picture": "Another picture inside: a preview, which may show what was cut off, or a second shot.",
  "colour-profile":
    "A colour profile, which can name a screen or a camera. Colours may look a little different without.",
  "private-part": "Data of a program of its own, which the picture does not need.",
  "left-over": "Data after the end of the picture, or between its parts, which nobody sees.",
} as const;

/** Collects what was removed, each thing once. */
export class Removed {
  readonly #found = new Map<string, FileFinding>();

  add(kind: FileKind, words: FoundWords): void {
    this.#found.set(kind + words, { kind, words, mends: true });
  }

  /** Something that pictures hold. */
  addOfPicture(kind: keyof typeof WORDS): void {
    this.add(kind, WORDS[kind]);
  }

  get list(): FileFinding[] {
    return [...this.#found.values()];
  }
}

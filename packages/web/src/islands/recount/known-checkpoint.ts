/**
 * The checkpoint of a log that this device has seen, so that the next recount can tell whether the log has grown out of it. It
 * is a trace of what was read, so it is kept only where the person asks for it. Kept under the workforce id: that is known
 * before anything is read, and names the log's key for good.
 */
import { STORED_BY_US } from "../stored-names.ts";

export type Remembered =
  /** `note` is the signed note. */
  | { readonly kind: "known"; readonly note: string }
  | { readonly kind: "nothing" }
  /** The browser lets this page keep nothing. */
  | { readonly kind: "refused" };

const PREFIX = `${STORED_BY_US}checkpoint-`;

export class KnownCheckpoints {
  readonly #storage: () => Storage;

  /** In many browsers the mere mention of localStorage throws: so it is a function. */
  constructor(storage: () => Storage) {
    this.#storage = storage;
  }

  read(workforce: string): Remembered {
    try {
      const note = this.#storage().getItem(PREFIX + workforce);
      return note === null ? { kind: "nothing" } : { kind: "known", note };
    } catch {
      return { kind: "refused" };
    }
  }

  /** The remembered note's bytes, or null. */
  bytes(workforce: string): Uint8Array | null {
    const remembered = this.read(workforce);
    return remembered.kind === "known" ? new TextEncoder().encode(remembered.note) : null;
  }

  /**
   * Whether it is kept now. `compared` is the note that the recount began with, null for none: where another one is
   * remembered, that one stays, since nobody has shown that this log grew out of it.
   */
  remember(workforce: string, note: Uint8Array, compared: Uint8Array | null): boolean {
    const before = this.read(workforce);
    if (before.kind === "refused") return false;
    try {
      if (before.kind === "known" && (compared === null || before.note !== textOf(compared))) return false;
      this.#storage().setItem(PREFIX + workforce, textOf(note));
      return true;
    } catch {
      return false;
    }
  }

  /** Whether nothing is kept now. */
  forget(workforce: string): boolean {
    try {
      this.#storage().removeItem(PREFIX + workforce);
      return this.read(workforce).kind === "nothing";
    } catch {
      return false;
    }
  }
}

/** The exact bytes come back from it by TextEncoder. Throws for what is not UTF-8. */
function textOf(note: Uint8Array): string {
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(note);
}

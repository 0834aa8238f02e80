/**
 * What a client must know before it trusts a key: the part of a verified log that it reads. `openWorkforce` of
 * @undersigned/verify makes one; nothing here takes a key, a letter or a slot from anywhere else.
 */
import type {
  Day,
  EndorsementClass,
  KeyStatement,
  LetterLeaf,
  LetterManifest,
  TokenKey,
  WorkforceManifest,
} from "@undersigned/core";
import { ClientError } from "./errors.ts";

/** A letter as the log has it; `manifest` is null where its text is not public, and its link's key was not given. */
export interface LoggedLetter {
  readonly leaf: LetterLeaf;
  /** The last day for signing, wherever it was moved to. */
  readonly closes: Day;
  readonly manifest: LetterManifest | null;
}

/** An epoch as the log has it. Its rules are those of the manifest under which it was opened, whatever came later. */
export interface LoggedEpoch {
  readonly leaf: { readonly closes: Day };
  readonly version: { readonly manifest: WorkforceManifest };
  /** By registrar; the ones that are right. */
  readonly statements: ReadonlyMap<string, Pick<KeyStatement, "invitations">>;
}

export interface ClientView {
  /** The workforce id. */
  readonly workforce: string;
  /** The manifest in force. */
  readonly manifest: WorkforceManifest;
  /** Leaves under the verified checkpoint. */
  readonly size: number;
  readonly epochs: ReadonlyMap<number, LoggedEpoch>;
  readonly letters: ReadonlyMap<string, LoggedLetter>;
  /** The registrars' keys for a slot and class that are in the log; empty where there are none. */
  tokenKeys(epoch: number, slot: number, of: EndorsementClass): readonly TokenKey[];
}

/** The rules of an epoch. Throws `epoch-unknown`. */
export function rulesOf(view: ClientView, epoch: number): WorkforceManifest {
  const logged = view.epochs.get(epoch);
  if (logged === undefined) {
    throw new ClientError("epoch-unknown", "The log has no such epoch. Choose one that has been opened.");
  }
  return logged.version.manifest;
}

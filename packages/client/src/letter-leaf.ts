/**
 * The leaf that opens a letter (PROTOCOL §3.3): in which epoch, on which slot, after which letter. All of it follows from a log
 * that was verified; nothing is taken from the board's word.
 */
import {
  type EpochLeaf,
  encodeCanonical,
  encodeLeaf,
  type JsonValue,
  type LetterLeaf,
  type LetterManifest,
  leafName,
  letterId,
  type Signer,
  SLOTS,
  signObject,
  type WorkforceManifest,
} from "@undersigned/core";
import { ClientError } from "./errors.ts";

/** What is looked at of the log. */
export interface LoggedLetters {
  readonly epochs: ReadonlyMap<number, { readonly leaf: Pick<EpochLeaf, "epoch" | "opens" | "closes"> }>;
  readonly letters: ReadonlyMap<string, { readonly leaf: Pick<LetterLeaf, "epoch"> }>;
}

export interface OpenableLog {
  readonly workforce: string;
  /** The manifest in force. */
  readonly manifest: Pick<WorkforceManifest, "openers">;
  readonly epochs: LoggedLetters["epochs"];
  /** `index`: of the leaf in the log. */
  readonly letters: ReadonlyMap<string, { readonly leaf: LetterLeaf; readonly index: number }>;
}

/**
 * Signed by `opener`, for the epoch asked for or the newest that fits. Throws ClientError `not-an-opener`, `no-epoch`,
 * `slots-used-up`.
 */
export function makeLetterLeaf(
  log: OpenableLog,
  manifest: LetterManifest,
  opener: Signer,
  wanted?: number,
): LetterLeaf {
  if (!log.manifest.openers.includes(opener.publicKey)) {
    throw new ClientError("not-an-opener", "The workforce's manifest does not let this key open letters.");
  }
  const epoch = chooseEpoch(log, manifest, wanted);
  return signObject(
    {
      type: "letter" as const,
      v: 1 as const,
      workforce: log.workforce,
      letter: letterId(encodeCanonical(manifest as unknown as JsonValue)),
      version: 1 as const,
      epoch,
      slot: slotsTaken(log, epoch),
      previous: lastLetter(log),
      opens: manifest.opens,
      closes: manifest.closes,
      batch: manifest.batch,
      by: opener.publicKey,
    },
    opener,
  );
}

/**
 * The epoch asked for, or the newest, in which people enrol now, whose days contain the letter's and which has a slot
 * left. Throws ClientError `no-epoch`, `slots-used-up`.
 */
export function chooseEpoch(
  log: LoggedLetters,
  manifest: Pick<LetterManifest, "opens" | "closes">,
  wanted?: number,
): number {
  const spanning = [...log.epochs.values()]
    .map(({ leaf }) => leaf)
    .filter((leaf) => wanted === undefined || leaf.epoch === wanted)
    .filter((leaf) => leaf.opens <= manifest.opens && manifest.closes <= leaf.closes);
  if (spanning.length === 0) {
    throw new ClientError(
      "no-epoch",
      "No epoch spans the letter's days. Open one that does, or change the days.",
    );
  }
  const free = spanning.filter((leaf) => slotsTaken(log, leaf.epoch) < SLOTS).map((leaf) => leaf.epoch);
  if (free.length === 0) {
    throw new ClientError(
      "slots-used-up",
      "All sixteen slots of the epoch are taken: its registrars have signed for no more letters. Have the registrars open the next epoch (`undersigned registrar open-epoch`, then `undersigned board open-epoch`); epochs may overlap. Signatories then enrol once more with the same phrase.",
    );
  }
  return Math.max(...free);
}

export function slotsTaken(log: LoggedLetters, epoch: number): number {
  return [...log.letters.values()].filter(({ leaf }) => leaf.epoch === epoch).length;
}

/** Leaf hash of the letter leaf that stands last in the log. */
function lastLetter({ letters }: OpenableLog): string | null {
  const last = [...letters.values()].sort((a, b) => b.index - a.index)[0];
  return last === undefined ? null : leafName(encodeLeaf(last.leaf));
}

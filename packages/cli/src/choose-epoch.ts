/** In which epoch a letter opens. */
import { type EpochLeaf, type LetterLeaf, type LetterManifest, SLOTS } from "@undersigned/core";
import { CliError } from "./errors.ts";

/** What is looked at of the log. */
export interface Logged {
  readonly epochs: ReadonlyMap<number, { readonly leaf: Pick<EpochLeaf, "epoch" | "opens" | "closes"> }>;
  readonly letters: ReadonlyMap<string, { readonly leaf: Pick<LetterLeaf, "epoch"> }>;
}

/**
 * The epoch asked for, or the newest, in which people enrol now, whose days contain the letter's and which has a slot
 * left. Throws CliError `no-epoch`, `slots-used-up`.
 */
export function chooseEpoch(
  view: Logged,
  manifest: Pick<LetterManifest, "opens" | "closes">,
  wanted: number | undefined,
): number {
  const spanning = [...view.epochs.values()]
    .map(({ leaf }) => leaf)
    .filter((leaf) => wanted === undefined || leaf.epoch === wanted)
    .filter((leaf) => leaf.opens <= manifest.opens && manifest.closes <= leaf.closes);
  if (spanning.length === 0) {
    throw new CliError(
      "no-epoch",
      "No epoch spans the letter's days. Open one that does, or change the days.",
    );
  }
  const free = spanning.filter((leaf) => slotsTaken(view, leaf.epoch) < SLOTS).map((leaf) => leaf.epoch);
  if (free.length === 0) {
    throw new CliError(
      "slots-used-up",
      "All sixteen slots of the epoch are taken: its registrars have signed for no more letters. Have the registrars open the next epoch (`undersigned registrar open-epoch`, then `undersigned board open-epoch`); epochs may overlap. Signatories then enrol once more with the same phrase.",
    );
  }
  return Math.max(...free);
}

export function slotsTaken(view: Logged, epoch: number): number {
  return [...view.letters.values()].filter(({ leaf }) => leaf.epoch === epoch).length;
}

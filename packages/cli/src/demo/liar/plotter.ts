/** What a dishonest registrar knows once it lies: the public files, as everyone does, its own keys, and who lies with it. */
import { boardPrefix, type Files, type Registrar } from "@undersigned/client";
import { SLOTS, type TokenKey } from "@undersigned/core";
import { httpSource, openWorkforce, type WorkforceView } from "@undersigned/verify";
import type { Plot } from "../world/registrar-messages.ts";
import type { AttemptLedger } from "./attempts.ts";
import type { OwnKeys } from "./own-keys.ts";

/** A registrar with its logged keys, by slot. */
export type Known = { readonly registrar: Registrar; readonly keys: readonly TokenKey[] };

export type Plotter = {
  readonly plot: Plot;
  readonly view: WorkforceView;
  readonly files: Files;
  /** Where endorsements are posted. */
  readonly board: string;
  readonly self: Known;
  readonly allies: readonly Known[];
  /** All others, whether they are up or down. */
  readonly honest: readonly Known[];
  readonly quorum: number;
  /** The letter's. */
  readonly slot: number;
  readonly own: OwnKeys;
  readonly attempts: AttemptLedger;
  /** What an employee who helps reads in their mailbox: the next code of this registrar (identity). */
  readonly askCode: (mailbox: string, registrar: string) => Promise<string | null>;
};

export async function openPlotter(
  plot: Plot,
  identity: string,
  with_: Pick<Plotter, "own" | "attempts" | "askCode">,
): Promise<Plotter> {
  const files = httpSource(plot.files);
  const view = await openWorkforce(files, plot.workforce);
  const known = view.manifest.registrars.map((registrar) => ({
    registrar,
    keys: Array.from({ length: SLOTS }, (_, slot) => slot).flatMap((slot) =>
      view.tokenKeys(plot.epoch, slot, "mailbox").filter((key) => key.registrar === registrar.identity),
    ),
  }));
  const self = known.find(({ registrar }) => registrar.identity === identity);
  const letter = view.letters.get(plot.letter);
  if (self === undefined || letter === undefined) throw new Error("The log has no such registrar or letter.");
  const others = known.filter((one) => one !== self);
  return {
    plot,
    view,
    files,
    board: boardPrefix(view.manifest.board.url, plot.workforce),
    self,
    allies: others.filter(({ registrar }) => plot.allies.includes(registrar.identity)),
    honest: others.filter(({ registrar }) => !plot.allies.includes(registrar.identity)),
    quorum: view.manifest.quorum,
    slot: letter.leaf.slot,
    ...with_,
  };
}

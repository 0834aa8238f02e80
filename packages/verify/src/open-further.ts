/**
 * What became of a letter, for who shows it: the leaves that index.json names, each shown to be in the log, with their
 * records. The index can withhold what came last. A leaf that is wrong is left out and listed: what a board logs of one
 * letter must not take the page of another away.
 */
import type { DealingsRecord, OrganiserRecord } from "@undersigned/core";
import { checkFurtherLeaf } from "./check-further-life.ts";
import { collectInto, type Failure, VerifyError } from "./errors.ts";
import {
  FurtherLife,
  type LoggedDealings,
  type LoggedDelivery,
  type LoggedEntry,
  type LoggedJudgement,
  type LoggedResponse,
} from "./further-life.ts";
import { type FurtherLetter, isFurther } from "./further-rules.ts";
import type { Letter } from "./ledger.ts";
import type { ProvenLeaves } from "./proven-leaves.ts";
import type { IndexFile } from "./public-files.ts";
import type { FileSource } from "./source.ts";

/** All lists in the log's order. */
export interface FurtherView {
  readonly deliveries: readonly LoggedDelivery[];
  readonly responses: readonly LoggedResponse[];
  /** All of them: the last one of a demand is how it stands. */
  readonly judgements: readonly LoggedJudgement[];
  /** Changes of the register: what it holds now is what they come to, one after the other. */
  readonly dealings: readonly (LoggedDealings & { readonly record: DealingsRecord })[];
  /** Entries of the chronicle. */
  readonly chronicle: readonly LoggedEntry[];
  /** What is wrong with leaves that are left out. */
  readonly refused: readonly Failure[];
}

interface Log {
  readonly workforce: string;
  readonly source: FileSource;
  readonly log: ProvenLeaves;
  readonly size: number;
}

/** Which letters' further life `openWorkforce` reads. */
export interface FurtherReader {
  wants(letter: string): boolean;
  readonly open: typeof openFurther;
}

/** Of every letter, or of the one with this id. */
export function furtherOf(letters: "all" | { readonly letter: string }): FurtherReader {
  return { wants: (letter) => letters === "all" || letters.letter === letter, open: openFurther };
}

/** Throws VerifyError `index-wrong` and what a proof throws; nothing for a leaf that breaks a rule. */
export async function openFurther(
  { workforce, source, log, size }: Log,
  row: IndexFile["letters"][number],
  letter: Letter & Pick<FurtherLetter, "earlyClosing" | "closing">,
): Promise<FurtherView> {
  const further = new FurtherLife();
  const record: FurtherLetter = {
    letter,
    earlyClosing: letter.earlyClosing,
    closing: letter.closing,
    further,
  };
  const failures: Failure[] = [];
  const registers: DealingsRecord[] = [];
  let notBefore: string | null = null;
  const { deliveries: handedOver, responses: answered, judgements: judged } = row;
  const indexes = [...handedOver, ...answered, ...judged, ...row.dealings, ...row.chronicle];
  for (const index of indexes.filter((at) => at < size).sort((a, b) => a - b)) {
    const { leaf } = await log.read(index);
    if (!isFurther(leaf) || leaf.letter !== row.letter || index < letter.index)
      throw new VerifyError("index-wrong", `Leaf ${index} is not what the index says that it is.`);
    const of = { workforce, source, notBefore, found: collectInto(failures) };
    const right = await checkFurtherLeaf(of, leaf, index, record);
    if (right === null) continue;
    notBefore = leaf.day;
    const file: OrganiserRecord | null = "record" in right ? right.record : null;
    if (file?.type === "dealings-record") registers.push(file);
  }
  const { deliveries, responses, judgements, chronicle } = further;
  const dealings = further.dealings.map((change, i) => ({ ...change, record: registers[i]! }));
  return { deliveries, responses, judgements, dealings, chronicle, refused: failures };
}

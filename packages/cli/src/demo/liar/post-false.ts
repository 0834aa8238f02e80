/** Posts an endorsement that should not be. The board is honest, and is what this must get past. */
import { post } from "@undersigned/client";
import { type JsonValue, makeEndorsement, receipt, type Secrets, type Token } from "@undersigned/core";
import type { Plotter } from "./plotter.ts";
import { hear, wentThrough } from "./told.ts";

const SENDING = { fetch, attempts: 2 };

/**
 * Whether the board took it; null if it did not answer. The endorsement has all of these tokens, however many they are.
 * `stoppedBy`: the code with which it should be refused.
 */
export async function postFalse(
  { plot, board, slot }: Plotter,
  secrets: Secrets,
  tokens: readonly Token[],
  stoppedBy: string,
): Promise<boolean | null> {
  const at = { workforce: plot.workforce, epoch: plot.epoch, slot, letter: plot.letter };
  const request = makeEndorsement(secrets, at, {
    class: "mailbox",
    tokens,
    quorum: tokens.length,
    appearance: { kind: "anonymous" },
    remainder: "release",
  });
  const body = request as unknown as JsonValue;
  return wentThrough(await hear(() => post(board, "v1/endorsements", body, receipt, SENDING)), [stoppedBy]);
}

/** How the person's key stands: read from public lists and proven to be in the log, without telling the board whose it is. */
import {
  type EarlierSignature,
  earlierSignature,
  keyState,
  ownOpening,
  readOpenings,
} from "@undersigned/client";
import { CoreError, type EnrolmentTokens, openEnrolment, Secrets } from "@undersigned/core";
import { verifyReceipt } from "@undersigned/verify";
import type { Effect } from "../machine/effect.ts";
import type { ResultEvent } from "../machine/event.ts";
import type { OpenLog, Standing } from "../machine/state.ts";
import { placeInLog } from "./place-in-log.ts";
import { PageError } from "./problem-of.ts";

type LookUp = Extract<Effect, { type: "look-up" }>;

/** `log` is the newly opened one; `kept` an enrolment that is kept on this device. Throws as the client and verify do. */
export async function lookUp(
  of: LookUp,
  log: OpenLog,
  kept: Uint8Array | null,
  today: string,
): Promise<Extract<ResultEvent, { type: "looked-up" }>> {
  const { phrase, link, receipt } = of;
  const { letter } = link;
  const secrets = new Secrets(phrase);
  const standing = await standingOf(log, secrets, letter);
  const earlier = standing.state === "not-in-the-log" ? await earlierIn(log, secrets, letter) : null;
  return {
    type: "looked-up",
    log,
    phrase,
    standing,
    earlier,
    ...(await tokensIn(of, log, secrets, kept)),
    receipt:
      receipt === null || receipt.letter !== letter
        ? null
        : { receipt, state: await verifyReceipt(log.source, log.view, receipt, today) },
  };
}

async function standingOf(log: OpenLog, secrets: Secrets, letter: string): Promise<Standing> {
  const { view, source } = log;
  const found = await keyState({ view, source, secrets, letter });
  if (found.state === "not-in-the-log") {
    return { state: found.state, head: null, place: null, shown: null, hidden: null };
  }
  const { state, head } = found;
  const place = await placeInLog(source, view, head.leaf);
  const { openings, hidden } = await readOpenings(log, letter);
  const { workforce, epoch, slot } = view.letters.get(letter)?.leaf ?? { workforce: "", epoch: 0, slot: 0 };
  const own = ownOpening(openings, { secrets, at: { workforce, epoch, slot, letter } }, head);
  return { state, head, place, shown: own?.appearance ?? null, hidden: hidden.get(found.index) ?? null };
}

/** Signing does not depend on it, so what cannot be read is left out. */
async function earlierIn(log: OpenLog, secrets: Secrets, letter: string): Promise<EarlierSignature | null> {
  try {
    return await earlierSignature({ ...log, secrets, letter });
  } catch {
    return null;
  }
}

/**
 * The enrolment that the person chose, or the one kept here; none where it is of another epoch than the letter. Throws PageError
 * `wrong-file-phrase` for a chosen one that does not open; one that is kept here and does not is another person's, and left
 * alone.
 */
async function tokensIn(
  of: LookUp,
  { view }: OpenLog,
  secrets: Secrets,
  kept: Uint8Array | null,
): Promise<{ tokens: EnrolmentTokens | null; otherPeriod: boolean }> {
  const none = { tokens: null, otherPeriod: false };
  const file = of.enrolmentFile ?? kept;
  if (file === null) return none;
  try {
    const tokens = await openEnrolment(secrets, view.workforce, file);
    const fits = tokens.epoch === view.letters.get(of.link.letter)?.leaf.epoch;
    return fits ? { tokens, otherPeriod: false } : { tokens: null, otherPeriod: true };
  } catch (error) {
    if (!(error instanceof CoreError)) throw error;
    if (of.enrolmentFile !== null) throw new PageError("wrong-file-phrase");
    return none;
  }
}

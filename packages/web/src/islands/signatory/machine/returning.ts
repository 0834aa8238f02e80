/** Coming back: how a key stands, whether a receipt was kept, what can still be changed. */
import { CoreError, type KeyHead, Secrets } from "@undersigned/core";
import { withPhrase } from "./enrolling.ts";
import type { ResultEvent } from "./event.ts";
import { go, ignore, refuse, type Step, stay } from "./moves.ts";
import type { State } from "./state.ts";

/** Looks up the key of the phrase that was typed, with the files that were chosen. */
export function lookUp(state: State): Step {
  const { log, link, busy, typed } = state;
  if (log === null || link === null || busy !== null) return ignore(state);
  try {
    new Secrets(typed.phrase);
  } catch (error) {
    if (error instanceof CoreError) return refuse(state, error.code, "phrase");
    throw error;
  }
  return begin(state, typed.phrase);
}

/** Looks up the key of the phrase that is in use. */
export function seeState(state: State): Step {
  return state.phrase === null ? ignore(state) : begin(state, state.phrase);
}

function begin(state: State, phrase: string): Step {
  const { log, link, busy, taken, enrolmentFile, storedHere } = state;
  if (log === null || link === null || busy !== null) return ignore(state);
  const receipt = taken !== null && !taken.foreign ? taken.receipt : state.receiptFile;
  return [
    { ...state, busy: "looking", problem: null, note: null },
    [{ type: "look-up", link, log, phrase, enrolmentFile, storedHere, receipt }],
  ];
}

/** Holds a receipt against the log: the last one that came, or one from a file. */
export function checkReceipt(state: State): Step {
  const { log, link, busy, taken, receiptFile } = state;
  if (log === null || link === null || busy !== null) return ignore(state);
  const receipt = state.screen === "phrase-typed" ? receiptFile : (taken?.receipt ?? receiptFile);
  if (receipt === null) return refuse(state, "file-missing");
  const next: State = { ...state, busy: "checking", problem: null, note: null };
  return [next, [{ type: "check-receipt", link, log, receipt }]];
}

export function lookingResult(state: State, event: ResultEvent): Step {
  if (state.busy !== "looking" && state.busy !== "checking") return ignore(state);
  if (event.type === "failed") return stay(state, { busy: null, problem: event.problem });
  if (event.type === "receipt-checked" && state.busy === "checking") {
    const { log, receipt } = event;
    const done: Partial<State> = { busy: null, log, checked: event.state };
    if (state.screen !== "phrase-typed") return stay(state, done);
    // What kind of promise it was, the receipt does not say.
    return [go(state, "state", { ...done, receiptFile: receipt, standing: null }), []];
  }
  if (event.type !== "looked-up" || state.busy !== "looking") return ignore(state);
  const { log, phrase, standing, earlier, tokens, otherPeriod, receipt } = event;
  const kept = withPhrase(state, phrase, state.keeps ?? "phrase");
  const enrolling = kept.enrolling ?? state.enrolling;
  const sameKey = phrase === state.phrase;
  const next = go(state, "state", {
    ...kept,
    log,
    busy: null,
    note: otherPeriod ? "other-period" : null,
    standing,
    earlier,
    checked: receipt?.state ?? null,
    head: newest(standing.head, sameKey ? state.head : null, standing, receipt?.receipt.leaf ?? null),
    enrolling: { ...enrolling, tokens: tokens ?? enrolling.tokens },
    trail: state.screen === "phrase-typed" ? [...state.trail, "phrase-typed"] : [],
  });
  return [next, []];
}

/**
 * What the next change has to follow. What was sent from here may be newer than what has come out; a receipt from a file
 * stands for a signature that is not out yet, and the board refuses what follows it if it was another.
 */
function newest(
  logged: KeyHead | null,
  own: KeyHead | null,
  { state }: { readonly state: string },
  receipt: string | null,
): KeyHead | null {
  if (own !== null && (logged === null || own.seq > logged.seq)) return own;
  if (logged !== null) return logged;
  return state === "not-in-the-log" && receipt !== null ? { seq: 0, leaf: receipt } : null;
}

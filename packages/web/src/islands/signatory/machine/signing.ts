/** From the choice how to appear to the board's receipt: the first signature, a change of it, and taking it back. */
import { confirmedName } from "@undersigned/client";
import type { Appearance } from "@undersigned/core";
import { type Offered, readAppearance } from "./appearance.ts";
import type { Making } from "./effect.ts";
import type { ResultEvent } from "./event.ts";
import { askedName, goToProof } from "./evidence.ts";
import { go, ignore, pass, type Step, settle, stay } from "./moves.ts";
import { areEnough, rulesFor } from "./rules.ts";
import { hasSigned, isClosed, letterOf, type State } from "./state.ts";

export function offeredBy(state: State): Offered {
  const rules = rulesFor(state);
  const text = letterOf(state)?.manifest;
  const confirmed = nameConfirmed(state);
  const anyName = text?.names !== "confirmed";
  const kinds = (text?.appearances ?? []).filter((kind) => kind !== "named" || anyName || confirmed !== null);
  return { kinds, roles: rules?.roles ?? [], places: rules?.places ?? [], confirmed, anyName };
}

/** The name that enough registrars have confirmed for this person, or null. */
export function nameConfirmed({ log, enrolling }: State): string | null {
  return log === null || enrolling.tokens === null ? null : confirmedName(log.view, enrolling.tokens);
}

/** The chosen appearance, or null where the choice is not finished. */
export function chosen(state: State): Appearance | null {
  const read = readAppearance(state.typed, offeredBy(state));
  return "appearance" in read ? read.appearance : null;
}

/** Leads to the choice of an appearance, and has the others' appearances loaded for comparison. */
export function chooseAppearance(state: State, screen: "appearance" | "revise"): Step {
  const { log, link } = state;
  if (log === null || link === null || state.busy !== null) return ignore(state);
  const purpose = screen === "revise" ? "revise" : "endorse";
  const name = state.typed.name || (nameConfirmed(state) ?? askedName(state) ?? "");
  const typed = { ...state.typed, name };
  if (state.looks !== null && state.looks !== "failed") return [go(state, screen, { purpose, typed }), []];
  const next = go(state, screen, { purpose, typed, looks: "loading" });
  return [next, [{ type: "load-looks", log, letter: link.letter }]];
}

export function signNow(state: State): Step {
  if (hasSigned(state) || isClosed(state) || state.busy !== null) return ignore(state);
  if (areEnough(state, state.enrolling.tokens)) return chooseAppearance(state, "appearance");
  return state.phrase === null ? ignore(state) : [goToProof(state), []];
}

/** Whether the person has signed the letter that this one replaces, with the enrolment that serves this one too. */
export function canCarryOver(state: State): boolean {
  const { earlier, standing } = state;
  if (hasSigned(state) || isClosed(state) || standing?.state !== "not-in-the-log" || state.head !== null)
    return false;
  return earlier?.state === "counted" && earlier.sameEpoch && earlier.shown !== null;
}

/** Leads to the review of a signature that is preset with how the person appears under the earlier letter. */
export function carryOver(state: State): Step {
  const shown = state.earlier?.shown ?? null;
  if (shown === null || !canCarryOver(state) || state.busy !== null || state.phrase === null)
    return ignore(state);
  const preset: State = { ...state, typed: { ...state.typed, ...typedAs(shown) } };
  if (!areEnough(preset, preset.enrolling.tokens)) return [goToProof(preset), []];
  // The letter may not offer it.
  if (chosen(preset) === null) return chooseAppearance(preset, "appearance");
  return [go(preset, "review", { purpose: "endorse" }), []];
}

function typedAs(shown: Appearance): Pick<State["typed"], "kind" | "name" | "role" | "place"> {
  const nothing = { kind: shown.kind, name: "", role: "", place: "" };
  if (shown.kind === "anonymous") return nothing;
  const { role, place } = shown;
  return {
    ...nothing,
    role: role ?? "",
    place: place ?? "",
    ...(shown.kind === "named" && { name: shown.name }),
  };
}

export function submitAppearance(state: State): Step {
  const read = readAppearance(state.typed, offeredBy(state));
  if ("problem" in read) return stay(state, { problem: read.problem, note: null });
  return [go(state, state.screen === "revise" ? "review" : "remainder"), []];
}

/** What is to be signed, by the purpose; null where something is missing. */
function makingOf(state: State): Making | null {
  const { log, link, phrase, purpose, head, typed } = state;
  if (log === null || link === null || phrase === null) return null;
  const common = { log, letter: link.letter, phrase };
  if (purpose === "withdraw") return head === null ? null : { ...common, kind: purpose, head };
  const appearance = chosen(state);
  if (appearance === null) return null;
  const { tokens } = state.enrolling;
  if (purpose === "revise") {
    return head === null ? null : { ...common, kind: purpose, head, tokens, appearance };
  }
  // One signature: where the board has taken one already, there is nothing more to endorse.
  if (!areEnough(state, tokens) || hasSigned(state)) return null;
  return { ...common, kind: purpose, tokens, appearance, remainder: typed.remainder };
}

function isReady(state: State): boolean {
  const { screen, purpose, busy } = state;
  if (busy !== null) return false;
  return purpose === "withdraw" ? screen === "withdraw" : screen === "review";
}

/** Signs and sends, unless something is under way. */
export function send(state: State): Step {
  const making = isReady(state) ? makingOf(state) : null;
  if (making === null) return ignore(state);
  const next = pass(state, "sending", { busy: "sending", sentFrom: state.screen });
  return [next, [{ type: "send", making }]];
}

export function makeFile(state: State): Step {
  const making = isReady(state) ? makingOf(state) : null;
  if (making === null) return ignore(state);
  return [{ ...state, busy: "file", problem: null, note: null }, [{ type: "make-file", making }]];
}

export function sendFile(state: State): Step {
  const { log, requestFile, busy, screen } = state;
  if (log === null || busy !== null || screen !== "file-send") return ignore(state);
  if (requestFile === null) {
    return stay(state, { problem: { code: "file-missing", settled: true }, note: null });
  }
  const next = pass(state, "sending", { busy: "sending", sentFrom: screen });
  return [next, [{ type: "send-file", log, request: requestFile }]];
}

export function startWithdrawing(state: State): Step {
  if (state.head === null || state.busy !== null) return ignore(state);
  return [go(state, "withdraw", { purpose: "withdraw" }), []];
}

export function startRevising(state: State): Step {
  if (state.head === null || state.busy !== null) return ignore(state);
  return chooseAppearance(state, "revise");
}

/** The board's answer to what was sent. */
export function sendingResult(state: State, event: ResultEvent): Step {
  if (state.busy !== "sending") return ignore(state);
  if (event.type === "taken") {
    const { request, receipt, implausible, seq } = event;
    const foreign = state.sentFrom === "file-send";
    const screen = request === "withdrawal-request" ? "withdrawn" : "receipt";
    const head = foreign ? state.head : { seq, leaf: receipt.leaf };
    const taken = { request, receipt, implausible, foreign };
    return [settle(state, screen, { taken, head, checked: null, standing: null, requestFile: null }), []];
  }
  if (event.type === "failed") {
    // It may have arrived: what can be done now is to send the very same again, and nothing else.
    const trail = event.problem.settled ? state.trail : [];
    return [pass(state, state.sentFrom ?? "stopped", { busy: null, problem: event.problem, trail }), []];
  }
  return ignore(state);
}

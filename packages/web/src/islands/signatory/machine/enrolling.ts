/** From the evidence to an enrolment that is enough to sign with: reservations, codes, and what registrars answer. */
import { CoreError, canonicalMailbox } from "@undersigned/core";
import { nameProblem } from "./appearance.ts";
import { canDoWithout, hasEnough } from "./confirmations.ts";
import type { Effect } from "./effect.ts";
import type { ActEvent, ResultEvent } from "./event.ts";
import { askedName, asksName, evidenceOf, kindOf, proofScreen } from "./evidence.ts";
import { go, ignore, pass, refuse, type Step, settle, stay } from "./moves.ts";
import { areEnough, rulesFor } from "./rules.ts";
import { NOT_ENROLLING, type State } from "./state.ts";

/** How many wrong codes a registrar bears for one set of requests; it counts them itself. */
export const CODE_TRIES = 5;
const CODE = /^\d{8}$/;

/** People copy codes in groups. */
function tidyCode(typed: string): string {
  return typed.replace(/[\s-]/g, "");
}

/** The mailbox was typed. */
export function sendCode(state: State): Step {
  const rules = rulesFor(state);
  if (rules === null || state.phrase === null || state.busy !== null) return ignore(state);
  try {
    const mailbox = canonicalMailbox(state.typed.mailbox.trim(), rules.mailboxes);
    return asksName(state) ? askName(state, mailbox) : begin(state, "push");
  } catch (error) {
    if (error instanceof CoreError) return refuse(state, error.code, "mailbox");
    throw error;
  }
}

/** A mail was chosen. It is checked on this device, and goes nowhere by that. */
export function checkMail(state: State, file: Uint8Array): Step {
  const { log, link, busy, screen } = state;
  if (log === null || link === null || busy !== null || screen !== "mail") return ignore(state);
  const effect: Effect = { type: "check-mail", log, letter: link.letter, file };
  return [{ ...state, busy: "mail", mail: null, problem: null, note: null }, [effect]];
}

/** What the check has found. */
export function mailResult(state: State, event: ResultEvent): Step {
  if (state.busy !== "mail") return ignore(state);
  if (event.type === "failed") return stay(state, { busy: null, problem: event.problem });
  if (event.type !== "mail-checked") return ignore(state);
  const { mail } = event;
  const next: State = { ...state, busy: null, mail };
  return asksName(next) ? askName(next, mail.mailbox) : [go(next, "mail-shown"), []];
}

/** Asks how the name is written, with what the mailbox says of it as a beginning. */
function askName(state: State, mailbox: string): Step {
  const { log, link } = state;
  if (log === null || link === null) return ignore(state);
  const effect: Effect = { type: "suggest-name", log, letter: link.letter, mailbox };
  return [go(state, "your-name", { suggestedName: null }), [effect]];
}

export function nameSuggested(state: State, name: string | null): Step {
  const typed = state.typed.ownName === "" ? { ...state.typed, ownName: name ?? "" } : state.typed;
  return stay(state, { suggestedName: name, typed });
}

/** The name was written: a code is asked for, or the mail is shown once more with all that goes. */
export function submitName(state: State): Step {
  const name = askedName(state);
  const problem = name === null ? null : nameProblem(name);
  if (problem !== null) return refuse(state, problem, "ownName");
  return kindOf(state) === "existing-mail" ? [go(state, "mail-shown"), []] : begin(state, "push");
}

/** Who sees that the name was not confirmed may have it asked for once more. */
export function writeNameAgain(state: State): Step {
  if (state.busy !== null || !asksName(state) || evidenceOf(state) === null) return ignore(state);
  return [go(state, "your-name", { nameAgain: true }), []];
}

/** The mail, or the invitation, is handed over. */
export function useEvidence(state: State): Step {
  return state.busy === null ? begin(state, "push") : ignore(state);
}

/** Asks all registrars whose tokens are not here yet. What has come already is not asked for again. */
function begin(state: State, from: "push" | "pass"): Step {
  const { log, link, phrase, typed, enrolling } = state;
  const evidence = evidenceOf(state);
  if (log === null || link === null || phrase === null || evidence === null) return ignore(state);
  if (enrolling.running) return ignore(state);
  const changes: Partial<State> = {
    busy: "enrolling",
    typed: { ...typed, code: "" },
    enrolling: { ...enrolling, running: true, progress: {}, asking: null, again: false, outcomes: [] },
  };
  // Where no code is asked for, nothing stands between reserving and confirming.
  const screen = evidence.kind === "mailbox-code" ? "reserving" : "enrolling";
  const next = from === "push" ? go(state, screen, changes) : pass(state, screen, changes);
  const { letter } = link;
  const ask = { log, letter, phrase, evidence, name: askedName(state), nameAgain: state.nameAgain };
  return [next, [{ type: "enrol", ...ask, earlier: enrolling.tokens }]];
}

export function retryEnrolling(state: State): Step {
  if (state.screen !== "enrol-failed" || state.busy !== null) return ignore(state);
  return begin(state, "pass");
}

/** Asks those again who have not confirmed, though there are enough. */
export function askOthers(state: State): Step {
  return state.busy === null ? begin({ ...state, nameAgain: false }, "pass") : ignore(state);
}

/** Goes on with what has come, however far the others are. */
export function haveEnough(state: State): Step {
  if (!state.enrolling.running || !hasEnough(state)) return ignore(state);
  return [pass(state, "enrolling", { busy: "enrolling" }), [{ type: "enough" }]];
}

export function triesLeft(state: State): number {
  const { asking, wrong } = state.enrolling;
  return Math.max(0, CODE_TRIES - (asking === null ? 0 : (wrong[asking] ?? 0)));
}

/** What the person does on the screen that asks for a code. */
export function codeAct(state: State, { act }: ActEvent): Step {
  const { enrolling } = state;
  if (state.screen !== "code" || state.busy !== null || enrolling.asking === null) return ignore(state);
  const waiting: Partial<State> = { busy: "enrolling" };
  if (act === "check-code") {
    const code = tidyCode(state.typed.code);
    if (!CODE.test(code)) return refuse(state, "code-malformed", "code");
    const next = { ...waiting, enrolling: { ...enrolling, handedOver: true } };
    return [pass(state, "enrolling", next), [{ type: "give-code", code }]];
  }
  if (act === "skip-registrar" && canDoWithout(state, enrolling.asking)) {
    return [pass(state, "enrolling", waiting), [{ type: "give-code", code: null }]];
  }
  if (act === "send-again") {
    const next = { ...waiting, enrolling: { ...enrolling, again: true } };
    // Whoever is slow is not waited for: it is asked again with the others.
    return [pass(state, "reserving", next), [{ type: "give-code", code: null }, { type: "enough" }]];
  }
  return ignore(state);
}

/** What comes back while an enrolment goes on. */
export function enrollingResult(state: State, event: ResultEvent): Step {
  const { enrolling } = state;
  if (!enrolling.running) return ignore(state);
  switch (event.type) {
    case "progress": {
      const progress = { ...enrolling.progress, [event.registrar]: event.step };
      const handedOver =
        enrolling.handedOver || (event.step === "enrolling" && kindOf(state) !== "mailbox-code");
      return stay(state, { enrolling: { ...enrolling, progress, handedOver } });
    }
    case "code-asked":
      return askForCode(state, event.registrar, event.wrong);
    case "enrolled":
      return ended(state, event);
    case "failed": {
      const next = { busy: null, problem: event.problem, enrolling: { ...enrolling, running: false } };
      if (areEnough(state, enrolling.tokens)) return [settle(state, "later", next), []];
      const trail = trailAfter(state, enrolling.handedOver, hasAnyAnswer(state));
      return [pass(state, "enrol-failed", { ...next, trail }), []];
    }
    default:
      return ignore(state);
  }
}

function askForCode(state: State, registrar: string, wrong: number): Step {
  const { enrolling } = state;
  if (kindOf(state) !== "mailbox-code") return ignore(state);
  // The codes are to be sent again: whoever is still waited for is let go.
  if (enrolling.again) return [state, [{ type: "give-code", code: null }]];
  const before = enrolling.wrong[registrar] ?? 0;
  // A wrong code binds nothing: if nobody else has enrolled this mailbox, another one can still be given.
  const bound =
    enrolling.handedOver && (wrong === 0 || hasAnyAnswer(state) || isBoundElsewhere(state, registrar));
  return stay(pass(state, "code"), {
    busy: null,
    problem: wrong > 0 ? { code: "wrong-code", settled: true, field: "code" } : null,
    typed: enrolling.asking === registrar ? state.typed : { ...state.typed, code: "" },
    enrolling: {
      ...enrolling,
      asking: registrar,
      handedOver: bound,
      wrong: { ...enrolling.wrong, [registrar]: wrong > 0 ? before + 1 : before },
    },
  });
}

function ended(state: State, event: Extract<ResultEvent, { type: "enrolled" }>): Step {
  const { enrolling } = state;
  const done = { ...enrolling, running: false, asking: null, tokens: event.tokens, outcomes: event.outcomes };
  const typed = { ...state.typed, code: "" };
  const handedOver =
    event.tokens.tokens.length > 0 || (done.handedOver && !event.outcomes.every(bindsNothing));
  const trail = trailAfter(state, handedOver, event.tokens.tokens.length > 0);
  // A file that was saved before has less in it.
  const saved =
    state.saved && !state.nameAgain && event.tokens.tokens.length === (enrolling.tokens?.tokens.length ?? 0);
  const next: State = {
    ...state,
    enrolling: { ...done, handedOver },
    typed,
    trail,
    saved,
    nameAgain: enrolling.again && state.nameAgain,
    busy: null,
  };
  if (enrolling.again) return begin(next, "pass");
  return [event.enough ? settle(next, "later") : pass(next, "enrol-failed"), []];
}

/** Codes with which a registrar refuses the evidence itself, so that it surely has kept nothing of this phrase. */
const REFUSES: ReadonlySet<string> = new Set([
  "wrong-code",
  "too-many-tries",
  "mail-reserved",
  "mail-spent",
  "mail-key-retired",
  "invitation-used",
  "invitation-invalid",
]);

function bindsNothing({ state, code = "" }: State["enrolling"]["outcomes"][number]): boolean {
  return state === "skipped" || (state === "failed" && REFUSES.has(code));
}

/** Whether another registrar has a code whose answer is out, or failed in a way that may have bound the mailbox. */
function isBoundElsewhere({ enrolling }: State, registrar: string): boolean {
  const open = ["enrolling", "working", "failed"];
  return Object.entries(enrolling.progress).some(([who, step]) => who !== registrar && open.includes(step));
}

function hasAnyAnswer({ enrolling }: State): boolean {
  const steps = Object.values(enrolling.progress);
  return (enrolling.tokens?.tokens.length ?? 0) > 0 || steps.includes("enrolled");
}

/**
 * Where Back leads once registrars may have bound the mailbox to this phrase: to the evidence at most, never to where another
 * phrase is made, which they would refuse.
 */
function trailAfter(state: State, handedOver: boolean, answered: boolean): State["trail"] {
  if (!handedOver) return state.trail;
  return answered ? [] : [proofScreen(state)];
}

/** Another phrase is another enrolment. */
export function withPhrase(state: State, phrase: string, keeps: State["keeps"]): Partial<State> {
  return phrase === state.phrase ? { keeps } : { phrase, keeps, enrolling: NOT_ENROLLING };
}

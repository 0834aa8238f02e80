/**
 * The signatory's way as a state machine: a state and an event give the next state and what is to be done. Pure: no page,
 * no network, no clock, no chance. What is under way (`busy`) makes every further beginning a no-op, so a second tap does
 * nothing; and what comes back from work that nobody waits for any more is dropped.
 */
import type { Effect } from "./effect.ts";
import {
  askOthers,
  checkMail,
  codeAct,
  enrollingResult,
  haveEnough,
  mailResult,
  nameSuggested,
  retryEnrolling,
  sendCode,
  submitName,
  useEvidence,
  withPhrase,
  writeNameAgain,
} from "./enrolling.ts";
import type { Act, ActEvent, Event, FileEvent, ResultEvent } from "./event.ts";
import { decide, goToProof, kindsFor } from "./evidence.ts";
import { goBack } from "./going-back.ts";
import { copyInvitation, invite } from "./inviting.ts";
import { go, ignore, refuse, type Step, stay } from "./moves.ts";
import { loadAgain, loadParts } from "./parts.ts";
import { checkReceipt, lookingResult, lookUp, seeState } from "./returning.ts";
import { areEnough } from "./rules.ts";
import type { ScreenName } from "./screens.ts";
import {
  carryOver,
  chooseAppearance,
  makeFile,
  send,
  sendFile,
  sendingResult,
  signNow,
  startRevising,
  startWithdrawing,
  submitAppearance,
} from "./signing.ts";
import { initialState, isClosed, LEFT_STATE, letterOf, type State } from "./state.ts";

export function step(state: State, event: Event): Step {
  if (state.screen === "left") return ignore(state);
  switch (event.type) {
    case "act":
      return act(state, event);
    case "typed":
      // What a run is made of does not change under it.
      if (event.field === "evidence" && state.screen !== "evidence") return ignore(state);
      return stay(state, {
        typed: { ...state.typed, [event.field]: event.value },
        problem: state.problem?.field === event.field ? null : state.problem,
      });
    case "file":
      if (event.of === "mail") return checkMail(state, event.file);
      return stay(state, { ...chosenFile(event), problem: null });
    case "file-refused":
      return stay(state, { problem: { code: `${event.of}-file-refused`, settled: true } });
    default:
      return result(state, event);
  }
}

function chosenFile(event: Exclude<Extract<FileEvent, { type: "file" }>, { of: "mail" }>): Partial<State> {
  if (event.of === "enrolment") return { enrolmentFile: event.file };
  return event.of === "receipt" ? { receiptFile: event.file } : { requestFile: event.file };
}

/** On which screens an act begins something; elsewhere it is a tap that came too late. */
const ON: Partial<Record<Act, readonly ScreenName[]>> = {
  "own-device": ["warning"],
  "go-on": ["learns", "evidence", "your-name", "appearance", "revise", "remainder"],
  "make-phrase": ["phrase"],
  "written-down": ["phrase-shown"],
  confirm: ["phrase-confirm"],
  "keep-nothing": ["phrase", "phrase-shown"],
  "keep-nothing-yes": ["keep-nothing"],
  "have-phrase": ["learns", "phrase", "warning", "keep-nothing"],
  "look-up": ["phrase-typed"],
  "send-code": ["mailbox"],
  "other-way": ["mailbox", "mail", "invitation", "enrol-failed"],
  "name-again": ["later"],
  "use-mail": ["mail-shown"],
  "use-invitation": ["invitation"],
  invite: ["later", "receipt", "state"],
  "copy-invitation": ["invite"],
  "sign-now": ["later", "state"],
  "carry-over": ["state"],
  "choose-anew": ["review"],
  "ask-others": ["later"],
  "save-enrolment": ["later"],
  "keep-here": ["later"],
  sign: ["review"],
  "make-file": ["review", "withdraw"],
  "save-receipt": ["receipt", "withdrawn"],
  "check-receipt": ["receipt", "withdrawn", "phrase-typed", "state"],
  "see-state": ["receipt", "withdrawn", "review"],
  revise: ["state"],
  withdraw: ["state"],
  "withdraw-yes": ["withdraw"],
  "open-file-send": ["warning", "learns"],
  "send-file": ["file-send"],
};

function act(state: State, event: ActEvent): Step {
  if (event.act === "leave") return [LEFT_STATE, [{ type: "leave" }]];
  if (event.act === "forget") return forget(state);
  if (event.act === "back") return goBack(state);
  if (event.act === "enough") return haveEnough(state);
  const screens = ON[event.act];
  if (state.busy !== null || (screens !== undefined && !screens.includes(state.screen))) return ignore(state);
  switch (event.act) {
    case "own-device":
      return loadParts([go(state, "learns"), []]);
    case "go-on":
      return goOn(state);
    case "make-phrase":
      return [state, [{ type: "make-phrase" }]];
    case "written-down":
      return [go(state, "phrase-confirm"), []];
    case "confirm":
      return confirm(state);
    case "keep-nothing":
      return [go(state, "keep-nothing"), []];
    case "keep-nothing-yes":
      return [state, [{ type: "make-phrase" }]];
    case "have-phrase":
      return [go(state, "phrase-typed"), []];
    case "look-up":
      return lookUp(state);
    case "send-code":
      return sendCode(state);
    case "load-again":
      return loadAgain(state);
    case "other-way":
      return kindsFor(state).length > 1 ? [go(state, "evidence"), []] : ignore(state);
    case "name-again":
      return writeNameAgain(state);
    case "use-mail":
    case "use-invitation":
      return useEvidence(state);
    case "invite":
      return invite(state);
    case "copy-invitation":
      return copyInvitation(state);
    case "check-code":
    case "skip-registrar":
    case "send-again":
      return codeAct(state, event);
    case "carry-over":
      return carryOver(state);
    case "choose-anew":
      return state.purpose === "endorse" ? chooseAppearance(state, "appearance") : ignore(state);
    case "ask-others":
      return askOthers(state);
    case "retry":
      return state.screen === "stopped" ? open(state) : retryEnrolling(state);
    case "sign-now":
      return signNow(state);
    case "save-enrolment":
    case "keep-here":
      return keepEnrolment(state, event.act);
    case "sign":
    case "withdraw-yes":
      return send(state);
    case "make-file":
      return makeFile(state);
    case "save-receipt":
      return state.taken === null ? ignore(state) : saveReceipt(state, state.taken);
    case "check-receipt":
      return checkReceipt(state);
    case "see-state":
      return seeState(state);
    case "revise":
      return startRevising(state);
    case "withdraw":
      return startWithdrawing(state);
    case "open-file-send":
      return [go(state, "file-send"), []];
    case "send-file":
      return sendFile(state);
  }
}

function goOn(state: State): Step {
  switch (state.screen) {
    case "learns":
      return goOnFromLearns(state);
    case "evidence":
      return decide(state);
    case "your-name":
      return submitName(state);
    case "remainder":
      return [go(state, "review"), []];
    default:
      return submitAppearance(state);
  }
}

function goOnFromLearns(state: State): Step {
  const kinds = kindsFor(state);
  if (isClosed(state) || kinds.length === 0) return ignore(state);
  return [go(state, kinds.length > 1 ? "evidence" : "phrase"), []];
}
function confirm(state: State): Step {
  const { phrase, asked, typed } = state;
  if (phrase === null) return ignore(state);
  const words = phrase.split(" ");
  const fields = ["word0", "word1", "word2"] as const;
  for (const [i, field] of fields.entries()) {
    if (typed[field].trim().toLowerCase() !== words[asked[i] ?? -1])
      return refuse(state, "word-wrong", field);
  }
  return [goToProof(state, { keeps: "phrase" }), []];
}

function keepEnrolment(state: State, how: "save-enrolment" | "keep-here"): Step {
  const { phrase, keeps, link, storedHere } = state;
  const { tokens } = state.enrolling;
  if (phrase === null || keeps !== "phrase" || link === null || !areEnough(state, tokens))
    return ignore(state);
  const next: State = { ...state, busy: "saving", problem: null, note: null };
  if (how === "save-enrolment") return [next, [{ type: "save-enrolment", phrase, tokens }]];
  const { workforce } = link;
  return [next, [storedHere ? { type: "keep-no-more", workforce } : { type: "keep-here", phrase, tokens }]];
}

function saveReceipt(state: State, { receipt }: { receipt: NonNullable<State["taken"]>["receipt"] }): Step {
  return [{ ...state, busy: "saving", problem: null, note: null }, [{ type: "save-receipt", receipt }]];
}

function open(state: State): Step {
  const { link } = state;
  if (link === null || link.mark === "other")
    return stay(state, { screen: "stopped", problem: whyNot(state) });
  return [{ ...state, screen: "starting", busy: "opening", problem: null }, [{ type: "open", link }]];
}

function whyNot({ link }: State): State["problem"] {
  return { code: link === null ? "page-unknown" : "link-other", settled: true };
}

/**
 * Removes what is kept, here and in memory; the letter stays open. Not while something is under way: what is being saved would
 * be there after all, and what is being looked up would come to somebody else.
 */
function forget(state: State): Step {
  const { link, log, busy, enrolling } = state;
  if (link === null || log === null || (busy !== null && busy !== "enrolling")) return ignore(state);
  const effects: Effect[] = enrolling.running ? [{ type: "stop-enrolling" }] : [];
  effects.push({ type: "forget" });
  const forgotten = initialState({ ...link, invitation: null });
  return [{ ...forgotten, log, parts: state.parts, screen: "warning", note: "forgotten" }, effects];
}

function result(state: State, event: ResultEvent): Step {
  switch (event.type) {
    case "started":
      return state.screen === "starting" && state.busy === null ? open(state) : ignore(state);
    case "opened":
      return opened(state, event);
    case "part":
      return partResult(state, event);
    case "invitation":
      return state.invitation?.is === "unread"
        ? stay(state, { invitation: event.invitation })
        : ignore(state);
    case "mail-checked":
      return mailResult(state, event);
    case "name-suggested":
      return state.screen === "your-name" ? nameSuggested(state, event.name) : ignore(state);
    case "invitations":
      return state.screen === "invite" ? stay(state, { invitations: event.invitations }) : ignore(state);
    case "copied":
      return state.busy === "copying" ? stay(state, { busy: null, note: "copied" }) : ignore(state);
    case "phrase-made":
      return phraseMade(state, event.phrase, event.asked);
    case "looks":
      return state.looks === "loading" ? stay(state, { looks: event.looks }) : ignore(state);
    case "forgotten":
      if (state.busy !== "saving") return ignore(state);
      return stay(state, { busy: null, storedHere: false });
    case "enrolment-saved":
      if (state.busy !== "saving") return ignore(state);
      return stay(state, { busy: null, saved: true, note: "enrolment-saved" });
    case "kept-here":
      if (state.busy !== "saving") return ignore(state);
      return stay(state, { busy: null, storedHere: true, note: "kept-here" });
    case "receipt-saved":
      return state.busy === "saving" ? stay(state, { busy: null, note: "receipt-saved" }) : ignore(state);
    case "file-made":
      return state.busy === "file" ? stay(state, { busy: null, note: "file-made" }) : ignore(state);
    case "progress":
    case "code-asked":
    case "enrolled":
      return enrollingResult(state, event);
    case "taken":
      return sendingResult(state, event);
    case "looked-up":
    case "receipt-checked":
      return lookingResult(state, event);
    case "failed":
      return failed(state, event);
  }
}

/** `busy` tells what it was that failed: no two things are under way at once. */
function failed(state: State, event: Extract<ResultEvent, { type: "failed" }>): Step {
  const { problem } = event;
  switch (state.busy) {
    case "opening":
      return stay(state, { screen: "stopped", busy: null, problem });
    case "enrolling":
      return enrollingResult(state, event);
    case "mail":
      return mailResult(state, event);
    case "sending":
      return sendingResult(state, event);
    case "looking":
    case "checking":
      return lookingResult(state, event);
    case "file":
    case "saving":
    case "copying":
      return stay(state, { busy: null, problem });
    case null:
      return ignore(state);
  }
}

function opened(state: State, { log, storedHere }: Extract<ResultEvent, { type: "opened" }>): Step {
  if (state.busy !== "opening" || state.link === null) return ignore(state);
  const next: State = { ...state, log, storedHere, busy: null };
  const { letter } = state.link;
  const stop = (code: string) => stay(next, { screen: "stopped", problem: { code, settled: true } });
  if (log.view.refusedLetters.some((failure) => failure.letter === letter)) return stop("letter-refused");
  const found = letterOf(next);
  if (found === null) return stop("letter-unknown");
  if (found.manifest === null) return stop("letter-text-missing");
  return stay(next, { screen: "warning" });
}

/** A part has come, or not; with the first one an invitation can be read. */
function partResult(state: State, { part, state: is }: Extract<ResultEvent, { type: "part" }>): Step {
  const next: State = { ...state, parts: { ...state.parts, [part]: is } };
  const { link, log, invitation } = state;
  if (part !== "evidence" || is !== "ready" || invitation?.is !== "unread") return [next, []];
  if (log === null || link?.invitation == null) return [next, []];
  return [next, [{ type: "read-invitation", log, text: link.invitation }]];
}

function phraseMade(state: State, phrase: string, asked: readonly number[]): Step {
  const typed = { ...state.typed, word0: "", word1: "", word2: "" };
  if (state.screen === "phrase") {
    return [go(state, "phrase-shown", { ...withPhrase(state, phrase, null), asked, typed }), []];
  }
  if (state.screen === "keep-nothing") {
    return [goToProof(state, { ...withPhrase(state, phrase, "nothing"), asked, typed }), []];
  }
  return ignore(state);
}

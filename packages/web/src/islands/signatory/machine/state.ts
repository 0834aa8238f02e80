/**
 * All that the page knows. It lives in memory only, and leaving replaces it by a state that holds nothing. Secrets are in it
 * because later steps need them: nothing in here may be written to storage, history, title or address.
 */
import type { CheckedMail, EarlierSignature, EnrolmentStep, SignatoryRequest } from "@undersigned/client";
import type {
  Appearance,
  EnrolmentTokens,
  EvidenceKind,
  HiddenEntry,
  Invitation,
  KeyHead,
  Receipt,
} from "@undersigned/core";
import type { FileSource, LetterView, ReceiptState, WorkforceView } from "@undersigned/verify";
import type { PartName } from "../../../shared/parts.ts";
import type { PageLink } from "../../page-link.ts";
import type { ScreenName } from "./screens.ts";

/** A verified log. */
export interface OpenLog {
  readonly source: FileSource;
  readonly view: WorkforceView;
  /** Day of the last batch that the log is said to hold; null before the first. Not verified: for sentences only. */
  readonly lastBatch: string | null;
  /** The letter's text is not public: it was opened with the link's key. */
  readonly unlisted: boolean;
}

/** What is typed or chosen, by the name of its field. Nothing but the person changes it, once something stands there. */
export interface Typed {
  readonly word0: string;
  readonly word1: string;
  readonly word2: string;
  readonly phrase: string;
  readonly evidence: "" | EvidenceKind;
  readonly mailbox: string;
  readonly code: string;
  /** How the person's name is written, for registrars to confirm; shown to nobody else by that. */
  readonly ownName: string;
  readonly kind: "" | Appearance["kind"];
  readonly name: string;
  readonly role: string;
  readonly place: string;
  readonly remainder: "destroy" | "release";
  /** Place in the list of the invitation that is unfolded. */
  readonly unfolded: string;
}

/** What failed, by a code of our packages or of a server. A server's own sentences are never shown. */
export interface Problem {
  readonly code: string;
  /** False where something was sent and it is not known whether it arrived. */
  readonly settled: boolean;
  /** The field that it is about. */
  readonly field?: keyof Typed | undefined;
}

export interface Outcome {
  readonly registrar: string;
  readonly state: "known" | "enrolled" | "reserved" | "skipped" | "later" | "failed";
  /** Where it failed. */
  readonly code?: string;
}

export interface Enrolling {
  /** An enrolment is going on, even where it waits for a code. */
  readonly running: boolean;
  /** By registrar. */
  readonly progress: Readonly<Record<string, EnrolmentStep>>;
  /** The registrar whose code is asked for. */
  readonly asking: string | null;
  /** Wrong codes so far, by registrar. They are counted by the registrar too, whoever asks again. */
  readonly wrong: Readonly<Record<string, number>>;
  /** What has come is kept, the rest is let go, and the codes are sent again. */
  readonly again: boolean;
  /** A code was handed over: from here on this mailbox belongs to this phrase. */
  readonly handedOver: boolean;
  readonly tokens: EnrolmentTokens | null;
  readonly outcomes: readonly Outcome[];
}

/** How many look like what. From the public lists; not verified. */
export interface Looks {
  readonly counted: number;
  readonly shown: number;
  readonly same: ReadonlyMap<string, number>;
}

/** How the person's key stands in the log. */
export interface Standing {
  readonly state: "not-in-the-log" | "counted" | "withdrawn";
  readonly head: KeyHead | null;
  /** Place of the head in the log, where it was found there. */
  readonly place: number | null;
  /** What is shown of the person at present; null where that is nothing. */
  readonly shown: Appearance | null;
  /** Since when and why what the person chose to show is not shown; null where nothing was hidden. */
  readonly hidden: HiddenEntry["hidden"] | null;
}

/** What the board has taken. */
export interface Taken {
  readonly request: SignatoryRequest["type"];
  readonly receipt: Receipt;
  /** The board promises another day than the rules give by this device's clock. */
  readonly implausible: boolean;
  /** It was in a file that somebody else made. */
  readonly foreign: boolean;
}

/** The invitation that came with the link. */
export type LinkInvitation =
  | { readonly is: "unread" }
  | { readonly is: "read"; readonly invitation: Invitation }
  | { readonly is: "refused"; readonly code: string };

export type Busy =
  | "mail"
  | "copying"
  | "opening"
  | "enrolling"
  | "sending"
  | "file"
  | "looking"
  | "checking"
  | "saving";

/** What happened on the screen that is worth saying and no error. */
export type Note =
  | "enrolment-saved"
  | "kept-here"
  | "file-made"
  | "receipt-saved"
  | "forgotten"
  | "other-period"
  | "copied";

export interface State {
  readonly screen: ScreenName;
  /** Where Back leads, the last one first to go to. */
  readonly trail: readonly ScreenName[];
  readonly link: PageLink | null;
  readonly log: OpenLog | null;
  readonly typed: Typed;
  /** The phrase that is in use. */
  readonly phrase: string | null;
  readonly keeps: "phrase" | "nothing" | null;
  /** Which words are to be typed again, from 0. */
  readonly asked: readonly number[];
  /** What has become of each part of the page that was asked for. */
  readonly parts: Readonly<Partial<Record<PartName, "loading" | "ready" | "failed">>>;
  /** Null where the link holds none. */
  readonly invitation: LinkInvitation | null;
  /** A mail that was found to be right, on this device. */
  readonly mail: CheckedMail | null;
  /** The name is to be confirmed anew, written in another way. */
  readonly nameAgain: boolean;
  /** The name that the mailbox says, where it says one. */
  readonly suggestedName: string | null;
  /** Links of the invitations that this person can give. */
  readonly invitations: readonly string[] | null;
  readonly enrolling: Enrolling;
  /** An enrolment is kept on this device because somebody asked for that. */
  readonly storedHere: boolean;
  /** The enrolment was saved as a file. */
  readonly saved: boolean;
  /** `null` until asked for. */
  readonly looks: Looks | "loading" | "failed" | null;
  readonly purpose: "endorse" | "revise" | "withdraw";
  readonly taken: Taken | null;
  readonly head: KeyHead | null;
  readonly standing: Standing | null;
  /** How the person stands under the letter that this one replaces; null where it replaces none, or that was not read. */
  readonly earlier: EarlierSignature | null;
  readonly checked: ReceiptState | null;
  /** Files that the person chose. */
  readonly receiptFile: Receipt | null;
  readonly enrolmentFile: Uint8Array | null;
  readonly requestFile: SignatoryRequest | null;
  readonly busy: Busy | null;
  /** Where the present or last sending was begun. */
  readonly sentFrom: ScreenName | null;
  readonly problem: Problem | null;
  readonly note: Note | null;
}

const NOTHING_TYPED: Typed = {
  word0: "",
  word1: "",
  word2: "",
  phrase: "",
  evidence: "",
  mailbox: "",
  code: "",
  ownName: "",
  kind: "",
  name: "",
  role: "",
  place: "",
  remainder: "destroy",
  unfolded: "",
};

export const NOT_ENROLLING: Enrolling = {
  running: false,
  progress: {},
  asking: null,
  wrong: {},
  again: false,
  handedOver: false,
  tokens: null,
  outcomes: [],
};

export function initialState(link: PageLink | null): State {
  return {
    screen: "starting",
    trail: [],
    link,
    log: null,
    typed: NOTHING_TYPED,
    phrase: null,
    keeps: null,
    asked: [],
    parts: {},
    invitation: link?.invitation == null ? null : { is: "unread" },
    mail: null,
    nameAgain: false,
    suggestedName: null,
    invitations: null,
    enrolling: NOT_ENROLLING,
    storedHere: false,
    saved: false,
    looks: null,
    purpose: "endorse",
    taken: null,
    head: null,
    standing: null,
    earlier: null,
    checked: null,
    receiptFile: null,
    enrolmentFile: null,
    requestFile: null,
    busy: null,
    sentFrom: null,
    problem: null,
    note: null,
  };
}

/** Nothing is left. */
export const LEFT_STATE: State = { ...initialState(null), screen: "left" };

/** The letter, once the log is open. */
export function letterOf(state: State): LetterView | null {
  return (state.link && state.log?.view.letters.get(state.link.letter)) ?? null;
}

/** Whether the board has taken something of this person's own. */
export function hasSigned({ taken }: State): boolean {
  return taken !== null && !taken.foreign;
}

/** Whether the letter takes no more signatures, by the log. */
export function isClosed(state: State): boolean {
  return letterOf(state)?.closing != null;
}

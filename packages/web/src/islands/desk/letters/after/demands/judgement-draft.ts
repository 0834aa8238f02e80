/** A judgement as it is typed, checked, and how the judgements of a demand follow one another. */
import {
  type DemandState,
  isDay,
  type JudgementRecord,
  type LetterManifest,
  type Source,
} from "@undersigned/core";
import type { FurtherView } from "@undersigned/verify";
import { say } from "../../../../say.ts";
import { commonOf, type OfLetter } from "../new-record.ts";
import {
  checkLines,
  checkSource,
  EMPTY_SOURCE,
  isUntouched,
  type SourceDraft,
  type SourceErrors,
} from "../source-draft.ts";
import type { Proposed } from "../words.ts";

type Judgement = FurtherView["judgements"][number];

export interface DemandStanding {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  /** What the letter names as the sign of its being met. */
  readonly met: string;
  /** The latest first: that is how it stands. */
  readonly judgements: readonly Judgement[];
  /** What one owner has proposed; null if nobody has. */
  readonly proposed: Proposed | null;
}

/** All demands of the letter, in its order. */
export function demandsOf(
  { demands }: Pick<LetterManifest, "demands">,
  judgements: readonly Judgement[],
  proposed: readonly Proposed[],
): DemandStanding[] {
  return demands.map(({ id, title, text, met }) => ({
    id,
    title,
    text,
    met,
    judgements: judgements.filter(({ record }) => record.demand === id).toReversed(),
    proposed: proposed.find(({ record }) => record.demand === id) ?? null,
  }));
}

export interface JudgementDraft {
  readonly state: DemandState | "";
  readonly until: string;
  readonly reason: string;
  readonly source: SourceDraft;
}

export const EMPTY_JUDGEMENT: JudgementDraft = { state: "", until: "", reason: "", source: EMPTY_SOURCE };

export interface JudgementErrors {
  readonly state?: string;
  readonly until?: string;
  readonly reason?: string;
  readonly source?: SourceErrors;
}

export interface Judged {
  readonly state: DemandState;
  readonly until: string | null;
  readonly reason: string;
  readonly source: Source | null;
}

export type CheckedJudgement =
  | { readonly judged: Judged; readonly errors: null }
  | { readonly judged: null; readonly errors: JudgementErrors };

/** A source that nobody has begun is none; one that somebody has begun must be whole. */
export function checkJudgement({ state, until, reason, source }: JudgementDraft): CheckedJudgement {
  const errors: { -readonly [F in keyof JudgementErrors]: JudgementErrors[F] } = {};
  if (state === "") errors.state = say("desk-after.choose-how-it-stands");
  if (state === "promised" && !isDay(until)) errors.until = say("desk-after.enter-the-day-by-which");
  const text = checkLines(reason, 5000, say("desk-after.say-why-so-that-readers"));
  if (text.error !== null) errors.reason = text.error;
  const checked = isUntouched(source) ? null : checkSource(source);
  if (checked?.errors) errors.source = checked.errors;
  if (state === "" || text.text === null || Object.keys(errors).length > 0) return { judged: null, errors };
  const day = state === "promised" ? until : null;
  return {
    judged: { state, until: day, reason: text.text, source: checked?.source ?? null },
    errors: null,
  };
}

/** `previous`: the hash of the demand's latest judgement in the log. */
export function judgementOf(
  of: OfLetter,
  demand: string,
  judged: Judged,
  previous: string | null,
): JudgementRecord {
  return { type: "judgement-record", ...commonOf(of), demand, ...judged, previous };
}

/** Whether a proposal can still be agreed to: another judgement of the demand may have come before it. */
export function isBehind({ judgements, proposed }: DemandStanding): boolean {
  return proposed !== null && proposed.record.previous !== (judgements[0]?.leaf.record ?? null);
}

/**
 * What became of a letter: deliveries, answers, judgements of its demands, and the register of dealings. The leaves are those of
 * the verified view; what they name is read from the public files and believed only by its hash.
 */
import {
  type Day,
  type DeliveryLeaf,
  type JudgementRecord,
  type MailResponse,
  parseCanonical,
  parseRecord,
  type ResponseLeaf,
  recordHash,
  recordLimit,
  type StatementResponse,
  type WithheldRecord,
  withheldRecord,
} from "@undersigned/core";
import { foldDealings, type Register } from "@undersigned/dealings";
import {
  type FileSource,
  type FurtherView,
  type LetterView,
  recordPath,
  withheldPath,
} from "@undersigned/verify";

export type Answer =
  | { readonly kind: "mail"; readonly day: Day; readonly hash: string; readonly record: MailResponse }
  | {
      readonly kind: "statement";
      readonly day: Day;
      readonly hash: string;
      readonly record: StatementResponse;
    }
  | {
      readonly kind: "withheld";
      readonly day: Day;
      readonly hash: string;
      readonly was: "mail" | "statement";
      /** Null where the board does not say why. */
      readonly why: Pick<WithheldRecord, "day" | "reason"> | null;
    };

export interface Judged {
  readonly day: Day;
  readonly record: JudgementRecord;
  /** How many organisers have signed it. */
  readonly by: number;
}

export interface DemandStanding {
  readonly id: string;
  readonly title: string;
  /** The latest first. */
  readonly judgements: readonly Judged[];
}

export interface Afterwards {
  /** In the log's order. */
  readonly deliveries: readonly Pick<DeliveryLeaf, "how" | "delivered" | "day" | "document" | "bundle">[];
  readonly answers: readonly Answer[];
  readonly demands: readonly DemandStanding[];
  /** Changes of the register, its rows now, and the day of the last change; null where there is none. */
  readonly register: { readonly changes: number; readonly rows: number; readonly last: Day } | null;
}

const MAX_WITHHELD = 1000;
const NOTHING: FurtherView = {
  deliveries: [],
  responses: [],
  judgements: [],
  dealings: [],
  chronicle: [],
  refused: [],
};

/**
 * The view may be older than what organisers have withheld since, which changes no checkpoint: texts of answers are read anew each
 * time, and nothing else is.
 */
export async function loadAfterwards(source: FileSource, letter: LetterView): Promise<Afterwards> {
  const { deliveries, responses, judgements, dealings } = letter.further ?? NOTHING;
  const answers: Answer[] = [];
  for (const { leaf } of responses) answers.push(await answerOf(source, leaf));
  const judged = new Map<string, Judged[]>();
  for (const { leaf, record } of judgements) {
    const list = judged.get(record.demand) ?? [];
    list.unshift({ day: leaf.day, record, by: leaf.by.length });
    judged.set(record.demand, list);
  }
  const last = dealings.at(-1);
  return {
    deliveries: deliveries.map(({ leaf }) => leaf),
    answers,
    demands: (letter.manifest?.demands ?? []).map(({ id, title }) => ({
      id,
      title,
      judgements: judged.get(id) ?? [],
    })),
    register: last === undefined ? null : { changes: dealings.length, rows: last.rows, last: last.leaf.day },
  };
}

async function answerOf(source: FileSource, { day, record: hash, kind }: ResponseLeaf): Promise<Answer> {
  const file = await source.read(recordPath(hash), recordLimit("response-record"));
  if (file === null || recordHash("response-record", file) !== hash) {
    return { kind: "withheld", day, hash, was: kind, why: await whyWithheld(source, hash) };
  }
  const record = parseRecord("response-record", file);
  return record.kind === "mail"
    ? { kind: "mail", day, hash, record }
    : { kind: "statement", day, hash, record };
}

export async function whyWithheld(source: FileSource, hash: string): Promise<WithheldRecord | null> {
  const file = await source.read(withheldPath(hash), MAX_WITHHELD);
  if (file === null) return null;
  const found = withheldRecord.check(parseCanonical(file, MAX_WITHHELD), "");
  return found.record === hash ? found : null;
}

/** The register as it is, with the history of each row; null where there is none. */
export type RegisterOf = (letter: LetterView) => Register | null;

/** Kept as long as the view that it was made from. */
export function createRegisters(): RegisterOf {
  const kept = new WeakMap<LetterView, Register>();
  return (letter) => {
    const { dealings } = letter.further ?? NOTHING;
    if (dealings.length === 0) return null;
    const register = kept.get(letter) ?? fold(dealings);
    kept.set(letter, register);
    return register;
  };
}

function fold(dealings: FurtherView["dealings"]): Register {
  return foldDealings(dealings.map(({ leaf, record }) => ({ hash: leaf.record, day: leaf.day, record })));
}

/** What a recount says: plain values, ready for JSON. */
import type {
  ChronicleLeaf,
  ChronicleRecord,
  ClosingLeaf,
  Day,
  DeliveryLeaf,
  EndorsementClass,
  JudgementRecord,
  PerClass,
  ResponseLeaf,
  ResponseRecord,
  WithheldRecord,
  WorkforceManifest,
} from "@undersigned/core";
import type { ShownAs } from "./check-openings.ts";
import type { Failure } from "./errors.ts";
import type { NotChecked } from "./not-checked.ts";

export interface Report {
  /** Exactly if there are no failures. */
  readonly ok: boolean;
  /** By leaf, those of no leaf last. */
  readonly failures: readonly Failure[];
  /** The workforce id that was asked for. */
  readonly workforce: string;
  /** Null, like all below, where not even the first manifest could be read. */
  readonly employer: string | null;
  readonly origin: string | null;
  /** Text of the checkpoint; null where it could not be relied on, and then nothing was counted. */
  readonly checkpoint: string | null;
  /** Leaves of the log. */
  readonly size: number | null;
  /** Base64, as in the checkpoint. */
  readonly root: string | null;
  /** Names of the witnesses that have cosigned. */
  readonly cosigned: readonly string[];
  readonly letters: readonly LetterReport[];
  readonly issuance: readonly IssuanceReport[];
  /** What the board has stated to give to browsers, in the log's order. */
  readonly clients: readonly ClientReport[];
  /** What this recount has not shown, or no recount can. */
  readonly notChecked: readonly NotChecked[];
}

export interface LetterReport {
  readonly letter: string;
  /** Null when the text was not read. */
  readonly title: string | null;
  /** `opened`: not public, and read with a link's key. `sealed`: not public. `missing`: not among the files in any form. */
  readonly text: "public" | "opened" | "sealed" | "missing";
  /** Index of its leaf. */
  readonly leaf: number;
  readonly epoch: number;
  readonly slot: number;
  readonly opens: Day;
  /** The last day for signing; where it was moved, the new one. */
  readonly closes: Day;
  /** What moved it: on which day that was stated, and by which organisers' keys. */
  readonly earlyClosing: {
    readonly leaf: number;
    readonly day: Day;
    /** The day that the letter was opened with. */
    readonly instead: Day;
    readonly by: readonly string[];
  } | null;
  readonly state: "open" | "closed" | "too-few";
  /** The number of the letter is `counted.mailbox`. */
  readonly counted: PerClass;
  readonly withdrawn: PerClass;
  /** Keys that ever endorsed: counted and withdrawn together. */
  readonly endorsed: PerClass;
  readonly closing:
    | (Pick<ClosingLeaf, "day" | "counts" | "withdrawn" | "destroyed"> & { readonly leaf: number })
    | null;
  /** Of those that are counted. */
  readonly appearances: Readonly<Record<EndorsementClass, Readonly<ShownAs>>>;
  /** First and last batch with endorsements. */
  readonly days: { readonly first: Day; readonly last: Day } | null;
  /** As the manifest in force, or in force at closing, states it. */
  readonly headcount: WorkforceManifest["headcount"];
  readonly registrars: readonly { readonly name: string; readonly operator: string }[];
  readonly quorum: number;
  /** By what its signatories proved a mailbox, as the manifest of its epoch states it. */
  readonly proof: {
    readonly employer: string;
    readonly domains: readonly string[];
    /** The first day on which a code can have been sent; null where none are. */
    readonly codesFrom: Day | null;
    /** Between which days a mail must have come that a person shows; null where none does. */
    readonly mails: { readonly notBefore: Day; readonly notAfter: Day } | null;
  };
  /** What became of it, in the log's order. */
  readonly deliveries: readonly DeliveryReport[];
  readonly responses: readonly ResponseReport[];
  /** All of them: the last one of a demand is how it stands. */
  readonly judgements: readonly JudgementReport[];
  /** Changes of the register of dealings. */
  readonly dealings: readonly DealingsReport[];
  /** Entries of its chronicle, those that were replaced since too. */
  readonly chronicle: readonly ChronicleReport[];
  /** To be quoted. With failures it says that there is nothing to quote. */
  readonly sentence: string;
}

interface LoggedReport {
  /** Index of its leaf. */
  readonly leaf: number;
  /** The board's day. */
  readonly day: Day;
  /** Organisers' keys. */
  readonly by: readonly string[];
}

export interface DeliveryReport
  extends LoggedReport,
    Pick<DeliveryLeaf, "delivered" | "how" | "document" | "bundle" | "size"> {
  /** Whether a server's acceptance is committed to. */
  readonly accepted: boolean;
}

export interface ResponseReport extends LoggedReport, Pick<ResponseLeaf, "kind" | "record"> {
  /** Null where it is withheld, or not among the files. */
  readonly response: ResponseRecord | null;
  readonly withheld: Pick<WithheldRecord, "day" | "reason"> | null;
  /** Whether the file is there with which an answer by mail can be checked again. */
  readonly evidence: boolean;
}

export interface JudgementReport extends LoggedReport {
  readonly record: string;
  readonly judgement: JudgementRecord;
}

export interface DealingsReport extends LoggedReport {
  readonly record: string;
  /** Of the register after this change. */
  readonly rows: number;
}

export interface ChronicleReport extends LoggedReport, Pick<ChronicleLeaf, "kind" | "replaces" | "record"> {
  /** Null where it is withheld, or not among the files. */
  readonly entry: ChronicleRecord | null;
  readonly withheld: Pick<WithheldRecord, "day" | "reason"> | null;
  /** Index of the leaf of the entry that has taken its place; null while it is in force. */
  readonly replacedBy: number | null;
}

export interface ClientReport {
  /** Hash of the client build. */
  readonly client: string;
  readonly version: string;
  readonly day: Day;
  /** Index of its leaf. */
  readonly leaf: number;
}

export interface IssuanceReport {
  /** Identity key. */
  readonly registrar: string;
  readonly name: string;
  readonly epoch: number;
  readonly class: EndorsementClass;
  /** What it last stated, over all kinds of evidence of the class, each rounded down to `batch`; null where it has stated nothing. */
  readonly issued: number | null;
  readonly batch: number | null;
  /** What that can have been before it was rounded. */
  readonly most: number | null;
  /** The most endorsements of one letter that bear its tokens. */
  readonly endorsed: number;
  /** Day on which it has stated to have destroyed its keys of this epoch. */
  readonly destroyed: Day | null;
}

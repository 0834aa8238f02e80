/** A row of the register as it is typed, checked field by field. */
import {
  checkText,
  type Dealing,
  type DealingStatus,
  encodeHex,
  isDay,
  type Source,
} from "@undersigned/core";
import { say } from "../../../../say.ts";
import { amountOf } from "../amount.ts";
import {
  checkSource,
  draftOfSource,
  EMPTY_SOURCE,
  lineOf,
  type SourceDraft,
  type SourceErrors,
  textProblem,
} from "../source-draft.ts";

export type ValueKind = NonNullable<Dealing["value"]>["kind"];

export interface RowDraft {
  readonly what: string;
  readonly supplier: string;
  readonly recipient: string;
  readonly office: string;
  readonly agreed: string;
  readonly from: string;
  readonly until: string;
  /** Empty: the value is not known. */
  readonly amount: string;
  readonly currency: string;
  readonly kind: ValueKind;
  readonly status: DealingStatus;
  readonly since: string;
  readonly sources: readonly SourceDraft[];
}

export const EMPTY_ROW: RowDraft = {
  what: "",
  supplier: "",
  recipient: "",
  office: "",
  agreed: "",
  from: "",
  until: "",
  amount: "",
  currency: "",
  kind: "obligated",
  status: "reported",
  since: "",
  sources: [EMPTY_SOURCE],
};

export function draftOfRow(entry: Dealing): RowDraft {
  const { value, sources, office, agreed, from, until, since, ...rest } = entry;
  return {
    ...rest,
    office: office ?? "",
    agreed: agreed ?? "",
    from: from ?? "",
    until: until ?? "",
    amount: value?.amount ?? "",
    currency: value?.currency ?? "",
    kind: value?.kind ?? "obligated",
    since: since ?? "",
    sources: sources.map(draftOfSource),
  };
}

export type RowErrors = {
  -readonly [F in Exclude<keyof RowDraft, "sources" | "kind" | "status">]?: string;
} & {
  /** By the place of the source. */
  sources?: readonly (SourceErrors | null)[];
};

export type CheckedRow =
  | { readonly entry: Dealing; readonly errors: null }
  | { readonly entry: null; readonly errors: RowErrors };

const MOST = { what: 2000, supplier: 300, recipient: 300 };
const DAYS = ["agreed", "from", "until", "since"] as const;

export function checkRow(draft: RowDraft): CheckedRow {
  const errors: RowErrors = {};
  for (const field of ["what", "supplier", "recipient"] as const) {
    const text = lineOf(draft[field]);
    if (text === "") errors[field] = say(`desk-register.missing.${field}`);
    else if (checkText(text, 1, MOST[field], false) !== null) errors[field] = textProblem(text);
  }
  const office = lineOf(draft.office);
  if (office !== "" && checkText(office, 1, 300, false) !== null) errors.office = textProblem(office);
  for (const field of DAYS)
    if (draft[field] !== "" && !isDay(draft[field]))
      errors[field] = say("desk-register.choose-a-day-or-leave");
  if (errors.until === undefined && draft.from !== "" && draft.until !== "" && draft.until < draft.from)
    errors.until = say("desk-register.this-is-before-it-begins");
  const value = readValue(draft, errors);
  const checked = draft.sources.map(checkSource);
  const sources: Source[] = checked.flatMap(({ source }) => source ?? []);
  if (sources.length < checked.length || sources.length === 0)
    errors.sources = checked.map((one) => one.errors);
  if (Object.keys(errors).length > 0) return { entry: null, errors };
  const entry: Dealing = {
    what: lineOf(draft.what),
    supplier: lineOf(draft.supplier),
    recipient: lineOf(draft.recipient),
    office: office === "" ? null : office,
    agreed: dayOrNull(draft.agreed),
    from: dayOrNull(draft.from),
    until: dayOrNull(draft.until),
    value,
    status: draft.status,
    since: dayOrNull(draft.since),
    sources,
  };
  return { entry, errors: null };
}

/** An id of a row entered by hand; it says nothing. */
export function newRowId(): string {
  return `own:${encodeHex(crypto.getRandomValues(new Uint8Array(8)))}`;
}

function readValue({ amount: typed, currency, kind }: RowDraft, errors: RowErrors): Dealing["value"] {
  if (typed.trim() === "") return null;
  const amount = amountOf(typed);
  if (amount === null) errors.amount = say("desk-register.write-it-in-digits-as");
  const code = currency.trim().toUpperCase();
  if (!/^[A-Z]{3}$/.test(code)) errors.currency = say("desk-register.give-the-currency-in-three");
  return amount === null ? null : { amount, currency: code, kind };
}

function dayOrNull(day: string): string | null {
  return day === "" ? null : day;
}

/** Fields of a letter's draft, and the values in them. */
import { hash32 } from "../formats/common.ts";
import { boolean, list, nullable, object, oneOf } from "../formats/shape.ts";
import { type FieldTable, field, partId, typed, typedNumber, type ValueOf, valueIn } from "./field.ts";

const classBatch = object({ min: typedNumber, every: typedNumber });

/** A hundred before the first comes out, then daily, never fewer than twenty at a time: nobody stands out. */
export const USUAL_BATCH = {
  first: 100,
  classes: { mailbox: { min: 20, every: 1 }, vouched: { min: 20, every: 1 } },
};

const source = object({
  title: typed(2000),
  publisher: typed(2000),
  /** A day, or what of it is typed. */
  day: typed(40),
  url: typed(8000),
  quote: typed(10_000),
  /** Hash of a captured copy that was given to `copy-add`. */
  copy: nullable(hash32),
});

export const letterFields = {
  language: field(typed(100), "en"),
  title: field(typed(2000), ""),
  /** `mailbox` is the one from which an answer would come; empty for none. */
  addressee: field(object({ name: typed(2000), organisation: typed(2000), mailbox: typed(2000) }), {
    name: "",
    organisation: "",
    mailbox: "",
  }),
  /** Markdown. */
  body: field(typed(220_000), ""),
  /** Ids in the order in which demands are shown; a `demand:<id>` that is not named here is not part of the letter. */
  demands: field(list(partId, 0, 50), []),
  "demand:": field(object({ title: typed(2000), text: typed(20_000), met: typed(10_000) }), {
    title: "",
    text: "",
    met: "",
  }),
  /** Title of the supplementary document, which there is if there are claims. */
  supplementTitle: field(typed(2000), ""),
  claims: field(list(partId, 0, 200), []),
  "claim:": field(object({ text: typed(20_000), sources: list(source, 0, 20) }), { text: "", sources: [] }),
  opens: field(typed(40), ""),
  closes: field(typed(40), ""),
  delivers: field(typed(40), ""),
  delivery: field(typed(10_000), ""),
  appearances: field(list(oneOf("anonymous", "named", "role"), 0, 3), ["anonymous", "named", "role"]),
  names: field(oneOf("any", "confirmed"), "any"),
  batch: field(
    object({ first: typedNumber, classes: object({ mailbox: classBatch, vouched: classBatch }) }),
    USUAL_BATCH,
  ),
  /** A short text with which people pass the link on. Not part of the manifest. */
  passOn: field(typed(10_000), ""),
  /** Whether its text is public from the beginning. Not part of the manifest. */
  listed: field(boolean, true),
} as const satisfies FieldTable;

type Table = typeof letterFields;
type Plain = Exclude<keyof Table, "demand:" | "claim:">;
export type DemandValue = ValueOf<Table["demand:"]> & { readonly id: string };
export type ClaimValue = ValueOf<Table["claim:"]> & { readonly id: string };
/** All values, demands and claims in their order. */
export type LetterValues = { readonly [N in Exclude<Plain, "demands" | "claims">]: ValueOf<Table[N]> } & {
  readonly demands: readonly DemandValue[];
  readonly claims: readonly ClaimValue[];
};

/** `fields`: JSON text by name. */
export function letterValues(fields: ReadonlyMap<string, string>): LetterValues {
  const plain = Object.fromEntries(
    Object.entries(letterFields)
      .filter(([name]) => !name.endsWith(":"))
      .map(([name, rule]) => [name, valueIn(rule as never, fields.get(name))]),
  );
  const parts = <T extends object>(order: "demands" | "claims", of: "demand:" | "claim:") =>
    [...new Set(valueIn(letterFields[order], fields.get(order)))].map((id) => ({
      ...(valueIn(letterFields[of] as never, fields.get(of + id)) as T),
      id,
    }));
  return {
    ...plain,
    demands: parts("demands", "demand:"),
    claims: parts("claims", "claim:"),
  } as unknown as LetterValues;
}

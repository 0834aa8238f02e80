/**
 * Fields of drafts (decision 22): what a document of a kind has, the shape of each value, and what stands there while nobody has
 * written. Values are loose where people type: half a day or an empty title is saved like any other, and only `letterOf` and
 * `workforceOf` say what is missing. A value travels and is stored as JSON text; `null` stands for one that was taken away.
 */
import { isWellFormed } from "../bytes.ts";
import type { JsonValue } from "../canonical-json.ts";
import { CoreError } from "../errors.ts";
import { type Infer, integer, matching, nullable, type Shape } from "../formats/shape.ts";
import { tidy } from "./tidy.ts";

export interface FieldRule<T> {
  readonly shape: Shape<T>;
  readonly empty: T;
}

/** A name that ends with a colon stands for all fields `<name><id>`. */
export type FieldTable = Readonly<Record<string, FieldRule<unknown>>>;
export type ValueOf<R> = R extends FieldRule<infer T> ? T : never;

export function field<S extends Shape<unknown>>(shape: S, empty: NoInfer<Infer<S>>): FieldRule<Infer<S>> {
  return { shape: shape as Shape<Infer<S>>, empty };
}

/** What somebody types, of at most so many UTF-16 units: any text at all, so that no pasted character keeps the rest from being saved. */
export function typed(max: number): Shape<string> {
  return matching(/^[\s\S]*$/, max, `text of at most ${max} characters`);
}

/** A number that is not there yet is null. */
export const typedNumber = nullable(integer(0, 1_000_000_000));

/** The id of a demand or a claim, unique in its document. */
export const partId = matching(
  /^[a-z0-9][a-z0-9-]{0,31}$/,
  32,
  "a short name of small letters, digits and hyphens",
);

/** The rule of a field, or null where the kind has no field of this name. */
export function ruleIn(table: FieldTable, name: string): FieldRule<unknown> | null {
  if (Object.hasOwn(table, name) && !name.endsWith(":")) return table[name]!;
  const colon = name.indexOf(":") + 1;
  const prefix = name.slice(0, colon);
  return colon > 0 && Object.hasOwn(table, prefix) && /^[a-z0-9][a-z0-9-]{0,31}$/.test(name.slice(colon))
    ? table[prefix]!
    : null;
}

/** Throws CoreError `bad-field` or `unknown-field` unless a document of this table may have the value, JSON text, in this field. */
export function checkIn(table: FieldTable, name: string, value: string): void {
  const rule = ruleIn(table, name);
  if (rule === null) {
    throw new CoreError(
      "unknown-field",
      "A document of this kind has no field of this name: reload the page.",
    );
  }
  const read = parse(value);
  if (read !== null) rule.shape.check(read, "/value");
}

/** The value in a field; its empty one where it is missing, was taken away, or is of another release and does not fit. */
export function valueIn<T>(rule: FieldRule<T>, value: string | undefined): T {
  if (value === undefined) return rule.empty;
  try {
    const read = parse(value);
    return read === null ? rule.empty : rule.shape.check(read, "");
  } catch (error) {
    if (error instanceof CoreError) return rule.empty;
    throw error;
  }
}

/** JSON text of a value as it is saved: text in NFC, with line feeds only. */
export function fieldText(value: unknown): string {
  return JSON.stringify(tidy(value as JsonValue));
}

function parse(value: string): JsonValue {
  try {
    if (isWellFormed(value)) return JSON.parse(value) as JsonValue;
  } catch {
    // Said below, without the engine's words, which would quote what was typed.
  }
  throw new CoreError("bad-field", "The value of a field must be JSON text.");
}

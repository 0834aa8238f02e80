/**
 * Logging by allow-list. A server declares its events in a table: the fields of each, and for every field whether it
 * is a count, a flag or one of a few words that stand in the table. Nothing else can be logged: there is no free
 * text, no object, and no number large enough to be a moment. A line says the day, and not even that if told so.
 *
 * The types keep honest code from logging more; the checks at run time keep out what the types were talked out of.
 */
import { type Clock, systemClock, today } from "./clock.ts";
import { ServiceError } from "./errors.ts";

/** `count`: an integer below 1,000,000,000 in magnitude. `flag`: a boolean. A list: one of these words. */
export type LogField = "count" | "flag" | readonly string[];
export type LogTable = { readonly [event: string]: { readonly [field: string]: LogField } };

type FieldValue<F extends LogField> = F extends "count"
  ? number
  : F extends "flag"
    ? boolean
    : F extends readonly string[]
      ? F[number]
      : never;

type EventOf<T extends LogTable> = {
  [N in keyof T & string]: [name: N, fields: { [F in keyof T[N]]: FieldValue<T[N][F]> }];
}[keyof T & string];

/** A logger of a larger table is a logger of each part of it. */
export type Logger<T extends LogTable> = {
  /** Writes one line. Throws `log-refused`, and writes nothing, for what the table does not allow. */
  event: (...event: EventOf<T>) => void;
};

/** What `createLogger` writes to; process.stdout is one. */
export type LogStream = { write(line: string): unknown };

const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const FIELD = /^[a-z][A-Za-z0-9]{0,39}$/;
/** Seconds since 1970 are above this since 2001, milliseconds since 1970-01-12: no clock reading fits. */
const COUNT_LIMIT = 1_000_000_000;

/** Keeps the literal types of a table, without which its words would be plain strings. */
export function defineEvents<const T extends LogTable>(table: T): T {
  return table;
}

/**
 * A logger of JSON lines `{"day":"2026-03-01","event":"…",…fields}`; `day: false` leaves the day out. Words and event
 * names are lower-case and hyphenated, at most 40 characters: throws `bad-configuration` for a table with others.
 */
export function createLogger<T extends LogTable>(
  table: T,
  options: { stream?: LogStream; clock?: Pick<Clock, "now">; day?: boolean } = {},
): Logger<T> {
  const { stream = process.stdout, clock = systemClock, day = true } = options;
  const events = copyTable(table);

  function event(...[name, fields]: EventOf<T>): void {
    const declared = events.get(name);
    const given = fields as Readonly<Record<string, unknown>>;
    if (declared === undefined || Object.keys(given).length !== declared.size) throw refused();
    const line: Record<string, unknown> = day ? { day: today(clock), event: name } : { event: name };
    for (const [field, kind] of declared) {
      const value = Object.hasOwn(given, field) ? given[field] : undefined;
      if (!allows(kind, value)) throw refused();
      line[field] = value;
    }
    stream.write(`${JSON.stringify(line)}\n`);
  }

  return { event };
}

/** A copy, so that words cannot be added to the table later. */
function copyTable(table: LogTable): Map<string, Map<string, LogField>> {
  const copy = new Map<string, Map<string, LogField>>();
  for (const [name, fields] of Object.entries(table)) {
    const words = Object.values(fields).flatMap((kind) => (typeof kind === "string" ? [] : kind));
    const namesAreFine = [name, ...words].every((word) => NAME.test(word) && word.length <= 40);
    const fieldsAreFine = Object.keys(fields).every(
      (field) => FIELD.test(field) && !["day", "event"].includes(field),
    );
    if (!namesAreFine || !fieldsAreFine) {
      throw new ServiceError(
        "bad-configuration",
        "Name log events and words in lower case with hyphens, within 40 characters.",
      );
    }
    copy.set(
      name,
      new Map(Object.entries(fields).map(([f, kind]) => [f, typeof kind === "string" ? kind : [...kind]])),
    );
  }
  return copy;
}

function allows(kind: LogField, value: unknown): boolean {
  if (kind === "count") return Number.isInteger(value) && Math.abs(value as number) < COUNT_LIMIT;
  if (kind === "flag") return typeof value === "boolean";
  return typeof value === "string" && kind.includes(value);
}

function refused(): ServiceError {
  return new ServiceError(
    "log-refused",
    "Declare the event and all of its fields in the log table, and log nothing else.",
  );
}

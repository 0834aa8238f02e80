/**
 * Strict shapes of JSON values: every format of PROTOCOL §3, §4, §7 and §9 is one. A shape checks types, ranges, lengths
 * and that no field is unknown or missing, and gives its JSON Schema for the servers' descriptions. It never
 * converts: what it returns is the value it was given.
 *
 * The attacker controls every value that comes here. Messages name the place, never the value.
 */
import type { JsonValue } from "../canonical-json.ts";
import { isDay } from "../day.ts";
import { CoreError } from "../errors.ts";
import { checkText } from "./text.ts";

export interface Shape<T> {
  /** Returns `value` itself, typed. Throws CoreError `bad-field` or `unknown-field` naming `path`. */
  check(value: JsonValue | undefined, path: string): T;
  readonly schema: Readonly<Record<string, unknown>>;
}

export type Infer<S> = S extends Shape<infer T> ? T : never;

/** Binary written as base64url text. */
export type Base64url = string;

function refuse(path: string, expected: string): never {
  throw new CoreError("bad-field", `The field ${path === "" ? "(whole value)" : path} must be ${expected}.`);
}

/** Exactly this string or number. */
export function literal<const T extends string | number | null>(expected: T): Shape<T> {
  return {
    check: (value, path) => (value === expected ? expected : refuse(path, JSON.stringify(expected))),
    schema: { const: expected },
  };
}

export function oneOf<const T extends readonly string[]>(...options: T): Shape<T[number]> {
  const set = new Set<unknown>(options);
  return {
    check: (value, path) =>
      set.has(value) ? (value as T[number]) : refuse(path, `one of ${options.join(", ")}`),
    schema: { type: "string", enum: options },
  };
}

export const boolean: Shape<boolean> = {
  check: (value, path) => (typeof value === "boolean" ? value : refuse(path, "true or false")),
  schema: { type: "boolean" },
};

/** A whole number in [min, max]; -0 is refused because canonical JSON cannot hold it. */
export function integer(min = 0, max: number = Number.MAX_SAFE_INTEGER): Shape<number> {
  return {
    check: (value, path) =>
      typeof value === "number" &&
      Number.isSafeInteger(value) &&
      value >= min &&
      value <= max &&
      !Object.is(value, -0)
        ? value
        : refuse(path, `a whole number from ${min} to ${max}`),
    schema: { type: "integer", minimum: min, maximum: max },
  };
}

/** Exactly `length` bytes as base64url without padding and with unused bits zero. */
export function bytes(length: number): Shape<Base64url> {
  const chars = Math.ceil((length * 4) / 3);
  const last = length % 3 === 1 ? "[AQgw]" : length % 3 === 2 ? "[AEIMQUYcgkosw048]" : "[A-Za-z0-9_-]";
  const pattern = `^[A-Za-z0-9_-]{${chars - 1}}${last}$`;
  const regex = new RegExp(pattern);
  return {
    check: (value, path) =>
      typeof value === "string" && value.length === chars && regex.test(value)
        ? value
        : refuse(path, `${length} bytes as base64url without padding`),
    schema: { type: "string", pattern, minLength: chars, maxLength: chars },
  };
}

/** Base64url of a length that the owner checks when decoding it. */
export function bytesUpTo(length: number): Shape<Base64url> {
  const max = Math.ceil((length * 4) / 3);
  const regex = /^[A-Za-z0-9_-]+$/;
  return {
    check: (value, path) =>
      typeof value === "string" && value.length <= max && value.length % 4 !== 1 && regex.test(value)
        ? value
        : refuse(path, `at most ${length} bytes as base64url without padding`),
    schema: { type: "string", pattern: regex.source, minLength: 1, maxLength: max },
  };
}

export const day: Shape<string> = {
  check: (value, path) =>
    typeof value === "string" && isDay(value) ? value : refuse(path, "a day of the form YYYY-MM-DD"),
  schema: { type: "string", pattern: "^[2-9]\\d{3}-\\d{2}-\\d{2}$" },
};

/** NFC text of min to max code points without control characters; `lines` allows line feeds. */
export function text(min: number, max: number, options: { lines?: boolean } = {}): Shape<string> {
  return {
    check: (value, path) => {
      if (typeof value !== "string") return refuse(path, "text");
      const problem = checkText(value, min, max, options.lines === true);
      return problem === null ? value : refuse(path, problem);
    },
    schema: { type: "string", minLength: min, maxLength: max },
  };
}

export function matching(regex: RegExp, max: number, expected: string): Shape<string> {
  return {
    check: (value, path) =>
      typeof value === "string" && value.length <= max && regex.test(value) ? value : refuse(path, expected),
    schema: { type: "string", pattern: regex.source, maxLength: max },
  };
}

export function nullable<T>(inner: Shape<T>): Shape<T | null> {
  return {
    check: (value, path) => (value === null ? null : inner.check(value, path)),
    schema: { anyOf: [inner.schema, { type: "null" }] },
  };
}

/** A list; with `sortedBy` its keys must rise strictly in UTF-16 order, so that a set has one spelling. */
export function list<T>(
  inner: Shape<T>,
  min: number,
  max: number,
  sortedBy?: (item: T) => string,
): Shape<T[]> {
  return {
    check: (value, path) => {
      if (!Array.isArray(value) || value.length < min || value.length > max) {
        return refuse(path, `a list of ${min} to ${max}`);
      }
      let before: string | null = null;
      for (let i = 0; i < value.length; i++) {
        const item = inner.check(value[i], `${path}/${i}`);
        if (sortedBy === undefined) continue;
        const key = sortedBy(item);
        if (before !== null && before >= key) refuse(path, "sorted, each entry once");
        before = key;
      }
      return value as T[];
    },
    schema: { type: "array", items: inner.schema, minItems: min, maxItems: max },
  };
}

type Fields = Readonly<Record<string, Shape<unknown>>>;
type ObjectOf<F extends Fields> = { [K in keyof F]: Infer<F[K]> };

/** An object with exactly these fields. */
export function object<const F extends Fields>(fields: F): Shape<ObjectOf<F>> {
  const names = Object.keys(fields);
  const shapes = names.map((name) => [name, fields[name] as Shape<unknown>] as const);
  return {
    check: (value, path) => {
      if (typeof value !== "object" || value === null || Array.isArray(value))
        return refuse(path, "an object");
      let found = 0;
      for (const name in value) {
        if (!Object.hasOwn(fields, name)) {
          throw new CoreError(
            "unknown-field",
            `${path === "" ? "The object" : path} has a field that is not known here.`,
          );
        }
        found++;
      }
      for (const [name, shape] of shapes) {
        if (!Object.hasOwn(value, name)) refuse(`${path}/${name}`, "present");
        shape.check(value[name] as JsonValue, `${path}/${name}`);
      }
      if (found !== names.length) refuse(path, "an object with its known fields only");
      return value as ObjectOf<F>;
    },
    schema: {
      type: "object",
      properties: Object.fromEntries(shapes.map(([name, shape]) => [name, shape.schema])),
      required: names,
      additionalProperties: false,
    },
  };
}

/** One of several objects, told apart by the string in their field `tag`. */
export function union<T>(tag: string, members: Readonly<Record<string, Shape<T>>>): Shape<T> {
  return {
    check: (value, path) => {
      const name =
        typeof value === "object" && value !== null && !Array.isArray(value) ? value[tag] : undefined;
      if (typeof name !== "string" || !Object.hasOwn(members, name)) {
        return refuse(`${path}/${tag}`, `one of ${Object.keys(members).join(", ")}`);
      }
      return (members[name] as Shape<T>).check(value, path);
    },
    schema: { oneOf: Object.values(members).map((member) => member.schema) },
  };
}

/** One of several objects, told apart by a field that only it has: `members` by the names of those fields. */
export function unionByField<T>(members: Readonly<Record<string, Shape<T>>>): Shape<T> {
  const names = Object.keys(members);
  return {
    check: (value, path) => {
      const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
      const name = isObject ? names.find((field) => Object.hasOwn(value, field)) : undefined;
      if (name === undefined) return refuse(path, `an object with one of ${names.join(", ")}`);
      return (members[name] as Shape<T>).check(value, path);
    },
    schema: { oneOf: Object.values(members).map((member) => member.schema) },
  };
}

/** A shape with a further rule, given as a sentence part ("… must be <expected>") or null when it holds. */
export function rule<T>(
  inner: Shape<T>,
  broken: (value: T) => { path: string; expected: string } | null,
): Shape<T> {
  return {
    check: (value, path) => {
      const checked = inner.check(value, path);
      const problem = broken(checked);
      return problem === null ? checked : refuse(path + problem.path, problem.expected);
    },
    schema: inner.schema,
  };
}

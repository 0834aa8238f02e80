/**
 * JSON with one spelling: RFC 8785 (JCS). What is signed, hashed or logged is the canonical bytes, and a parser
 * here takes nothing else, so no two byte strings are the same object and a hash names exactly one of them.
 *
 * The guarantee of `parseCanonical` does not rest on JSON.parse being strict: whatever it makes of the input is
 * written out again by `canonicalize`, and the two texts must be equal. Duplicate keys, white space, needless
 * escapes, other spellings of a number and a byte order mark all fall to that one comparison.
 *
 * The input bytes are an attacker's. A key `__proto__` is an own property like any other (JSON.parse defines it
 * so); code that copies fields must take them one by one by name, as the strict readers of this package do.
 *
 * NFC is that of the engine's Unicode version. Normalisation of assigned characters never changes (UAX #15,
 * stability policy), so engines can differ only on characters newer than the older engine.
 */

import { isWellFormed, utf8Decode, utf8Encode } from "./bytes.ts";
import { CoreError } from "./errors.ts";

export type JsonValue = null | boolean | number | string | JsonValue[] | JsonObject;
export type JsonObject = { readonly [key: string]: JsonValue };

/** Arrays and objects may stand inside each other this deep; `[]` alone is 1. */
export const MAX_JSON_DEPTH = 32;

/**
 * The canonical text of a value: keys by UTF-16 code unit, numbers as ECMAScript writes them, -0 as 0.
 * Throws CoreError `not-json` for NaN, infinities, undefined, functions, symbols, bigints, array holes, lone
 * surrogates and any object that is not plain (Date, Uint8Array, Map, class instances); `too-deep` beyond
 * MAX_JSON_DEPTH, and so for a cycle. Does not ask for NFC: RFC 8785 passes strings through unchanged.
 */
export function canonicalize(value: JsonValue): string {
  // Where keys already stand in order, the engine's own writer is RFC 8785 (it is defined by that writer) and
  // several times quicker. Otherwise, among others for keys like "10" and "9" that engines put in numeric order:
  return inspect(value, 0) ? JSON.stringify(value) : write(value);
}

/**
 * The canonical bytes of a value, of which `parseCanonical` makes the value again. Throws as `canonicalize`
 * does, and CoreError `not-nfc` when a string or key is not in NFC.
 */
export function encodeCanonical(value: JsonValue): Uint8Array {
  const text = canonicalize(value);
  const bytes = utf8Encode(text);
  if (bytes.length !== text.length) requireNfc(value, text);
  return bytes;
}

/**
 * Reads canonical JSON of at most `maxBytes` bytes. Throws CoreError `too-large` before anything is read,
 * `bad-encoding` for invalid UTF-8, `too-deep` beyond MAX_JSON_DEPTH, `not-nfc` when a string or key is not in
 * NFC, and `not-canonical` for everything that is not byte for byte the canonical form of what it says.
 */
export function parseCanonical(bytes: Uint8Array, maxBytes: number): JsonValue {
  if (!(bytes.length <= maxBytes)) {
    throw new CoreError("too-large", `Keep the JSON within ${maxBytes} bytes; this has ${bytes.length}.`);
  }
  // Decoding is injective (fatal, byte order mark kept), so equal text below means equal bytes.
  const text = utf8Decode(bytes);
  let value: JsonValue;
  try {
    value = JSON.parse(text) as JsonValue;
  } catch {
    throw notCanonical();
  }
  if (canonicalText(value) !== text) throw notCanonical();
  // UTF-8 is as long as its text exactly when it is all ASCII, and ASCII is NFC.
  if (bytes.length !== text.length) requireNfc(value, text);
  return value;
}

/**
 * `canonicalize`, where the value came from JSON.parse: an infinity or lone surrogate is a fault of the input.
 */
function canonicalText(value: JsonValue): string {
  try {
    return canonicalize(value);
  } catch (error) {
    if (error instanceof CoreError && error.code === "not-json") throw notCanonical();
    throw error;
  }
}

/**
 * Refuses what JSON cannot hold. Returns whether every object already enumerates its keys in canonical order.
 */
function inspect(value: unknown, depth: number): boolean {
  switch (typeof value) {
    case "string":
      requireWellFormed(value);
      return true;
    case "number":
      if (!Number.isFinite(value)) throw notJson("a number that is not finite");
      return true;
    case "boolean":
      return true;
    case "object":
      if (value === null) return true;
      break;
    default:
      throw notJson(`a ${typeof value}`);
  }
  if (depth === MAX_JSON_DEPTH) {
    throw new CoreError("too-deep", `Nest arrays and objects at most ${MAX_JSON_DEPTH} deep.`);
  }
  // JSON.stringify would call it and write something else than what was inspected.
  if (typeof (value as { toJSON?: unknown }).toJSON === "function")
    throw notJson("an object with a toJSON method");
  return Array.isArray(value) ? inspectArray(value, depth + 1) : inspectObject(value, depth + 1);
}

function inspectArray(items: readonly unknown[], depth: number): boolean {
  let ordered = true;
  for (let i = 0; i < items.length; i++) ordered = inspect(items[i], depth) && ordered;
  return ordered;
}

function inspectObject(object: object, depth: number): boolean {
  const prototype = Object.getPrototypeOf(object);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null)
    throw notJson("an object that is not plain");
  const fields = object as Record<string, unknown>;
  let ordered = true;
  let previous: string | undefined;
  for (const key of Object.keys(fields)) {
    requireWellFormed(key);
    // `<` on strings compares UTF-16 code units: the order of RFC 8785 section 3.2.3.
    if (previous !== undefined && !(previous < key)) ordered = false;
    previous = key;
    ordered = inspect(fields[key], depth) && ordered;
  }
  return ordered;
}

/** Writes an inspected value, sorting keys. */
function write(value: JsonValue): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(write).join(",")}]`;
  const object = value as JsonObject;
  const members = Object.keys(object)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${write(object[key]!)}`);
  return `{${members.join(",")}}`;
}

/**
 * `text` is the canonical text of `value`. If it is NFC as a whole, so is every string in it: NFC holds for
 * parts of an NFC text, and escaped characters compose with nothing. Not the other way round (a mark that
 * follows the `n` of an escaped line feed), hence the second look, string by string.
 */
function requireNfc(value: JsonValue, text: string): void {
  if (text.normalize("NFC") !== text) requireNfcStrings(value);
}

function requireNfcStrings(value: JsonValue): void {
  if (typeof value === "string") {
    if (value.normalize("NFC") !== value) {
      throw new CoreError("not-nfc", "Normalise all text to Unicode NFC before it is encoded.");
    }
  } else if (typeof value === "object" && value !== null) {
    if (!Array.isArray(value)) for (const key of Object.keys(value)) requireNfcStrings(key);
    for (const item of Object.values(value)) requireNfcStrings(item);
  }
}

function requireWellFormed(text: string): void {
  if (!isWellFormed(text)) throw notJson("text with half of a surrogate pair");
}

function notJson(what: string): CoreError {
  return new CoreError("not-json", `Leave out what JSON cannot hold: this value contains ${what}.`);
}

function notCanonical(): CoreError {
  return new CoreError(
    "not-canonical",
    "Write the JSON in its canonical form (RFC 8785): these bytes are another spelling.",
  );
}

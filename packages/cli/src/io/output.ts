/** Where the command writes: results to standard output, everything said to a person to standard error. */
import { canonicalize, type JsonValue } from "@undersigned/core";

// Text from manifests and servers: nothing in it may move the cursor, change colours or reverse the line.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const UNPRINTABLE = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g;

/** The text with whatever would steer a terminal replaced; line feeds and tabs stay. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, "\ufffd");
}

/** A line for the person who runs the command. */
export function say(text: string): void {
  process.stderr.write(`${printable(text)}\n`);
}

/** Lines of a result. */
export function print(...lines: readonly string[]): void {
  process.stdout.write(lines.map((line) => `${printable(line)}\n`).join(""));
}

/** A result for a program: one line of canonical JSON with `json`, else the lines. */
export function printResult(json: boolean, value: object, lines: readonly string[]): void {
  if (json) process.stdout.write(`${canonicalize(value as JsonValue)}\n`);
  else print(...lines);
}

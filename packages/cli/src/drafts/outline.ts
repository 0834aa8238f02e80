/** What drafting a workforce and drafting a letter share. The outline is a file of the organiser's own. */
import {
  CoreError,
  encodeCanonical,
  type JsonObject,
  type JsonValue,
  type Shape,
  tidy,
} from "@undersigned/core";
import { CliError } from "../errors.ts";

export interface Draft {
  /** Canonical bytes, as they are published. */
  readonly file: Uint8Array;
  /** Names of the fields that the outline left out. */
  readonly filled: readonly string[];
}

/** Throws `file-malformed` unless the outline is a JSON object. */
export function requireObject(outline: JsonValue): JsonObject {
  if (typeof outline === "object" && outline !== null && !Array.isArray(outline)) return outline;
  throw new CliError("file-malformed", "An outline is a JSON object: { … }.");
}

/** The outline with `defaults` for what it leaves out; all text in NFC and with line feeds only. */
export function fillIn(outline: JsonObject, defaults: JsonObject): { draft: JsonObject; filled: string[] } {
  const filled = Object.keys(defaults).filter((name) => !Object.hasOwn(outline, name));
  return { draft: tidy({ ...defaults, ...outline }) as JsonObject, filled: filled.sort() };
}

/** The canonical file. Throws `file-malformed` with the field that a manifest cannot have. */
export function finish<T>(draft: JsonObject, filled: readonly string[], shape: Shape<T>): Draft {
  try {
    shape.check(draft, "");
    return { file: encodeCanonical(draft), filled };
  } catch (error) {
    if (!(error instanceof CoreError)) throw error;
    throw new CliError("file-malformed", `The outline does not make a manifest. ${error.message}`);
  }
}

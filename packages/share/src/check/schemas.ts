/** The schemas of formats that are not ours (schemas/SOURCE.md), and the programs that hold files against them: libxml2 and Ajv. */
import { readFileSync } from "node:fs";
import { Ajv, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";
import { ParseOption, RelaxNGValidator, XmlDocument, XmlLibError } from "libxml2-wasm";

function read(name: string): string {
  return readFileSync(new URL(`../../schemas/${name}`, import.meta.url), "utf8");
}

const grammars = new Map<string, RelaxNGValidator>();
const validators = new Map<string, ValidateFunction>();

/**
 * What is wrong with an XML file, in libxml2's words, which may quote it; then `more`, asked of a file that fits its grammar. Entities are
 * not replaced, nothing is fetched.
 */
export function xmlProblems(
  grammar: string,
  text: string,
  more: (file: XmlDocument) => readonly string[],
): string[] {
  let file: XmlDocument | null = null;
  try {
    file = XmlDocument.fromString(text, { option: ParseOption.XML_PARSE_NONET });
    grammarOf(grammar).validate(file);
    return [...more(file)];
  } catch (error) {
    if (error instanceof XmlLibError) return [error.message.trim()];
    throw error;
  } finally {
    file?.dispose();
  }
}

/** Kept: a grammar is compiled once a process. */
function grammarOf(name: string): RelaxNGValidator {
  const known = grammars.get(name);
  if (known !== undefined) return known;
  using source = XmlDocument.fromString(read(name));
  const grammar = RelaxNGValidator.fromDoc(source);
  grammars.set(name, grammar);
  return grammar;
}

/** What is wrong with a JSON file, in Ajv's words: places and rules, not contents. */
export function jsonProblems(schema: string, text: string): string[] {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch {
    return ["This is no JSON."];
  }
  const validate = validatorOf(schema);
  if (validate(file)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath || "/"} ${message}`);
}

function validatorOf(name: string): ValidateFunction {
  const known = validators.get(name);
  if (known !== undefined) return known;
  const ajv = new Ajv({ allErrors: true, strict: true, strictRequired: false, allowUnionTypes: true });
  addFormats.default(ajv);
  const validate = ajv.compile(JSON.parse(read(name)));
  validators.set(name, validate);
  return validate;
}

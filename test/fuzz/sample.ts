/**
 * A value of a shape, from its JSON Schema: what a fuzzer starts from. Rules beyond the schema are not known here, so a
 * shape may refuse its sample; such shapes get theirs from the worked example in interop/.
 */
import type { JsonValue } from "@undersigned/core";

type Schema = Readonly<Record<string, unknown>>;

/** Patterns that no run of one letter matches. */
const BY_PATTERN: readonly (readonly [RegExp, string])[] = [
  [/^\^\[2-9\]/, "2026-05-01"],
  [/https\?/, "https://board.example.com"],
  [/undersigned-log/, `undersigned-log/${"0".repeat(64)}`],
  [/_domainkey/, "s1._domainkey.example.com"],
  [/@\[a-z0-9/, "notices@example.com"],
  [/\(\?=\.\{3,253\}\$\)/, "example.com"],
  [/\\d\{8\}/, "12345678"],
  [/\[A-Za-z\]\{2,8\}/, "en"],
  [/\[a-z0-9-\]\{0,39\}/, "too-slow"],
];

export function sample(schema: Schema): JsonValue {
  if ("const" in schema) return schema.const as JsonValue;
  if ("enum" in schema) return (schema.enum as JsonValue[])[0] as JsonValue;
  const choices = (schema.oneOf ?? schema.anyOf) as Schema[] | undefined;
  if (choices !== undefined) return sample(choices[0] as Schema);
  switch (schema.type) {
    case "object":
      return Object.fromEntries(
        Object.entries(schema.properties as Record<string, Schema>).map(([name, one]) => [name, sample(one)]),
      );
    case "array":
      return sampleList(schema);
    case "integer":
      return schema.minimum as number;
    case "boolean":
      return true;
    default:
      return sampleText(schema);
  }
}

/** All members of a union, each as a sample of its own. */
export function samples(schema: Schema): JsonValue[] {
  const choices = (schema.oneOf ?? schema.anyOf) as Schema[] | undefined;
  if (choices !== undefined) return choices.flatMap(samples);
  if (schema.type !== "object") return [sample(schema)];
  const whole = sample(schema) as Record<string, JsonValue>;
  const varied = Object.entries(schema.properties as Record<string, Schema>).flatMap(([name, one]) =>
    samples(one)
      .slice(1)
      .map((value) => ({ ...whole, [name]: value })),
  );
  return [whole, ...varied];
}

function sampleList(schema: Schema): JsonValue[] {
  const items = schema.items as Schema;
  const length = Math.max(schema.minItems as number, Math.min(1, schema.maxItems as number));
  const item = sample(items);
  // Lists of slots are the ones whose items must differ.
  const numbered = typeof item === "object" && item !== null && !Array.isArray(item) && "slot" in item;
  return Array.from({ length }, (_, slot) => (numbered ? { ...item, slot } : item));
}

function sampleText({ pattern, minLength }: Schema): string {
  if (pattern !== undefined) {
    const known = BY_PATTERN.find(([mark]) => mark.test(pattern as string));
    if (known !== undefined) return known[1];
    // Base64url of a fixed length ends in a class of letters that has A among them.
    return "A".repeat((minLength as number | undefined) ?? 4);
  }
  return "a".repeat(Math.max(1, minLength as number));
}

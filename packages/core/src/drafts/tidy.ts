/** Text as formats want it, from text as people and editors write it. */
import type { JsonObject, JsonValue } from "../canonical-json.ts";

/** All text of a value in NFC and with line feeds only: editors write other line ends and other compositions of the same letters. */
export function tidy(value: JsonValue): JsonValue {
  if (typeof value === "string") return value.replace(/\r\n?/g, "\n").toWellFormed().normalize("NFC");
  if (Array.isArray(value)) return value.map(tidy);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, tidy(item)]));
}

/** A list of text sorted as the formats want it, each once; anything else as it is, for a shape to refuse. */
export function sortedSet(value: JsonValue | undefined): JsonValue {
  if (!Array.isArray(value) || !value.every((item) => typeof item === "string")) return value ?? null;
  return [...new Set(value as string[])].sort();
}

/** A list of objects sorted by one of their fields; anything else as it is. */
export function sortedBy(value: JsonValue | undefined, field: string): JsonValue {
  if (!Array.isArray(value)) return value ?? null;
  const key = (item: JsonValue) => String((item as JsonObject | null)?.[field] ?? "");
  return [...value].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}

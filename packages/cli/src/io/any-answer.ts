/** The answer to a request whose effect is looked for in the log: only that it is JSON matters. */
import type { JsonValue, Shape } from "@undersigned/core";

export const anyAnswer: Shape<JsonValue> = {
  check: (value) => value ?? null,
  schema: {},
};

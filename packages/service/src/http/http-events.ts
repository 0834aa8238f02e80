/** What the HTTP layer logs: that a request failed inside the server, which route it was and of what sort. Never more. */
import { SERVICE_ERROR_CODES, ServiceError } from "../errors.ts";
import { defineEvents } from "../log-line.ts";

const KINDS = [
  "type-error",
  "range-error",
  "syntax-error",
  "system-error",
  "database-error",
  "other-error",
] as const;

export const httpEvents = defineEvents({
  /** `route`: the number that /openapi.json gives the route as `x-route`, or -1. */
  "http-failure": { route: "count", kind: [...KINDS, ...SERVICE_ERROR_CODES] },
});

export type FailureKind = (typeof httpEvents)["http-failure"]["kind"][number];

/** The sort of an error, from its class and its code and never from its message. */
export function failureKind(error: unknown): FailureKind {
  if (error instanceof ServiceError) return error.code;
  if (error instanceof TypeError) return "type-error";
  if (error instanceof RangeError) return "range-error";
  if (error instanceof SyntaxError) return "syntax-error";
  const code = error instanceof Error ? (error as { code?: unknown }).code : undefined;
  if (typeof code !== "string") return "other-error";
  if (code === "ERR_SQLITE_ERROR" || /^[0-9A-Z]{5}$/.test(code)) return "database-error";
  return /^E[A-Z]+$/.test(code) ? "system-error" : "other-error";
}

/**
 * From anything that was thrown to an answer that is safe to send. Only errors whose messages are known to hold no
 * values get their message out: this package's, those whose code the server has listed, and what a schema says about
 * itself. Everything else is `internal` and says nothing.
 */
import type { FastifySchemaValidationError } from "fastify";
import { ServiceError } from "../errors.ts";

/** The body of an error's answer: {"code","message","type":"error","v":1}. */
export type Refusal = {
  status: number;
  code: string;
  message: string;
  retryAfterSeconds?: number | undefined;
};

/** HTTP status by error code, for errors of other packages. */
export type ErrorStatus = Readonly<Record<string, number>>;

const FASTIFY: Readonly<Record<string, ServiceError>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: new ServiceError("too-large", "The request is larger than this address takes."),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: new ServiceError(
    "unsupported-media-type",
    "Send the body as application/json.",
  ),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: new ServiceError(
    "bad-request",
    "The request's length is not the one that it states.",
  ),
  FST_ERR_BAD_URL: new ServiceError("bad-request", "The address is not a valid URL."),
  FST_ERR_MAX_PARAM_LENGTH: new ServiceError("uri-too-long", "The address is too long."),
};

const INTERNAL: Refusal = {
  status: 500,
  code: "internal",
  message: "The server failed to answer. Try again later; what was sent may not have been kept.",
};

/** The answer to an error. An `internal` one is to be logged, by kind. */
export function refusalOf(error: unknown, errorStatus: ErrorStatus): Refusal {
  if (error instanceof ServiceError) return fromServiceError(error);
  if (!(error instanceof Error)) return INTERNAL;
  const { code, validation, validationContext } = error as {
    code?: unknown;
    validation?: unknown;
    validationContext?: unknown;
  };
  if (typeof code !== "string") return INTERNAL;
  if (Object.hasOwn(errorStatus, code)) return { status: errorStatus[code]!, code, message: error.message };
  if (Object.hasOwn(FASTIFY, code)) return fromServiceError(FASTIFY[code]!);
  if (code === "FST_ERR_VALIDATION" && Array.isArray(validation)) {
    return fromServiceError(describeMismatch(validation, String(validationContext)));
  }
  return INTERNAL;
}

function fromServiceError(error: ServiceError): Refusal {
  // 5xx codes are about the server's own house, except those that ask the caller to come again.
  if (error.status >= 500 && error.status !== 503) return INTERNAL;
  const { status, code, message, retryAfterSeconds } = error;
  return { status, code, message, retryAfterSeconds };
}

/**
 * Says where a request misses its schema and what is expected there: a JSON Pointer and a phrase made of the schema
 * alone. Names of fields that the schema does not know come from the caller and are left out, as is every value.
 */
function describeMismatch(errors: readonly FastifySchemaValidationError[], part: string): ServiceError {
  // "boolean" is what an unknown field's own schema, false, reports, under the unknown name.
  const known = errors.filter(
    ({ keyword, schemaPath }) => keyword !== "boolean" && !schemaPath.includes("patternProperties"),
  );
  // Of alternatives, each reports why it does not fit; the whole is the only thing true of all.
  const choices = known.filter(({ keyword }) => keyword === "anyOf" || keyword === "oneOf");
  const shortest = choices.sort((a, b) => a.instancePath.length - b.instancePath.length)[0];
  const error = shortest ?? known[0];
  if (error === undefined)
    return new ServiceError("bad-request", `The ${part} does not have the form that is expected here.`);
  const place = error.instancePath === "" ? `The ${part}` : `The field ${error.instancePath} of the ${part}`;
  return new ServiceError("bad-request", `${place} ${phrase(error)}.`);
}

function phrase({ keyword, message }: FastifySchemaValidationError): string {
  if (keyword === "anyOf" || keyword === "oneOf")
    return "must have one of the forms that are described for it";
  if (keyword === "additionalProperties" || keyword === "unevaluatedProperties")
    return "must not have unknown fields";
  return SCHEMA_ONLY.has(keyword)
    ? (message ?? "must have the form that is expected")
    : "must have the form that is expected";
}

/** Keywords whose messages TypeBox makes from the schema and nothing of the value. */
const SCHEMA_ONLY = new Set([
  "const",
  "enum",
  "exclusiveMaximum",
  "exclusiveMinimum",
  "format",
  "maxItems",
  "maxLength",
  "maxProperties",
  "maximum",
  "minItems",
  "minLength",
  "minProperties",
  "minimum",
  "multipleOf",
  "pattern",
  "required",
  "type",
  "uniqueItems",
]);

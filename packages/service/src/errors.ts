/**
 * The one error class of this package. `code` is for programs and `message` for a person, who reads in it what to do
 * next. A message never holds personal data, a path, a key, a code, a token or a value out of a request.
 */

/** Every code with the HTTP status that it has when a request handler throws it. */
const STATUS = {
  "bad-request": 400,
  "bad-encoding": 400,
  "not-json": 400,
  "not-canonical": 400,
  "not-nfc": 400,
  "too-deep": 400,
  "https-required": 403,
  "cross-site": 403,
  "not-found": 404,
  "method-not-allowed": 405,
  "request-timeout": 408,
  "too-large": 413,
  "uri-too-long": 414,
  "unsupported-media-type": 415,
  "expectation-failed": 417,
  "too-many-requests": 429,
  "headers-too-large": 431,
  internal: 500,
  unavailable: 503,
  "database-busy": 503,

  "bad-database-url": 500,
  "bad-parameter": 500,
  "database-in-use": 500,
  "database-unavailable": 500,
  "integer-too-large": 500,
  "lock-taken": 500,
  "migration-mismatch": 500,
  "nested-query": 500,
  "not-exclusive": 500,

  "bad-configuration": 500,
  "bad-route": 500,
  "https-needed": 500,

  "open-to-others": 500,
  "key-file-damaged": 500,
  "key-file-exists": 500,
  "key-file-missing": 500,
  "lock-ambiguous": 500,
  "lock-unreadable": 500,
  locked: 500,
  "wrong-passphrase": 500,

  "log-refused": 500,
} as const;

export type ServiceErrorCode = keyof typeof STATUS;

export class ServiceError extends Error {
  readonly code: ServiceErrorCode;
  /** The HTTP status of this error as an answer. */
  readonly status: number;
  /** Whole seconds for the `Retry-After` header of the answer. */
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ServiceErrorCode, message: string, options: { retryAfterSeconds?: number } = {}) {
    super(message);
    this.name = "ServiceError";
    this.code = code;
    this.status = STATUS[code];
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

export const SERVICE_ERROR_CODES = Object.keys(STATUS) as readonly ServiceErrorCode[];

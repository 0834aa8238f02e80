/** Request bodies: canonical JSON and nothing else, so that what was signed, hashed and sent are the same bytes. */
import { CoreError, type JsonValue, parseCanonical } from "@undersigned/core";
import { ServiceError, type ServiceErrorCode } from "../errors.ts";

const MESSAGES = {
  "bad-encoding": "Send the body as UTF-8.",
  "not-canonical":
    "Send the body in the canonical form of RFC 8785: keys in order, no white space, each key once.",
  "not-nfc": "Send all text in Unicode NFC.",
  "too-deep": "Send a body that is nested less deeply.",
  "too-large": "The request is larger than this address takes.",
} as const satisfies Partial<Record<ServiceErrorCode, string>>;

/** Throws `not-json`, or one of the codes above. No message quotes the body, which JSON.parse's own would. */
export function parseJsonBody(bytes: Uint8Array, maxBytes: number): JsonValue {
  try {
    return parseCanonical(bytes, maxBytes);
  } catch (error) {
    const code = error instanceof CoreError ? error.code : undefined;
    if (code === "not-canonical" && !isJson(bytes))
      throw new ServiceError("not-json", "Send the body as JSON.");
    for (const [known, message] of Object.entries(MESSAGES)) {
      if (code === known) throw new ServiceError(known as keyof typeof MESSAGES, message);
    }
    throw error;
  }
}

function isJson(bytes: Uint8Array): boolean {
  try {
    JSON.parse(new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes));
    return true;
  } catch {
    return false;
  }
}

/**
 * What a request's `work` holds (PROTOCOL §9, Work): JSON text of a challenge, as the registrar made it, and a counter.
 *
 *     {"challenge": {"parameters": {…}, "signature": 32 bytes in hex}, "solution": {"counter", "derivedKey": hex}}
 *
 * An attacker controls all of it. The shape keeps whatever is odd away from the library, which then trusts the
 * parameters only under the registrar's own signature.
 */
import { type Infer, type JsonValue, shape } from "@undersigned/core";

const hex = (length: number) => shape.matching(/^[0-9a-f]+$/, length, "lower-case hexadecimal digits");

const solvedWork = shape.object({
  challenge: shape.object({
    parameters: shape.object({
      algorithm: shape.literal("SHA-256"),
      cost: shape.integer(1, 65_535),
      data: shape.object({ until: shape.integer() }),
      keyLength: shape.literal(32),
      keyPrefix: hex(64),
      nonce: hex(32),
      salt: hex(32),
    }),
    signature: hex(64),
  }),
  solution: shape.object({ counter: shape.integer(0, 2 ** 32 - 1), derivedKey: hex(64) }),
});
export type SolvedWork = Infer<typeof solvedWork>;

/** Null for what does not have the form. */
export function readSolvedWork(text: string): SolvedWork | null {
  try {
    return solvedWork.check(JSON.parse(text) as JsonValue, "");
  } catch {
    return null;
  }
}

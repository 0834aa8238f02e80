/**
 * Codes of mailbox evidence (PROTOCOL §9): eight digits that are derived and never stored, so that they survive a restart
 * and no disk holds them.
 *
 *     window = floor(milliseconds since 1970 / 300,000)
 *     code   = HMAC-SHA-256(code key, M("code", {mailbox, requests, window})), its first 16 bytes as a number mod 10^8
 *
 * A code is good in its own window and the two after it: at least 10 and at most 15 minutes. What an attacker
 * without the mailbox has is guessing; code-guard.ts bounds it.
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import { bytesToBigInt, domainMessage, encodeCanonical } from "@undersigned/core";

export const WINDOW_MS = 300_000;
/** The present window and those before it whose codes still count. */
export const WINDOWS = 3;

/** What is promised to a person; a code may live up to five minutes longer. */
export const CODE_MINUTES = 10;

export function codeWindow(now: number): number {
  return Math.floor(now / WINDOW_MS);
}

/** `mailbox` is canonical, `requests` the hash that the reservation names. The bias of the reduction is below 2^-101. */
export function deriveCode(codeKey: Uint8Array, mailbox: string, requests: string, window: number): string {
  const message = domainMessage("code", encodeCanonical({ mailbox, requests, window }));
  const mac = createHmac("sha256", codeKey).update(message).digest();
  return String(bytesToBigInt(mac.subarray(0, 16)) % 100_000_000n).padStart(8, "0");
}

/** Whether it is the code of the window given or of one of the two before it. */
export function matchesCode(
  codeKey: Uint8Array,
  mailbox: string,
  requests: string,
  code: string,
  window: number,
): boolean {
  const given = Buffer.from(code, "latin1");
  let found = false;
  // Every window is compared, so that the time taken does not tell which one matched.
  for (let back = 0; back < WINDOWS; back++) {
    const expected = Buffer.from(deriveCode(codeKey, mailbox, requests, window - back), "latin1");
    const equal = given.length === expected.length && timingSafeEqual(given, expected);
    found = equal || found;
  }
  return found;
}

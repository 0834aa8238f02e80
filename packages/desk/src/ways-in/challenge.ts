/**
 * Challenges for the ways in. The board keeps none: 16 random bytes, the millisecond until which it is good (6 bytes), and
 * an HMAC-SHA256 over both under a key of the desk. So any process of a board knows the challenges of every other.
 */
import { timingSafeEqual } from "node:crypto";
import { concatBytes, decodeBase64url, encodeBase64url, hmacSha256, randomBytes } from "@undersigned/core";
import type { Desk } from "../desk.ts";
import { DeskError } from "../errors.ts";

const LASTS_MS = 5 * 60_000;
const RANDOM = 16;
const UNTIL = 6;
const MAC = 32;

export function makeChallenge(desk: Desk): string {
  const until = Buffer.alloc(UNTIL);
  until.writeUIntBE(desk.clock.now() + LASTS_MS, 0, UNTIL);
  const body = concatBytes(randomBytes(RANDOM), until);
  return encodeBase64url(concatBytes(body, macOf(desk, body)));
}

/** Throws `challenge-over` for one that this board did not make, or whose time is up. */
export function requireChallenge(desk: Desk, challenge: string): void {
  const all = bytesOf(challenge);
  const body = all.subarray(0, RANDOM + UNTIL);
  const isOurs =
    all.length === RANDOM + UNTIL + MAC && timingSafeEqual(all.subarray(-MAC), macOf(desk, body));
  if (isOurs && Buffer.from(body).readUIntBE(RANDOM, UNTIL) >= desk.clock.now()) return;
  throw new DeskError("challenge-over", "That took longer than five minutes: try again.");
}

function bytesOf(challenge: string): Uint8Array {
  try {
    return decodeBase64url(challenge, RANDOM + UNTIL + MAC);
  } catch {
    return new Uint8Array();
  }
}

function macOf(desk: Desk, body: Uint8Array): Uint8Array {
  return hmacSha256(desk.deskKey("challenge"), body);
}

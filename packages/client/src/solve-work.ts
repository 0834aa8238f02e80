/**
 * Solves a registrar's proof of work (PROTOCOL §9; decision 11). A module of its own, so that a page can run it on
 * another thread and load it only then.
 *
 * The challenge is the registrar's own text and may be hostile: what it can cost is bounded by hashes and by time, not by
 * what it says about itself.
 */
import { sha256 } from "@undersigned/core";
import { type Challenge, solveChallenge } from "altcha-lib";
import { ClientError } from "./errors.ts";

/** About ten seconds of a telephone, and one of a computer; an honest registrar asks for a fraction. */
const MAX_HASHES = 4_000_000;
const MAX_MS = 120_000;
const HEX = /^(?:[0-9a-f]{2}){1,64}$/;
const PREFIX = /^[0-9a-f]{1,64}$/;

/**
 * The solution as the registrar takes it in `work`. Throws ClientError `work-failed` for a challenge that is not of the
 * kind that is specified, `work-too-hard` where it takes more than a device should do (`maxHashes`), and the signal's reason.
 */
export async function solveWork(text: string, signal?: AbortSignal, maxHashes = MAX_HASHES): Promise<string> {
  const challenge = parseChallenge(text);
  const { cost } = challenge.parameters;
  const controller = new AbortController();
  const stop = () => controller.abort();
  signal?.addEventListener("abort", stop, { once: true });
  let hashes = 0;
  try {
    signal?.throwIfAborted();
    const solution = await solveChallenge({
      challenge,
      controller,
      timeout: MAX_MS,
      deriveKey: async ({ keyLength = 32 }, salt, password) => {
        hashes += cost;
        if (hashes > maxHashes) stop();
        let derived: Uint8Array = joined(salt, password);
        for (let i = 0; i < cost; i++) derived = sha256(derived);
        return { derivedKey: new Uint8Array(derived.subarray(0, keyLength)) };
      },
    });
    signal?.throwIfAborted();
    if (solution === null) throw tooHard();
    const { counter, derivedKey } = solution;
    // Without the time that it took: that would tell one device from another.
    return JSON.stringify({ challenge, solution: { counter, derivedKey } });
  } finally {
    signal?.removeEventListener("abort", stop);
  }
}

function parseChallenge(text: string): Challenge {
  let challenge: Challenge;
  try {
    challenge = JSON.parse(text) as Challenge;
  } catch {
    throw unknownKind();
  }
  const { algorithm, cost, keyLength = 32, keyPrefix, nonce, salt } = challenge?.parameters ?? {};
  const known =
    algorithm === "SHA-256" &&
    [keyPrefix, nonce, salt].every((hex) => typeof hex === "string") &&
    PREFIX.test(keyPrefix) &&
    HEX.test(nonce) &&
    HEX.test(salt) &&
    Number.isInteger(cost) &&
    cost >= 1 &&
    keyLength === 32;
  if (!known) throw unknownKind();
  if (cost > MAX_HASHES) throw tooHard();
  return challenge;
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

function tooHard(): ClientError {
  return new ClientError(
    "work-too-hard",
    "This registrar asks for more work than a device should do. Go on without it, and tell whoever runs it.",
  );
}

function unknownKind(): ClientError {
  return new ClientError(
    "work-failed",
    "This registrar asks for work of a kind that is not specified. Go on without it, and tell whoever runs it.",
  );
}

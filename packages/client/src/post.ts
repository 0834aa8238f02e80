/**
 * One request and its answer, both canonical JSON (PROTOCOL §9). Everything sent derives from the phrase or is
 * idempotent at the server, so what may not have arrived is simply sent again, byte for byte: no answer, an answer
 * cut short and 5xx are tried again a few times; 4xx is the server's decision and is not.
 *
 * The server is not trusted: answers are bounded, must be canonical and of the expected shape; redirects are refused,
 * because they would hand a mailbox or a code to an address that nobody vouched for. The browser sends no cookie and
 * no referrer and keeps nothing.
 */
import {
  CoreError,
  encodeCanonical,
  errorAnswer,
  type JsonValue,
  parseCanonical,
  type Shape,
} from "@undersigned/core";
import { addressBelow } from "./address.ts";
import { ClientError } from "./errors.ts";

/** What of the platform's `fetch` is used. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface Sending {
  readonly fetch: Fetch;
  /** How often one request is sent at most; 5 if left out. */
  readonly attempts?: number | undefined;
  /** Milliseconds until an answer must be complete; 15,000 if left out, 45,000 at registrars. */
  readonly timeoutMs?: number | undefined;
  /** How often that time may run out before no more is tried; as often as it is sent if left out, once at registrars. */
  readonly timeouts?: number | undefined;
  /** Breaks it off: what is thrown is the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Most bytes of an answer; 65,536 if left out. */
  readonly maxAnswerBytes?: number | undefined;
  /** Waits that many milliseconds; the platform's timer if left out. */
  readonly wait?: ((ms: number) => Promise<void>) | undefined;
}

const MAX_ANSWER_BYTES = 64 * 1024;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 8000;
/** Before the next try, `attempt` having been made. */
export const pauseAfter = (attempt: number): number =>
  Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), LONGEST_PAUSE_MS);
const REMOTE_CODE = /^[a-z0-9][a-z0-9-]{0,63}$/;

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** A complete answer: its status and its bytes. */
interface Answer {
  readonly status: number;
  readonly bytes: Uint8Array;
}

/**
 * POSTs `body` to `path` below `base` and returns the answer as `shape` has it.
 * Throws ClientError `address-refused`, `refused` (4xx, with the server's code and sentence), `no-answer` when all
 * attempts were used up, and `answer-malformed` for a 2xx that is not what was asked for; and the reason of a signal
 * that broke it off.
 */
export function post<T>(
  base: string,
  path: string,
  body: JsonValue,
  shape: Shape<T>,
  sending: Sending,
): Promise<T> {
  return send(base, path, { method: "POST", body: encodeCanonical(body) }, shape, sending);
}

/** GETs `path` below `base`. Throws as `post` does. */
export function get<T>(base: string, path: string, shape: Shape<T>, sending: Sending): Promise<T> {
  return send(base, path, { method: "GET", body: null }, shape, sending);
}

interface Request {
  readonly method: "GET" | "POST";
  readonly body: Uint8Array | null;
}

async function send<T>(
  base: string,
  path: string,
  request: Request,
  shape: Shape<T>,
  sending: Sending,
): Promise<T> {
  const url = addressBelow(base, path);
  const { attempts = 5, timeouts = attempts, wait = pause, maxAnswerBytes = MAX_ANSWER_BYTES } = sending;
  let ranOut = 0;
  for (let attempt = 1; ; attempt++) {
    sending.signal?.throwIfAborted();
    const answer = await once(url, request, sending);
    if (typeof answer === "object" && answer.status < 500) return read(answer, shape, maxAnswerBytes);
    if (answer === "out-of-time") ranOut++;
    if (attempt >= attempts || ranOut >= timeouts) {
      throw new ClientError(
        "no-answer",
        "The server does not answer. Nothing is lost: do the same again later, and the same is sent again.",
        typeof answer === "object" ? { remote: remoteCode(answer), status: answer.status } : {},
      );
    }
    await wait(pauseAfter(attempt));
  }
}

/** A complete answer, or why there is none. */
async function once(
  url: string,
  { method, body }: Request,
  { fetch, signal, timeoutMs = 15_000, maxAnswerBytes = MAX_ANSWER_BYTES }: Sending,
): Promise<Answer | "lost" | "out-of-time"> {
  const abort = new AbortController();
  let outOfTime = false;
  const timer = setTimeout(() => {
    outOfTime = true;
    abort.abort();
  }, timeoutMs);
  const breakOff = () => abort.abort();
  signal?.addEventListener("abort", breakOff, { once: true });
  try {
    const response = await fetch(url, {
      method,
      ...(body !== null && { body: body as Uint8Array<ArrayBuffer> }),
      headers: { ...(body !== null && { "content-type": "application/json" }), accept: "application/json" },
      cache: "no-store",
      credentials: "omit",
      redirect: "error",
      referrerPolicy: "no-referrer",
      signal: abort.signal,
    });
    const bytes = await bounded(response, maxAnswerBytes);
    return { status: response.status, bytes };
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof ClientError) throw error;
    return outOfTime ? "out-of-time" : "lost";
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", breakOff);
  }
}

async function bounded(response: Response, maxBytes: number): Promise<Uint8Array> {
  if (response.body === null) return new Uint8Array();
  const reader = response.body.getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > maxBytes) {
      await reader.cancel();
      throw malformed();
    }
    parts.push(value);
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function read<T>(answer: Answer, shape: Shape<T>, maxBytes: number): T {
  if (answer.status >= 200 && answer.status < 300) {
    const value = parsed(answer.bytes, shape, maxBytes);
    if (value === null) throw malformed();
    return value;
  }
  const error = parsed(answer.bytes, errorAnswer);
  throw new ClientError(
    "refused",
    error === null
      ? "The server refused without saying why. Check its address."
      : `The server refused: ${error.message}`,
    { remote: remoteCode(answer), status: answer.status },
  );
}

function parsed<T>(bytes: Uint8Array, shape: Shape<T>, maxBytes = MAX_ANSWER_BYTES): T | null {
  try {
    return shape.check(parseCanonical(bytes, maxBytes), "");
  } catch (error) {
    if (error instanceof CoreError) return null;
    throw error;
  }
}

function remoteCode(answer: Answer): string | null {
  const error = parsed(answer.bytes, errorAnswer);
  return error !== null && REMOTE_CODE.test(error.code) ? error.code : null;
}

function malformed(): ClientError {
  return new ClientError(
    "answer-malformed",
    "The server's answer is not what the protocol says. Check its address, and tell whoever runs it.",
  );
}

/**
 * Public files over HTTP, from the board or any mirror. The server is not trusted; it may answer slowly, endlessly or not at
 * all. Requests carry nothing of the reader: no cookies, no referrer. What is not https goes to this machine only.
 */
import { VerifyError } from "./errors.ts";
import { type FileSource, requirePlainPath, tooLarge } from "./source.ts";

export interface HttpOptions {
  /** For a proxy or a test; the platform's own unless told. */
  readonly fetch?: typeof globalThis.fetch;
  /** For one file, from the request to its last byte; 30,000 unless told. */
  readonly timeoutMs?: number;
}

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** Whether files may be read from this URL: https, or http to this very machine; without user and password. */
function isAllowed({ protocol, hostname, username, password }: URL): boolean {
  if (username !== "" || password !== "") return false;
  return protocol === "https:" || (protocol === "http:" && LOOPBACK.test(hostname));
}

/** Null for what is no URL. `URL.parse` is younger than the browsers that this runs in. */
function urlOf(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

/**
 * `prefixUrl` is the log's prefix, with or without the slash at its end. Throws VerifyError `source-refused` for any other
 * URL than above. Bodies may be gzip: the platform decodes them, and the limits hold for what comes out.
 */
export function httpSource(prefixUrl: string, options: HttpOptions = {}): FileSource {
  const { fetch = globalThis.fetch, timeoutMs = 30_000 } = options;
  const prefix = urlOf(prefixUrl.endsWith("/") ? prefixUrl : `${prefixUrl}/`);
  if (prefix === null || !isAllowed(prefix) || prefix.search !== "" || prefix.hash !== "") {
    throw new VerifyError("source-refused", "Give an https address without password, query and fragment.");
  }
  return {
    read: async (path, maxBytes) => {
      requirePlainPath(path);
      const request: RequestInit = {
        credentials: "omit",
        // A redirect could lead to plain http or tell another server what is read.
        redirect: "error",
        referrerPolicy: "no-referrer",
        signal: AbortSignal.timeout(timeoutMs),
      };
      try {
        const response = await fetch(new URL(path, prefix), request);
        if (response.status === 404 || response.status === 410) {
          await response.body?.cancel();
          return null;
        }
        if (response.status !== 200) {
          await response.body?.cancel();
          throw unavailable(path, `it answered with status ${response.status}`);
        }
        return await readBody(response, path, maxBytes);
      } catch (error) {
        if (error instanceof VerifyError) throw error;
        throw unavailable(path, "it did not answer, not in time, or with a redirect");
      }
    },
  };
}

async function readBody(response: Response, path: string, maxBytes: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  const reader = response.body?.getReader();
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
    if (done || value === undefined) break;
    size += value.length;
    if (size > maxBytes) {
      await reader?.cancel();
      throw tooLarge(path, maxBytes);
    }
    parts.push(value);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function unavailable(path: string, why: string): VerifyError {
  return new VerifyError(
    "source-unavailable",
    `The server gave no ${path}: ${why}. Try again, or another mirror.`,
  );
}

/**
 * Files by a `fetch` that goes through a proxy of a person's own. The proxy resolves names and makes connections, so no address is
 * checked here: for a command that a person runs, never for a server. What comes is bounded as without one.
 */
import type { Fetched } from "@undersigned/service";
import type { AskFile } from "./visit.ts";

class TooLarge extends Error {}

/** `purpose` is what is said of who asks. */
export function askThrough(fetch: typeof globalThis.fetch, purpose: string): AskFile {
  return async (url, { head, mostBytes, withinMs }) => {
    const signal = AbortSignal.timeout(withinMs);
    try {
      const response = await fetch(url, {
        ...{ method: head ? "HEAD" : "GET", redirect: "manual", credentials: "omit", cache: "no-store" },
        headers: { "user-agent": `Undersigned (${purpose})` },
        signal,
      });
      const { status, headers, body } = response;
      if (response.type === "opaqueredirect" || (status >= 300 && status < 400)) {
        await body?.cancel();
        return { kind: "failure", why: "redirects" };
      }
      let bytes: Uint8Array = new Uint8Array();
      if (status === 200 && !head) bytes = await readUpTo(body, mostBytes);
      else await body?.cancel();
      return { kind: "answer", status, url, contentType: headers.get("content-type") ?? "", bytes };
    } catch (error) {
      return { kind: "failure", why: whyOf(error, signal) };
    }
  };
}

type Why = Extract<Fetched, { kind: "failure" }>["why"];

function whyOf(error: unknown, signal: AbortSignal): Why {
  if (error instanceof TooLarge) return "large";
  return signal.aborted ? "slow" : "unreachable";
}

/** As it is unpacked: a kilobyte can unpack to a gigabyte. */
async function readUpTo(body: ReadableStream<Uint8Array> | null, most: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let taken = 0;
  for await (const piece of body ?? []) {
    taken += piece.length;
    // Leaving the loop ends the connection.
    if (taken > most) throw new TooLarge();
    pieces.push(piece);
  }
  return new Uint8Array(Buffer.concat(pieces));
}

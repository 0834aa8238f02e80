/**
 * Asks a registrar at its address in the manifest. What is there may be down, lie, send for ever, or lead elsewhere: so no redirect is
 * followed, and time and size are bounded. Plain HTTP is for this machine only, since who reads along would learn what is asked.
 */
import { encodeCanonical, type JsonValue } from "@undersigned/core";

const TIMEOUT_MS = 10_000;

export interface RegistrarQuestion {
  /** Below the registrar's address. */
  readonly path: string;
  /** Posted as canonical JSON; null for a GET. */
  readonly request: JsonValue | null;
  readonly maxBytes: number;
}

/** The bytes of its answer, unchecked. Throws an Error of no particular kind for whatever is none. */
export async function askRegistrar(
  registrarUrl: string,
  { path, request, maxBytes }: RegistrarQuestion,
): Promise<Uint8Array> {
  const url = new URL(`${registrarUrl.replace(/\/$/, "")}/${path}`);
  const isLocal = ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
  if (url.protocol !== "https:" && !isLocal) throw new Error("plain HTTP to another machine");
  const response = await fetch(url, {
    headers: { accept: "application/json", ...(request !== null && { "content-type": "application/json" }) },
    ...(request !== null && { method: "POST", body: new Uint8Array(encodeCanonical(request)) }),
    redirect: "error",
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!response.ok || response.body === null) throw new Error("no answer");
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body) {
    length += part.length;
    if (length > maxBytes) throw new Error("too much");
    parts.push(part);
  }
  return new Uint8Array(Buffer.concat(parts));
}

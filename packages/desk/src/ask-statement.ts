/**
 * Asks a registrar for its key statement of an epoch (PROTOCOL §9), at the address in the manifest. A registrar may be down, lie, or
 * answer with anything: what is no statement of its own for this epoch counts as no answer. The board checks the rest.
 */
import { type KeyStatement, MAX_MANIFEST_BYTES, parseKeyStatement } from "@undersigned/core";

const TIMEOUT_MS = 10_000;

/** Null where there is none. Plain HTTP is for this machine only. */
export async function askStatement(
  registrarUrl: string,
  of: { readonly workforce: string; readonly epoch: number; readonly registrar: string },
): Promise<KeyStatement | null> {
  try {
    const statement = parseKeyStatement(
      await read(`${registrarUrl.replace(/\/$/, "")}/v1/statements/${of.epoch}`),
    );
    const fits =
      statement.workforce === of.workforce &&
      statement.epoch === of.epoch &&
      statement.registrar === of.registrar;
    return fits ? statement : null;
  } catch {
    return null;
  }
}

async function read(address: string): Promise<Uint8Array> {
  const url = new URL(address);
  const isLocal = ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
  if (url.protocol !== "https:" && !isLocal) throw new Error("plain HTTP to another machine");
  const response = await fetch(url, {
    headers: { accept: "application/json" },
    redirect: "error",
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!response.ok || response.body === null) throw new Error("no statement");
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body) {
    length += part.length;
    if (length > MAX_MANIFEST_BYTES) throw new Error("too much");
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** What tests by real commands share. */
import { once } from "node:events";
import { createServer } from "node:net";
import type { Finished } from "./run-command.ts";

/** Published: guards nothing but what tests make. It spares the passphrase's second of work at each call. */
export const IDENTITY = "AGE-SECRET-KEY-1PXCRP8XPN50C49TZQ6DF78ZYHF4SHRFV6SKCMEE6KRLJEH3JXFWSNKRW0D";

export const json = ({ stdout }: Finished) => JSON.parse(stdout);

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}

/** The eight digits in a mail as it was received. */
export function readCode(raw: string): string {
  return /\b(\d{8})\b/.exec(raw.slice(raw.indexOf("\r\n\r\n")))![1]!;
}

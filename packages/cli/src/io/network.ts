/**
 * `fetch`, directly or through a proxy. With a proxy nothing goes around it: names are resolved there, and a proxy
 * that does not answer is a failure, not a reason to connect directly.
 */
import type { Fetch } from "@undersigned/client";
import { CliError } from "../errors.ts";

/** Throws CliError `usage` for a proxy that is not http, https or socks5. */
export async function fetchThrough(proxy: string | undefined): Promise<Fetch> {
  if (proxy === undefined) return fetch;
  const undici = await import("undici");
  const protocol = URL.canParse(proxy) ? new URL(proxy).protocol : "";
  if (!["http:", "https:", "socks5:"].includes(protocol)) {
    throw new CliError("usage", "Give --proxy an address that begins with socks5://, http:// or https://.");
  }
  const dispatcher =
    protocol === "socks5:" ? new undici.Socks5ProxyAgent(proxy) : new undici.ProxyAgent(proxy);
  return ((url: string, init: RequestInit) =>
    undici.fetch(url, { ...(init as object), dispatcher })) as unknown as Fetch;
}

/** The same for @undersigned/verify, which takes the platform's `fetch`. */
export async function fetchFor({ proxy }: { readonly proxy?: string }): Promise<typeof globalThis.fetch> {
  return (await fetchThrough(proxy)) as typeof globalThis.fetch;
}

/** Asks DNS for TXT records. Whoever answers is believed: the machine's resolver has to check DNSSEC (RUNNING_A_REGISTRAR). */
import { Resolver } from "node:dns/promises";

/** The texts of the name's TXT records, the strings of each joined; none where DNS says so. Rejects where it does not answer. */
export type LookUpTxt = (name: string) => Promise<readonly string[]>;

const TIMEOUT_MS = 5_000;
const TRY_MS = 2_000;
/** The name does not exist, or has no record of this type. */
const NONE = ["ENOTFOUND", "ENODATA"];

/** By the machine's own resolvers, or by `servers` (addresses, with a port if need be). `timeoutMs` is for the whole. */
export function dnsLookup(
  options: { readonly servers?: readonly string[]; readonly timeoutMs?: number } = {},
): LookUpTxt {
  const { servers, timeoutMs = TIMEOUT_MS } = options;
  return async (name) => {
    const resolver = new Resolver({ timeout: Math.min(TRY_MS, timeoutMs), tries: 2 });
    if (servers !== undefined) resolver.setServers(servers);
    const timer = setTimeout(() => resolver.cancel(), timeoutMs);
    try {
      return (await resolver.resolveTxt(name)).map((strings) => strings.join(""));
    } catch (error) {
      if (NONE.includes((error as NodeJS.ErrnoException).code ?? "")) return [];
      throw error;
    } finally {
      clearTimeout(timer);
    }
  };
}

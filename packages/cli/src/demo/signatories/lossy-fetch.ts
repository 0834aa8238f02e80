/** A network that loses an answer: the server has acted, and the person does not hear of it. */
import type { Fetch } from "@undersigned/client";

export type LossyFetch = {
  readonly fetch: Fetch;
  /** How many answers were lost so far. */
  readonly lost: () => number;
};

/**
 * Passes everything on. The first good answer from an address that ends in `path` arrives here and goes no further: the
 * caller sees a broken connection. With a `path` of null nothing is lost.
 */
export function lossyFetch(path: string | null): LossyFetch {
  let lost = 0;
  return {
    lost: () => lost,
    async fetch(url, init) {
      const response = await fetch(url, init);
      if (path === null || lost > 0 || !response.ok || !new URL(url).pathname.endsWith(path)) return response;
      // At once: another registrar's answer may be on its way to the same person.
      lost++;
      await response.arrayBuffer();
      throw new TypeError("The connection broke before the answer was complete.");
    },
  };
}

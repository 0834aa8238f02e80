/** How often each supplier is named, in bounded memory: where there are too many, the rarest are forgotten and numbers are lower bounds. */

import type { SupplierCount } from "./import-result.ts";
import { foldName, ownCopy } from "./text/clean-line.ts";

const KEPT = 20_000;
const SHOWN = 200;

export class SupplierCounter {
  #counts = new Map<string, { name: string; count: number }>();
  /** Exporters repeat a name in the same spelling, mostly in consecutive lines. */
  #last: { name: string; of: { count: number } } | null = null;
  certain = true;

  /** `name` is a cleaned one; spellings that differ in case and spaces count as one. */
  add(name: string): void {
    if (this.#last?.name === name) {
      this.#last.of.count++;
      return;
    }
    const key = foldName(name);
    let of = this.#counts.get(key);
    if (of === undefined) {
      if (this.#counts.size >= KEPT) this.#forgetRarest();
      of = { name: ownCopy(name), count: 0 };
      this.#counts.set(ownCopy(key), of);
    }
    of.count++;
    this.#last = { name: of.name, of };
  }

  mostFrequent(): SupplierCount[] {
    return this.#sorted()
      .slice(0, SHOWN)
      .map(([, of]) => ({ ...of }));
  }

  #forgetRarest(): void {
    this.certain = false;
    this.#counts = new Map(this.#sorted().slice(0, KEPT / 2));
  }

  #sorted() {
    return [...this.#counts].sort(([a, x], [b, y]) => y.count - x.count || (a < b ? -1 : 1));
  }
}

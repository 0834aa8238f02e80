/** Gathers rows, counts and warnings while a file is read, in memory that `limit` bounds. */
import { MAX_DEALINGS } from "@undersigned/core";
import {
  type ImportedRow,
  type ImportOptions,
  type ImportResult,
  SKIP_REASONS,
  type SkipReason,
  type WarningCode,
} from "./import-result.ts";
import { SupplierCounter } from "./supplier-count.ts";

export class ImportCollector {
  read = 0;
  matched = 0;
  readonly suppliers = new SupplierCounter();
  readonly limit: number;
  readonly #skipped = Object.fromEntries(SKIP_REASONS.map((reason) => [reason, 0])) as Record<
    SkipReason,
    number
  >;
  readonly #warnings = new Map<WarningCode, number>();
  #tooMany = false;

  constructor(options: ImportOptions) {
    this.limit = Math.min(options.limit ?? MAX_DEALINGS, MAX_DEALINGS);
  }

  skip(reason: SkipReason): void {
    this.#skipped[reason]++;
  }

  warn(code: WarningCode): void {
    this.#warnings.set(code, (this.#warnings.get(code) ?? 0) + 1);
  }

  /** Whether no row will be given, so that none need be kept. */
  get tooMany(): boolean {
    return this.#tooMany;
  }

  /** Told how many rows there would be by now. */
  expect(rows: number): void {
    if (rows > this.limit && !this.#tooMany) {
      this.#tooMany = true;
      this.warn("too-many-rows");
    }
  }

  result(rows: readonly ImportedRow[], replaced: readonly string[] = []): ImportResult {
    this.expect(rows.length);
    if (!this.suppliers.certain) this.warn("suppliers-uncertain");
    return {
      rows: this.#tooMany ? [] : rows.toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)),
      counts: { read: this.read, matched: this.matched, skipped: { ...this.#skipped } },
      suppliers: this.suppliers.mostFrequent(),
      replaced: this.#tooMany ? [] : replaced.toSorted(),
      warnings: [...this.#warnings].map(([code, count]) => ({ code, count })),
    };
  }
}

/**
 * Finds queries that are made on the whole database from inside a transaction: they would wait for themselves on
 * SQLite and escape the transaction on PostgreSQL. It follows the asynchronous context, so it finds them in callees.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { ServiceError } from "../errors.ts";

export class TransactionScope {
  readonly #current = new AsyncLocalStorage<{ open: boolean }>();

  async run<R>(work: () => Promise<R>): Promise<R> {
    // Work that a transaction started and left behind may query once the transaction is over, hence the flag.
    const scope = { open: true };
    try {
      return await this.#current.run(scope, work);
    } finally {
      scope.open = false;
    }
  }

  /** Throws `nested-query` when called from inside `run`. */
  requireOutside(): void {
    if (this.#current.getStore()?.open === true) {
      throw new ServiceError(
        "nested-query",
        "Use the transaction's own handle for every query inside a transaction.",
      );
    }
  }
}

/**
 * SERIALIZABLE transactions with retries (PostgreSQL manual, 13.2.3: "applications using this level must be prepared
 * to retry transactions due to serialization failures").
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { Kysely, Transaction } from "kysely";
import { ServiceError } from "../errors.ts";
import type { TransactionScope } from "./transaction-scope.ts";

const ATTEMPTS = 20;
/** serialization_failure and deadlock_detected: the transaction is rolled back and can be tried again as it was. */
const RETRYABLE = new Set(["40001", "40P01"]);

/** See Database.transaction. `db` may be bound to one connection. */
export async function runSerializable<T, R>(
  db: Kysely<T>,
  scope: TransactionScope,
  work: (trx: Transaction<T>) => Promise<R>,
): Promise<R> {
  scope.requireOutside();
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    try {
      return await db
        .transaction()
        .setIsolationLevel("serializable")
        .execute((trx) => scope.run(() => work(trx)));
    } catch (error) {
      if (!RETRYABLE.has(sqlState(error))) throw error;
    }
    // Random, so that two that collided do not collide again; longer each time, so that a crowd thins out.
    await sleep(Math.random() * Math.min(200, 5 * 2 ** attempt));
  }
  throw new ServiceError("database-busy", "The database is busy: try again shortly.", {
    retryAfterSeconds: 2,
  });
}

/** The five characters of PostgreSQL's error code, or the empty string for another error. */
export function sqlState(error: unknown): string {
  if (!(error instanceof Error)) return "";
  const { code } = error as { code?: unknown };
  return typeof code === "string" && /^[0-9A-Z]{5}$/.test(code) ? code : "";
}

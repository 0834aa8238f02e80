/**
 * PostgreSQL advisory locks (manual, 13.3.5), session level: they belong to one connection and end with it. They need
 * a connection of their own to the server itself; a pooler that shares sessions between clients (PgBouncer in
 * transaction mode) would hand the lock to strangers.
 */
import { createHash } from "node:crypto";
import { Kysely, sql, type Transaction } from "kysely";
import pg from "pg";
import { ServiceError } from "../errors.ts";
import type { ExclusiveLock, LockedDatabase, TryLockResult } from "./database.ts";
import { CheckedPostgresDialect, openPool, postgresOptions, prepareSession } from "./postgres-dialect.ts";
import { runSerializable } from "./postgres-transaction.ts";
import type { TransactionScope } from "./transaction-scope.ts";

const HEARTBEAT_MS = 5_000;
const HEARTBEAT_TIMEOUT_MS = 10_000;

/** The lock's number, a signed 64-bit integer in decimal. */
export function advisoryKey(name: string): string {
  const digest = createHash("sha256").update("undersigned/advisory-lock/v1\n").update(name).digest();
  return digest.readBigInt64BE(0).toString();
}

/** See Database.exclusive. The connection is asked for a sign of life every 5 seconds. */
export async function holdAdvisoryLock(
  url: string,
  applicationName: string,
  name: string,
  onLost: () => void,
): Promise<ExclusiveLock> {
  const client = new pg.Client({
    ...(postgresOptions(url, applicationName) as pg.ClientConfig),
    query_timeout: HEARTBEAT_TIMEOUT_MS,
  });
  let state: "held" | "over" = "held";
  const lose = () => {
    if (state === "over") return;
    state = "over";
    clearInterval(heartbeat);
    // Ends the session if the server still has it, so that it does not hold a lock that nobody counts on.
    client.end().catch(() => undefined);
    onLost();
  };
  let heartbeat: NodeJS.Timeout | undefined;
  client.on("error", () => {
    if (heartbeat !== undefined) lose();
  });
  client.on("end", () => {
    if (heartbeat !== undefined) lose();
  });

  try {
    await client.connect();
    await prepareSession(client);
    const { rows } = await client.query<{ held: boolean }>(
      "select pg_try_advisory_lock($1::bigint) as held",
      [advisoryKey(name)],
    );
    if (rows[0]?.held !== true)
      throw new ServiceError("lock-taken", "Another process is active: stop it first.");
  } catch (error) {
    state = "over";
    await client.end().catch(() => undefined);
    if (error instanceof ServiceError) throw error;
    throw new ServiceError(
      "database-unavailable",
      "The database cannot be reached: check that it runs and that the URL is right.",
    );
  }
  heartbeat = setInterval(() => {
    client.query("select 1").catch(lose);
  }, HEARTBEAT_MS);
  heartbeat.unref();

  return {
    async release() {
      if (state === "over") return;
      state = "over";
      clearInterval(heartbeat);
      // Unlocking first makes the lock free when this resolves; ending alone is seen by the server a little later.
      await client.query("select pg_advisory_unlock_all()").catch(() => undefined);
      await client.end().catch(() => undefined);
    },
  };
}

/**
 * See Database.tryLock. A pool of one connection that is never replaced within the call: the lock and every
 * transaction of `work` are on it, and it is closed whatever happens, so a lock cannot leak into a later use.
 */
export async function withAdvisoryLock<T, R>(
  url: string,
  applicationName: string,
  name: string,
  scope: TransactionScope,
  work: (locked: LockedDatabase<T>) => Promise<R>,
): Promise<TryLockResult<R>> {
  const lockDb = new Kysely<T>({
    dialect: new CheckedPostgresDialect(openPool(url, applicationName, 1), scope),
  });
  try {
    return await lockDb.connection().execute(async (connection): Promise<TryLockResult<R>> => {
      const key = advisoryKey(name);
      const { rows } = await sql<{
        held: boolean;
      }>`select pg_try_advisory_lock(${key}::bigint) as held`.execute(connection);
      if (rows[0]?.held !== true) return { held: false };
      try {
        const locked: LockedDatabase<T> = {
          transaction: <Q>(inner: (trx: Transaction<T>) => Promise<Q>) =>
            runSerializable(connection, scope, inner),
        };
        return { held: true, value: await work(locked) };
      } finally {
        await sql`select pg_advisory_unlock(${key}::bigint)`.execute(connection).catch(() => undefined);
      }
    });
  } finally {
    await lockDb.destroy();
  }
}

/**
 * The storage contract: one set of kysely queries over two engines, Node's SQLite (one process) and PostgreSQL (any
 * number of processes).
 *
 * What is durable: when `transaction` resolves, its writes survive a crash of the process and of the machine (SQLite:
 * synchronous=FULL; PostgreSQL: synchronous_commit is raised to `on` where it was `off`). When it rejects, its writes
 * are gone, except that a connection lost during COMMIT leaves PostgreSQL's outcome unknown: give writes keys of
 * their own (a hash of the request) so that doing them again is harmless. A single statement on `db` outside a
 * transaction is a transaction of its own and as durable.
 *
 * What may run at once: transactions behave as if one ran after the other. On SQLite they do (BEGIN IMMEDIATE under a
 * lock within the process; queries outside wait for their turn); on PostgreSQL they are SERIALIZABLE.
 *
 * What a retry does: PostgreSQL may refuse a transaction that met another; `transaction` then calls the function
 * again, up to 20 times, with pauses, on the present state. So the function must do nothing but query: no mail, no
 * answer, no change to a variable outside that a second call would not set anew. After that, `database-busy`.
 *
 * Inside the function only its own `trx` may be used. A query on `db` there is refused as `nested-query`: on SQLite
 * it would wait for itself, on PostgreSQL it would escape the transaction.
 *
 * Values: text without NUL, integers within ±(2^53 - 1), Uint8Array, null. Others are refused as `bad-parameter`
 * before they reach the engine; a result beyond 2^53 is refused as `integer-too-large`. There is no boolean, no date
 * and no fraction, because the two engines disagree about them. Text compares by code point (see columns.ts).
 */
import type { Kysely, Transaction } from "kysely";
import type { Migration } from "./migrations.ts";

export type Engine = "sqlite" | "postgres";

/** A held lock. It is gone with the process, with `release`, or when the connection that holds it breaks. */
export type ExclusiveLock = {
  release(): Promise<void>;
};

/** What code that holds a named lock may do; its transactions fail once the lock is lost. */
export type LockedDatabase<T> = {
  transaction<R>(work: (trx: Transaction<T>) => Promise<R>): Promise<R>;
};

export type TryLockResult<R> = { held: true; value: R } | { held: false };

export type Database<T> = {
  /** For single statements. Never starts a transaction with its own `transaction()`: that has none of the above. */
  readonly db: Kysely<T>;
  readonly engine: Engine;

  /** Runs a read-write transaction; see the contract above. A rejection of `work` rolls back and is passed on. */
  transaction<R>(work: (trx: Transaction<T>) => Promise<R>): Promise<R>;

  /**
   * Applies a further list of migrations, that of a part with tables of its own (their names begin with `<part>_`).
   * Throws as opening the database does.
   */
  migrate(part: string, migrations: readonly Migration[]): Promise<void>;

  /**
   * Moves SQLite's write-ahead log into the database and cuts it to nothing, so that erased values are not kept by
   * it. Throws `database-busy` if a reader in another process prevents it. Does nothing on PostgreSQL.
   */
  truncateWal(): Promise<void>;

  /**
   * Takes the lock for as long as the process lives, or throws `lock-taken` at once. `onLost` is called, at most
   * once, when the lock's connection is found broken: stop serving then. Between the break and that call (up to 15
   * seconds) another process can hold the lock too, so constraints in the database must still refuse what two
   * processes could do twice. On SQLite the lock is the database file's own and cannot be lost: throws
   * `not-exclusive` unless the database was opened with `exclusive`.
   */
  exclusive(name: string, onLost: () => void): Promise<ExclusiveLock>;

  /**
   * Runs `work` while holding the named lock, or resolves to `{held: false}` at once if another holds it. On
   * PostgreSQL the transactions of `locked` run on the very connection that holds the lock: if it breaks, they
   * fail, so that two processes can never write under one lock. On SQLite as for `exclusive`.
   */
  tryLock<R>(name: string, work: (locked: LockedDatabase<T>) => Promise<R>): Promise<TryLockResult<R>>;

  /** Waits for what runs and closes. On SQLite the write-ahead log is gone afterwards. */
  close(): Promise<void>;
};

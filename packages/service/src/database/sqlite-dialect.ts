/**
 * A kysely dialect for Node's own `node:sqlite`. There is one connection, and a mutex hands it out: a transaction has
 * it from BEGIN IMMEDIATE to its end, and everything else waits. Statements run synchronously and are kept prepared.
 */
import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from "node:sqlite";
import {
  CompiledQuery,
  type DatabaseConnection,
  type DatabaseIntrospector,
  type Dialect,
  type Driver,
  type Kysely,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from "kysely";
import { ServiceError } from "../errors.ts";
import { Mutex } from "./mutex.ts";
import { checkParameters, toSafeNumber } from "./parameters.ts";
import { isSqliteError } from "./sqlite-file.ts";
import type { TransactionScope } from "./transaction-scope.ts";

const MAX_STATEMENTS = 256;
const BUSY = 5;

export class NodeSqliteDialect implements Dialect {
  readonly #database: DatabaseSync;
  readonly #scope: TransactionScope;

  constructor(database: DatabaseSync, scope: TransactionScope) {
    this.#database = database;
    this.#scope = scope;
  }

  createDriver(): Driver {
    return new NodeSqliteDriver(this.#database, this.#scope);
  }

  createQueryCompiler(): SqliteQueryCompiler {
    return new SqliteQueryCompiler();
  }

  createAdapter(): SqliteAdapter {
    return new OwnMutexSqliteAdapter();
  }

  createIntrospector(db: Kysely<unknown>): DatabaseIntrospector {
    return new SqliteIntrospector(db);
  }
}

class OwnMutexSqliteAdapter extends SqliteAdapter {
  /** Or kysely would queue callers in a mutex of its own, where a query from inside a transaction waits for ever. */
  override get supportsMultipleConnections(): boolean {
    return true;
  }

  /** SQLite does run CREATE TABLE inside a transaction. */
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class NodeSqliteDriver implements Driver {
  readonly #connection: NodeSqliteConnection;
  readonly #database: DatabaseSync;
  readonly #scope: TransactionScope;
  readonly #mutex = new Mutex();
  #release: (() => void) | undefined;

  constructor(database: DatabaseSync, scope: TransactionScope) {
    this.#database = database;
    this.#scope = scope;
    this.#connection = new NodeSqliteConnection(database);
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    this.#scope.requireOutside();
    this.#release = await this.#mutex.acquire();
    return this.#connection;
  }

  async releaseConnection(): Promise<void> {
    const release = this.#release;
    this.#release = undefined;
    release?.();
  }

  /** IMMEDIATE takes the write lock at once: a deferred transaction that reads first can find it taken later. */
  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw("begin immediate"));
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw("commit"));
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    // SQLite has rolled back by itself after a full disk or an I/O error; a second ROLLBACK would hide that error.
    if (this.#database.isTransaction) await connection.executeQuery(CompiledQuery.raw("rollback"));
  }

  async destroy(): Promise<void> {
    const release = await this.#mutex.acquire();
    this.#database.close();
    release();
  }
}

class NodeSqliteConnection implements DatabaseConnection {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, { statement: StatementSync; returnsRows: boolean }>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    checkParameters(query.parameters);
    const values = query.parameters.map(toInput);
    try {
      const { statement, returnsRows } = this.#prepare(query.sql);
      if (returnsRows) return { rows: statement.all(...values).map(toRow) as R[] };
      const { changes, lastInsertRowid } = statement.run(...values);
      return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
    } catch (error) {
      if (isSqliteError(error, BUSY)) {
        throw new ServiceError(
          "database-busy",
          "Another process is writing to the database: try again shortly.",
        );
      }
      throw error;
    }
  }

  // biome-ignore lint/correctness/useYield: the interface asks for a generator; reading in pieces is not offered
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new ServiceError("bad-parameter", "Read in pages: results are not streamed.");
  }

  #prepare(sql: string) {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(sql);
    statement.setReadBigInts(true);
    const prepared = { statement, returnsRows: statement.columns().length > 0 };
    if (this.#statements.size >= MAX_STATEMENTS)
      this.#statements.delete(this.#statements.keys().next().value!);
    this.#statements.set(sql, prepared);
    return prepared;
  }
}

/** node:sqlite binds a number as REAL, which is not what an integer is stored as everywhere; a bigint is INTEGER. */
function toInput(value: unknown): SQLInputValue {
  return typeof value === "number" ? BigInt(value) : (value as SQLInputValue);
}

function toRow(raw: Record<string, SQLOutputValue>): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(raw))
    row[name] = typeof value === "bigint" ? toSafeNumber(value) : value;
  return row;
}

/**
 * kysely's PostgreSQL dialect with the parameters and results of this package's contract. Connections come from a
 * `pg` pool; the server is trusted with what it stores, its answers to give the types that were asked for.
 */

import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  PostgresDialect,
  type PostgresDialectConfig,
  PostgresDriver,
  PostgresQueryCompiler,
  type QueryId,
  type RootOperationNode,
} from "kysely";
import pg from "pg";
import { ServiceError } from "../errors.ts";
import { badUrl } from "./bad-url.ts";
import { checkParameters, toSafeNumber } from "./parameters.ts";
import type { TransactionScope } from "./transaction-scope.ts";

const { builtins, getTypeParser } = pg.types;
const STATEMENT_TIMEOUT_MS = 60_000;

/** Types as the contract has them; everything else as `pg` parses it. */
const types = {
  getTypeParser(oid: number, format?: string): unknown {
    if (format === "binary") return getTypeParser(oid, "binary");
    switch (oid) {
      case builtins.INT8:
        return (value: string) => toSafeNumber(BigInt(value));
      // sum(bigint) is a numeric. A fraction stays text, since no number of ours has one.
      case builtins.NUMERIC:
        return (value: string) => (/^-?\d+$/.test(value) ? toSafeNumber(BigInt(value)) : value);
      case builtins.BYTEA:
        return (value: string) => new Uint8Array(Buffer.from(value.slice(2), "hex"));
      default:
        return getTypeParser(oid, "text");
    }
  },
} as pg.CustomTypesConfig;

/** Settings of every connection. The text form of bytea must be hex for the parser above. */
export function postgresOptions(url: string, applicationName: string): pg.PoolConfig {
  return {
    connectionString: url,
    application_name: applicationName,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    types,
  };
}

/** Whatever a server or a role has configured, these hold for our sessions. */
export async function prepareSession(client: pg.ClientBase): Promise<void> {
  await client.query(`set statement_timeout = ${STATEMENT_TIMEOUT_MS}`);
  await client.query(`set idle_in_transaction_session_timeout = ${STATEMENT_TIMEOUT_MS}`);
  await client.query("set bytea_output = 'hex'");
  await client.query("set timezone = 'UTC'");
  // An answer goes out only after the commit is on disk. `remote_apply` and the like promise more and stay.
  await client.query(
    "select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') = 'off'",
  );
}

/** A pool of at most `max` connections. Errors of idle connections are dropped: the next query finds out. */
export function openPool(url: string, applicationName: string, max: number): pg.Pool {
  let pool: pg.Pool;
  try {
    pool = new pg.Pool({
      ...postgresOptions(url, applicationName),
      max,
      onConnect: prepareSession as (client: pg.ClientBase) => void,
    });
  } catch {
    throw badUrl();
  }
  pool.on("error", () => undefined);
  // A connection that breaks while it is checked out and idle (between two queries of a transaction) tells nobody but
  // the client itself, and an error event that nobody listens to ends the process. Its next query fails by itself.
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}

export class CheckedPostgresDialect extends PostgresDialect {
  readonly #config: PostgresDialectConfig;
  readonly #scope: TransactionScope;

  constructor(pool: pg.Pool, scope: TransactionScope) {
    const config: PostgresDialectConfig = {
      pool: pool as unknown as NonNullable<PostgresDialectConfig["pool"]>,
    };
    super(config);
    this.#config = config;
    this.#scope = scope;
  }

  override createDriver(): Driver {
    return new ScopedPostgresDriver(this.#config, this.#scope);
  }

  override createQueryCompiler(): PostgresQueryCompiler {
    return new CheckedPostgresCompiler();
  }
}

class ScopedPostgresDriver extends PostgresDriver {
  readonly #scope: TransactionScope;

  constructor(config: PostgresDialectConfig, scope: TransactionScope) {
    super(config);
    this.#scope = scope;
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    this.#scope.requireOutside();
    try {
      return await super.acquireConnection();
    } catch {
      // pg's own messages name hosts and users.
      throw new ServiceError(
        "database-unavailable",
        "The database cannot be reached: check that it runs and that the URL is right.",
      );
    }
  }
}

class CheckedPostgresCompiler extends PostgresQueryCompiler {
  override compileQuery<N extends RootOperationNode>(node: N, queryId: QueryId): CompiledQuery {
    const query = super.compileQuery(node, queryId);
    checkParameters(query.parameters);
    return query;
  }
}

import { sqlState } from "./postgres-transaction.ts";
import { isSqliteError } from "./sqlite-file.ts";

const SQLITE_CONSTRAINT_PRIMARYKEY = 1555;
const SQLITE_CONSTRAINT_UNIQUE = 2067;

/** Whether a statement failed because a primary key or unique column already holds the value. */
export function isUniqueViolation(error: unknown): boolean {
  return (
    sqlState(error) === "23505" ||
    isSqliteError(error, SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_UNIQUE)
  );
}

/** Starts a PostgreSQL server, prints its URL, and stays. */
import { startPostgres } from "../../src/testing.ts";

const postgres = await startPostgres();
process.stdout.write(`${await postgres.createDatabase()}\n`);

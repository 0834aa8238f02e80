/** Starts a PostgreSQL server, prints its URL, and stays; or, as its argument says, stops it, or exits without. */
import { startPostgres } from "../../src/testing.ts";

const postgres = await startPostgres();
process.stdout.write(`${await postgres.createDatabase()}\n`);
if (process.argv[2] === "stop") await postgres.stop();
if (process.argv[2] === "exit") process.exit(0);

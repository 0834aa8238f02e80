/** For the tests of all packages: the engines, and a mailbox server. Needs the workspace's development dependencies. */
export { type DatabaseUnderTest, eachDatabase } from "./testing/each-database.ts";
export { startPostgres, type TestPostgres } from "./testing/postgres.ts";
export { type CaughtMail, startSmtp, type TestSmtp } from "./testing/smtp.ts";

/**
 * A second process for tests. Arguments: the database's URL and what to do; prints one word a step and stays until
 * its input ends.
 */
import { sql } from "kysely";
import { openDatabase, ServiceError } from "../../src/index.ts";
import { notes } from "./notes.ts";

const [url = "", task = ""] = process.argv.slice(2);

function say(word: string): void {
  process.stdout.write(`${word}\n`);
}

try {
  const database = await openDatabase<unknown>({ url, exclusive: true, migrations: notes });
  switch (task) {
    case "open":
      say("open");
      break;
    case "exclusive":
      await database.exclusive("the-one", () => say("lost"));
      say("held");
      break;
    case "commit":
      await database.transaction(async (trx) => {
        await sql`insert into note (id, body) values (7, 'kept')`.execute(trx);
      });
      say("committed");
      break;
    case "open-transaction":
      await database.transaction(async (trx) => {
        await sql`insert into note (id, body) values (8, 'never')`.execute(trx);
        say("written");
        await new Promise(() => undefined);
      });
  }
  process.stdin.resume();
  process.stdin.on("end", () => void database.close());
} catch (error) {
  say(error instanceof ServiceError ? error.code : "unknown-error");
}

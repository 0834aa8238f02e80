/** The one table that a test and its child process share. */
import { integer, type Migration, strictTable, text } from "../../src/index.ts";

export const notes: readonly Migration[] = [
  {
    name: "note",
    async up(trx, engine) {
      await trx.schema
        .createTable("note")
        .addColumn("id", integer(engine), (column) => column.primaryKey().notNull())
        .addColumn("body", text(engine))
        .$call(strictTable(engine))
        .execute();
    },
  },
];

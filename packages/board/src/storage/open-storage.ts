/** Opens the board's database: SQLite for one process alone, PostgreSQL for any number of them. */
import { join } from "node:path";
import { openDatabase } from "@undersigned/service";
import { type BoardDatabase, type BoardTables, migrations } from "./schema.ts";

/** `databaseUrl` is as for `openDatabase`; left out, an SQLite file in the data folder. Throws what that throws. */
export async function openStorage(options: {
  readonly dataDir: string;
  readonly databaseUrl?: string | undefined;
}): Promise<BoardDatabase> {
  return await openDatabase<BoardTables>({
    url: options.databaseUrl ?? `sqlite:${join(options.dataDir, "board.sqlite")}`,
    exclusive: true,
    migrations,
    applicationName: "undersigned-board",
  });
}

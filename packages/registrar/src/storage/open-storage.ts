/** Opens the registrar's database for this process alone. */
import { join } from "node:path";
import { openDatabase, ServiceError } from "@undersigned/service";
import { RegistrarError } from "../errors.ts";
import { type RegistrarDatabase, type RegistrarTables, registrarMigrations } from "./schema.ts";

/**
 * `databaseUrl` is as for `openDatabase`; left out, an SQLite file in the data folder. Throws `other-process-active`
 * when a registrar, or a command that makes keys, has the database open: limits, tries and issuance are kept for one
 * process. `onLost` is called when PostgreSQL's lock is found broken: stop serving then.
 */
export async function openStorage(
  options: { readonly dataDir: string; readonly databaseUrl?: string | undefined },
  onLost: () => void,
): Promise<RegistrarDatabase> {
  try {
    const database = await openDatabase<RegistrarTables>({
      url: options.databaseUrl ?? `sqlite:${join(options.dataDir, "registrar.sqlite")}`,
      exclusive: true,
      migrations: registrarMigrations,
      applicationName: "undersigned-registrar",
    });
    try {
      await database.exclusive("registrar", onLost);
      return database;
    } catch (error) {
      await database.close();
      throw error;
    }
  } catch (error) {
    if (error instanceof ServiceError && (error.code === "database-in-use" || error.code === "lock-taken")) {
      throw new RegistrarError(
        "other-process-active",
        "Another process is active on this registrar's database: stop it first.",
      );
    }
    throw error;
  }
}

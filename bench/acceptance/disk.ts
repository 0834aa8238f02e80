/** What a board's data takes on disk, in all and by table. */
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

export interface DiskUse {
  /** Of all files in the folder and below. */
  readonly totalBytes: number;
  /** Pages of each table or index, in bytes. Null where this SQLite cannot tell. */
  readonly tables: Readonly<Record<string, number>> | null;
}

/** The board must have been closed. */
export function diskUse(dataDir: string): DiskUse {
  const files = readdirSync(dataDir, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const totalBytes = files.reduce((sum, file) => sum + statSync(join(file.parentPath, file.name)).size, 0);
  const name = files.find((file) => file.name.endsWith(".sqlite"));
  return { totalBytes, tables: name === undefined ? null : tablesOf(join(name.parentPath, name.name)) };
}

function tablesOf(path: string): Record<string, number> | null {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const rows = database
      .prepare("select name, sum(pgsize) as bytes from dbstat group by name order by 2 desc")
      .all();
    return Object.fromEntries(rows.map((row) => [String(row.name), Number(row.bytes)]));
  } catch {
    return null;
  } finally {
    database.close();
  }
}

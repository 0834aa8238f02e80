/** All rows of a PostgreSQL database as text, sorted: what a server keeps, apart from where and when it was written. */
import pg from "pg";

export async function dumpRows(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      "select tablename as name from pg_tables where schemaname = current_schema() order by 1",
    );
    const lines: string[] = [];
    for (const { name } of tables) {
      const { rows } = await client.query<Record<string, unknown>>(`select * from ${name}`);
      lines.push(...rows.map((row) => `${name} ${Object.values(row).map(show).join(" ")}`).sort());
    }
    return lines.join("\n");
  } finally {
    await client.end();
  }
}

/** Bytes in Latin-1, in which ASCII within them is to be read. */
function show(value: unknown): string {
  return value instanceof Uint8Array ? Buffer.from(value).toString("latin1") : String(value);
}

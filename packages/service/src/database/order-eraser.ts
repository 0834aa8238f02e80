/**
 * Takes the order of arrival out of an SQLite file. Tables WITHOUT ROWID are kept by their key, but two places still
 * tell which row came when: the write-ahead log holds every change in its order until it is cut, and within a page new
 * cells are put below older ones (SQLite file format, 1.6), which in a table of a page or two is the whole order.
 * VACUUM writes all rows anew in the order of their keys.
 *
 * Done a moment after each write, and so that it takes a hundredth of the time: the larger the file, the rarer, but every half minute
 * at least. Else an erasure that had to wait, among many writes or for another process that reads, would put off the next one by a
 * hundred times as long.
 * A process that is killed leaves what came since; the next start begins with an erasure. PostgreSQL cannot be made to
 * forget from within: see OPERATING.
 */
import { CompiledQuery, type Kysely } from "kysely";
import type { Database } from "./database.ts";

export type OrderEraser = {
  /** Rows have been written: what tells their order is erased soon. */
  written(): void;
  /** Erases what is due and ends. To be called before the database is closed. */
  close(): Promise<void>;
};

const SHORTEST_WAIT_MS = 100;
const WAIT_AFTER_FAILURE_MS = 1_000;
const WAIT_PER_WORK = 100;
const LONGEST_WAIT_MS = 30_000;

/**
 * In files of more than `maxBytes` only the write-ahead log is cut, since a rewrite takes the process's time and the
 * file's size in memory. Begins with an erasure. What fails is tried again, whether anything is written meanwhile or not.
 */
export function createOrderEraser(
  database: Pick<Database<never>, "engine" | "truncateWal"> & { readonly db: unknown },
  options: { readonly maxBytes: number },
): OrderEraser {
  if (database.engine !== "sqlite") return { written() {}, close: async () => {} };
  const db = database.db as Kysely<unknown>;
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> | null = null;
  let due = false;
  let closed = false;
  let wait = SHORTEST_WAIT_MS;

  async function erase(): Promise<void> {
    due = false;
    const from = performance.now();
    let least = SHORTEST_WAIT_MS;
    try {
      if ((await sizeOf(db)) <= options.maxBytes) await db.executeQuery(CompiledQuery.raw("vacuum"));
      await database.truncateWal();
    } catch {
      // A full disk, or another process that reads. Nothing of the data is lost by it, but the order stands until it is over.
      due = true;
      least = WAIT_AFTER_FAILURE_MS;
    }
    const took = performance.now() - from;
    wait = Math.min(LONGEST_WAIT_MS, Math.max(least, took * WAIT_PER_WORK));
  }

  async function run(): Promise<void> {
    running = erase();
    await running;
    running = null;
    if (due && !closed) schedule();
  }

  function schedule(): void {
    timer = setTimeout(() => {
      timer = null;
      void run();
    }, wait);
    timer.unref();
  }

  function written(): void {
    due = true;
    if (timer === null && running === null && !closed) schedule();
  }

  written();
  return {
    written,
    async close() {
      closed = true;
      if (timer !== null) clearTimeout(timer);
      await running;
      if (due) await erase();
    },
  };
}

async function sizeOf(db: Kysely<unknown>): Promise<number> {
  const pragma = async (name: string) => {
    const { rows } = await db.executeQuery<Record<string, number>>(CompiledQuery.raw(`pragma ${name}`));
    return Number(Object.values(rows[0] ?? {})[0]);
  };
  return (await pragma("page_size")) * (await pragma("page_count"));
}

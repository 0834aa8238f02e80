/** The list of acts (decision 21): append-only, each row with the hash of the one before, read by organisers only. */
import { type DeskEntry, entryHash, organiserAlias, shape } from "@undersigned/core";
import type { Desk } from "../desk.ts";
import type { DeskReader, DeskTrx } from "../storage/schema.ts";

const TABLE = "desk_entry";
export const ENTRIES_AT_ONCE = 100;

const record = shape.object({
  alias: organiserAlias,
  act: shape.text(1, 40),
  about: shape.text(0, 300),
  day: shape.day,
  previous: shape.nullable(shape.bytes(32)),
  /** What is entered once a day only; not shown. */
  once: shape.nullable(shape.text(1, 200)),
});

export interface NewEntry {
  readonly alias: string;
  readonly act: string;
  /** What it was about, in words that organisers may see: an alias, a document's name. Cut to 300 characters. */
  readonly about: string;
  /** The same text on the same day is entered once: for what goes on all the time while somebody types. */
  readonly once?: string | undefined;
}

/** In the transaction of the act. */
export async function enter(desk: Desk, trx: DeskTrx, entry: NewEntry): Promise<void> {
  const { alias, act, once = null } = entry;
  const about = [...entry.about].slice(0, 300).join("");
  const day = desk.clock.day();
  const last = (await readRows(desk, trx, null, 1))[0];
  if (once !== null && (await wasEntered(desk, trx, once, day))) return;
  const previous = last === undefined ? null : entryHash(shown(last));
  const n = (last?.n ?? 0) + 1;
  const value = { alias, act, about, day, previous, once };
  await trx
    .insertInto(TABLE)
    .values({ n, sealed: desk.sealer.seal(TABLE, String(n), value) })
    .execute();
}

/** Newest first, all with a number below `before`. */
export async function readEntries(desk: Desk, db: DeskReader, before: number | null): Promise<DeskEntry[]> {
  return (await readRows(desk, db, before, ENTRIES_AT_ONCE)).map(shown);
}

/** Hash of the newest row, or null. */
export async function headOfEntries(desk: Desk, db: DeskReader): Promise<string | null> {
  const last = (await readRows(desk, db, null, 1))[0];
  return last === undefined ? null : entryHash(shown(last));
}

interface Row extends DeskEntry {
  readonly once: string | null;
}

async function readRows(desk: Desk, db: DeskReader, before: number | null, limit: number): Promise<Row[]> {
  let query = db.selectFrom(TABLE).selectAll().orderBy("n", "desc").limit(limit);
  if (before !== null) query = query.where("n", "<", before);
  const rows = await query.execute();
  return rows.map(({ n, sealed }) => ({ n, ...desk.sealer.open(TABLE, String(n), sealed, record) }));
}

/** Goes back as far as the day does. */
async function wasEntered(desk: Desk, db: DeskReader, once: string, day: string): Promise<boolean> {
  let before: number | null = null;
  for (;;) {
    const rows = await readRows(desk, db, before, ENTRIES_AT_ONCE);
    const today = rows.filter((row) => row.day === day);
    if (today.some((row) => row.once === once)) return true;
    if (today.length < ENTRIES_AT_ONCE) return false;
    before = rows.at(-1)!.n;
  }
}

function shown({ n, alias, act, about, day, previous }: Row): DeskEntry {
  return { n, alias, act, about, day, previous };
}

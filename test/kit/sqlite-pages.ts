/**
 * Where the rows of a table lie in an SQLite file (SQLite file format, sections 1.6 and 2.1): which page, and where on
 * it. Reads the bytes and not through SQLite, because what an attacker with the disk sees is the bytes. For tables
 * WITHOUT ROWID, which are index b-trees whose records begin with the primary key.
 */

export type PlacedRow = {
  /** The row's columns, primary key first: numbers, or bytes as Latin-1 text. */
  readonly columns: readonly (number | string | null)[];
  readonly page: number;
  /** Of the cell within its page. */
  readonly offset: number;
};

type Page = { readonly at: number; readonly header: number; readonly number: number };

/** The rows of the table in the order of a scan. `file` is the main database file, with nothing left in the WAL. */
export function rowsOf(file: Buffer, table: string): PlacedRow[] {
  const pageSize = file.readUInt16BE(16) === 1 ? 65_536 : file.readUInt16BE(16);
  const usable = pageSize - file[20]!;
  const rows: PlacedRow[] = [];
  for (const cell of walk(file, pageSize, 1)) {
    // sqlite_schema: type, name, tbl_name, rootpage, sql; a rowid table, whose cells begin with two varints.
    const payload = varint(file, cell.at);
    const rowid = varint(file, payload.next);
    const columns = record(file, rowid.next);
    if (columns[0] !== "table" || columns[1] !== table) continue;
    for (const { at, page } of walk(file, pageSize, Number(columns[3]))) {
      const size = varint(file, at);
      if (size.value > maxLocal(usable)) throw new Error("rows with overflow pages are not read here");
      rows.push({ columns: record(file, size.next), page: page.number, offset: at - page.at });
    }
    return rows;
  }
  throw new Error("there is no such table");
}

/** Payload beyond this spills, for index b-trees. */
function maxLocal(usable: number): number {
  return Math.floor(((usable - 12) * 64) / 255) - 23;
}

function* walk(file: Buffer, pageSize: number, number: number): Generator<{ at: number; page: Page }> {
  const at = (number - 1) * pageSize;
  const header = at + (number === 1 ? 100 : 0);
  const type = file[header]!;
  const page = { at, header, number };
  const count = file.readUInt16BE(header + 3);
  const interior = type === 2 || type === 5;
  if (!interior && type !== 10 && type !== 13) throw new Error(`page ${number} is of no known type`);
  const pointers = header + (interior ? 12 : 8);
  for (let i = 0; i < count; i++) {
    const cell = at + file.readUInt16BE(pointers + 2 * i);
    if (interior) yield* walk(file, pageSize, file.readUInt32BE(cell));
    if (type === 2) yield { at: cell + 4, page };
    if (!interior) yield { at: cell, page };
  }
  if (interior) yield* walk(file, pageSize, file.readUInt32BE(header + 8));
}

function record(file: Buffer, at: number): (number | string | null)[] {
  const header = varint(file, at);
  const types: number[] = [];
  for (let next = header.next; next < at + header.value; ) {
    const type = varint(file, next);
    types.push(type.value);
    next = type.next;
  }
  let body = at + header.value;
  return types.map((type) => {
    const from = body;
    if (type >= 12) {
      body += (type - (type % 2 === 0 ? 12 : 13)) / 2;
      return file.toString("latin1", from, body);
    }
    const bytes = [0, 1, 2, 3, 4, 6, 8, 8, 0, 0][type]!;
    body += bytes;
    if (type === 0) return null;
    if (type >= 8) return type - 8;
    return bytes <= 6 ? file.readIntBE(from, bytes) : Number(file.readBigInt64BE(from));
  });
}

function varint(file: Buffer, at: number): { value: number; next: number } {
  let value = 0;
  for (let i = 0; i < 9; i++) {
    const byte = file[at + i]!;
    value = i === 8 ? value * 256 + byte : value * 128 + (byte & 127);
    if (byte < 128 || i === 8) return { value, next: at + i + 1 };
  }
  throw new Error("unreachable");
}

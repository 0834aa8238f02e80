/**
 * What the log holds of a letter's further life: deliveries, and the leaves that name records (PROTOCOL §4, rules 13 and 14).
 * Asked for in each transaction; another process may have added to it.
 */
import {
  type ChronicleLeaf,
  type Day,
  type DeliveryLeaf,
  decodeBase64url,
  type EntryPlace,
  encodeBase64url,
  type JudgementRecord,
  type Leaf,
  parseLeaf,
  type RecordLeaf,
  type ResponseLeaf,
} from "@undersigned/core";
import type { BoardTables, Reader } from "../storage/schema.ts";
import { WITHHELD, workforceNumber } from "./letter-book.ts";

/** As in `record_leaf.kind`. */
export const RECORD_KINDS = [
  "response",
  "judgement",
  "dealings",
  "chronicle",
] as const satisfies RecordLeaf["type"][];

export function kindOf(type: RecordLeaf["type"]): number {
  return RECORD_KINDS.indexOf(type);
}

export type LoggedDelivery = {
  readonly index: number;
  readonly entry: Uint8Array;
  readonly leaf: DeliveryLeaf;
};

/** In the order of the log. `letter` is its number. */
export async function readDeliveries(db: Reader, letter: number): Promise<LoggedDelivery[]> {
  const rows = await db
    .selectFrom("delivery")
    .select(["leaf_index", "leaf"])
    .where("letter", "=", letter)
    .orderBy("leaf_index")
    .execute();
  return rows.map(({ leaf_index, leaf }) => {
    return { index: leaf_index, entry: leaf, leaf: parseLeaf(leaf) as DeliveryLeaf };
  });
}

/** The leaf that names this record (base64url), or undefined. */
export async function findRecordLeaf(
  db: Reader,
  letter: number,
  record: string,
): Promise<BoardTables["record_leaf"] | undefined> {
  return await db
    .selectFrom("record_leaf")
    .selectAll()
    .where("letter", "=", letter)
    .where("hash", "=", decodeBase64url(record, 32))
    .executeTakeFirst();
}

/** The record that the next one follows: of the same demand, or of the register. Base64url; null before the first. */
export async function lastRecord(
  db: Reader,
  letter: number,
  of: { readonly type: "judgement"; readonly demand: string } | { readonly type: "dealings" },
): Promise<string | null> {
  const row = await db
    .selectFrom("record_leaf")
    .select("hash")
    .where("letter", "=", letter)
    .where("kind", "=", kindOf(of.type))
    .$if(of.type === "judgement", (query) =>
      query.where("demand", "=", (of as { readonly demand: string }).demand),
    )
    .orderBy("leaf_index", "desc")
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : encodeBase64url(row.hash);
}

/** Entries of the chronicle that nothing has replaced, by their records (base64url), withheld or not; no removals. */
export async function entriesInForce(db: Reader, letter: number): Promise<Map<string, EntryPlace>> {
  const rows = await db
    .selectFrom("record_leaf")
    .select(["leaf", "language"])
    .where("letter", "=", letter)
    .where("kind", "=", kindOf("chronicle"))
    .orderBy("leaf_index")
    .execute();
  const inForce = new Map<string, EntryPlace>();
  for (const { leaf, language } of rows) {
    const { record, kind, replaces } = parseLeaf(leaf) as ChronicleLeaf;
    if (replaces !== null) inForce.delete(replaces);
    if (kind !== "removal") inForce.set(record, { kind, language });
  }
  return inForce;
}

/** The last day that such a leaf of this workforce (its number) has; null before the first. */
export async function lastDayAfterClosing(db: Reader, workforce: number): Promise<Day | null> {
  const newest = async (table: "delivery" | "record_leaf") =>
    await db
      .selectFrom(table)
      .innerJoin("letter", "letter.number", `${table}.letter`)
      .select(`${table}.leaf as leaf`)
      .where("letter.workforce", "=", workforce)
      .orderBy(`${table}.leaf_index`, "desc")
      .limit(1)
      .executeTakeFirst();
  const rows = [await newest("delivery"), await newest("record_leaf")];
  const days = rows.flatMap((row) => (row === undefined ? [] : [dayOf(parseLeaf(row.leaf))]));
  return days.sort().at(-1) ?? null;
}

function dayOf(leaf: Leaf): Day {
  return (leaf as DeliveryLeaf | RecordLeaf).day;
}

/** A letter's further life, for parts beside the board (package desk). Hashes are base64url. */
export type LetterAfterClosing = {
  readonly deliveries: readonly { readonly index: number; readonly leaf: DeliveryLeaf }[];
  /** In the order of the log. */
  readonly responses: readonly {
    readonly record: string;
    readonly day: Day;
    readonly kind: ResponseLeaf["kind"];
    readonly withheld: boolean;
  }[];
  /** The record of the latest judgement by demand: what the next one names as `previous`. */
  readonly judged: ReadonlyMap<JudgementRecord["demand"], string>;
  /** Whether the latest answer stands behind the latest judgement of any demand. */
  readonly answeredSince: boolean;
  /** The record of the latest change of the register: what the next one names as `previous`. */
  readonly dealings: string | null;
  /** Rows of the register now. */
  readonly rows: number;
  /** Entries of the chronicle that a next one can replace, by their records. */
  readonly inForce: ReadonlyMap<string, EntryPlace>;
};

/** Throws `workforce-unknown`. Of a letter that is not there, everything is empty. */
export async function letterAfterClosing(
  db: Reader,
  of: { readonly workforce: string; readonly letter: string },
): Promise<LetterAfterClosing> {
  const workforce = await workforceNumber(db, of.workforce);
  const letter = await db
    .selectFrom("letter")
    .select("number")
    .where("workforce", "=", workforce)
    .where("id", "=", decodeBase64url(of.letter, 32))
    .executeTakeFirst();
  if (letter === undefined) {
    return {
      ...{ deliveries: [], responses: [], dealings: null, rows: 0 },
      ...{ judged: new Map(), answeredSince: false, inForce: new Map() },
    };
  }
  const { number } = letter;
  const rows = await db
    .selectFrom("record_leaf")
    .select(["kind", "hash", "demand"])
    .where("letter", "=", number)
    .where("kind", "!=", kindOf("chronicle"))
    .orderBy("leaf_index")
    .execute();
  const judged = new Map<string, string>();
  let answeredSince = false;
  let dealings: string | null = null;
  for (const { kind, demand, hash } of rows) {
    if (kind === kindOf("response")) answeredSince = true;
    else if (demand === null) dealings = encodeBase64url(hash);
    else {
      judged.set(demand, encodeBase64url(hash));
      answeredSince = false;
    }
  }
  return {
    deliveries: (await readDeliveries(db, number)).map(({ index, leaf }) => ({ index, leaf })),
    responses: await readResponses(db, workforce, number),
    judged,
    answeredSince,
    dealings,
    rows: await countDealings(db, number),
    inForce: await entriesInForce(db, number),
  };
}

async function readResponses(db: Reader, workforce: number, letter: number) {
  const rows = await db
    .selectFrom("record_leaf")
    .leftJoin("public_file", (join) =>
      join
        .onRef("public_file.hash", "=", "record_leaf.hash")
        .on("public_file.workforce", "=", workforce)
        .on("public_file.kind", "=", WITHHELD),
    )
    .select(["record_leaf.hash", "record_leaf.leaf", "public_file.kind as withheld"])
    .where("record_leaf.letter", "=", letter)
    .where("record_leaf.kind", "=", kindOf("response"))
    .orderBy("record_leaf.leaf_index")
    .execute();
  return rows.map((row) => {
    const { day, kind } = parseLeaf(row.leaf) as ResponseLeaf;
    return { record: encodeBase64url(row.hash), day, kind, withheld: row.withheld !== null };
  });
}

export async function countDealings(db: Reader, letter: number): Promise<number> {
  const { rows } = await db
    .selectFrom("dealing_row")
    .select((row) => row.fn.countAll().as("rows"))
    .where("letter", "=", letter)
    .executeTakeFirstOrThrow();
  return Number(rows);
}

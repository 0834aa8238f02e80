/**
 * The tables of a board. Why each column is there stands in schema-reasons.ts; that nothing else is there is tested.
 *
 * No column holds a time, and none a day of a person's act. Rows about people's keys are kept by hashes (pool: leaf
 * hash; signatory: hash of the key), so that the order of rows is not the order of arrival.
 */
import type { HiddenReason } from "@undersigned/core";
import {
  blob,
  type Database,
  type Engine,
  integer,
  type Migration,
  strictTable,
  text,
} from "@undersigned/service";
import type { Kysely, Transaction } from "kysely";
import { addAnswered } from "./migration-answered.ts";
import { addChronicle } from "./migration-chronicle.ts";
import { addFollowed } from "./migration-followed.ts";
import { addOrganisers } from "./migration-organisers.ts";

export interface BoardTables {
  workforce: {
    number: number;
    /** 32 bytes. */
    id: Uint8Array;
    log_key: Uint8Array;
    size: number;
    /** 32 bytes. */
    root: Uint8Array;
    /** The signed note. */
    checkpoint: Uint8Array;
    /** Canonical JSON of `index.json` at this size. */
    index_file: Uint8Array;
    /** Day of the last tick. */
    last_tick: string;
  };
  manifest_version: { workforce: number; version: number; hash: Uint8Array; leaf_index: number };
  epoch: { workforce: number; epoch: number; leaf_index: number; leaf: Uint8Array };
  letter: {
    number: number;
    workforce: number;
    id: Uint8Array;
    leaf_index: number;
    leaf: Uint8Array;
    closing_index: number | null;
    endorsements: number;
    counted_mailbox: number;
    counted_vouched: number;
    withdrawn_mailbox: number;
    withdrawn_vouched: number;
    /** Days of the first and the last batch with endorsements; null before. */
    first_day: string | null;
    last_day: string | null;
    bits: number;
  };
  client: { workforce: number; leaf_index: number; hash: Uint8Array };
  issuance: { workforce: number; epoch: number; registrar: Uint8Array; leaf_index: number; leaf: Uint8Array };
  destruction: {
    workforce: number;
    epoch: number;
    registrar: Uint8Array;
    leaf_index: number;
    leaf: Uint8Array;
  };
  token_use: { letter: number; class: number; registrar: Uint8Array; uses: number };
  /** `kind`: 0 manifest, 1 key statement, 2 client build, 3 captured copy, 4 record, 5 withheld, 6 answer, 7 document. */
  public_file: { workforce: number; kind: number; hash: Uint8Array; bytes: Uint8Array };
  /** The newest width of each hash tile. */
  tile: { workforce: number; level: number; tile_index: number; width: number; bytes: Uint8Array };
  /** The newest width of each entry bundle, gzip. */
  bundle: { workforce: number; bundle_index: number; width: number; bytes: Uint8Array };
  /** Accepted and not yet released. `leaf`: see packed-leaf.ts. */
  pool: {
    hash: Uint8Array;
    letter: number;
    leaf: Uint8Array;
    opening: Uint8Array | null;
    /** 1 if it may be released under the minimum at closing. 0 for revisions and withdrawals. */
    remainder: number;
  };
  signatory: {
    letter: number;
    /** First 32 bits of H("bucket", key). */
    bucket: number;
    key: Uint8Array;
    class: number;
    /** Leaf hashes of seq 0, 1, …, pending ones included, 32 bytes each. */
    chain: Uint8Array;
    /** Seq of the released head, or null while the endorsement is pending. */
    released: number | null;
    /** Leaf index of the released head. */
    head_index: number | null;
    /** Place among the letter's endorsements in the log, from 0. */
    ordinal: number | null;
    /** 1 if the released head is a withdrawal. */
    withdrawn: number;
  };
  opening: { letter: number; ordinal: number; leaf_index: number; bytes: Uint8Array };
  /** In place of an opening. `bytes` only while it waits. */
  hidden_opening: {
    letter: number;
    ordinal: number;
    leaf_index: number;
    reason: HiddenReason;
    day: string;
    bytes: Uint8Array | null;
  };
  /** Letters that are or were unlisted. */
  unlisted_letter: {
    letter: number;
    /** The public file. */
    file: Uint8Array;
    /** The manifest, sealed (letter-text.ts); null once it is public. */
    text: Uint8Array | null;
  };
  early_closing: { letter: number; leaf_index: number; leaf: Uint8Array };
  delivery: { letter: number; leaf_index: number; leaf: Uint8Array };
  /** Leaves that name a record. */
  record_leaf: {
    letter: number;
    leaf_index: number;
    /** 0 response, 1 judgement, 2 change of the register, 3 entry of the chronicle. */
    kind: number;
    /** Of the record, 32 bytes. */
    hash: Uint8Array;
    /** Of a judgement. */
    demand: string | null;
    /** Of a translation, in lower case. */
    language: string | null;
    /** SHA-256 of the evidence of an answer by mail, where there is any. */
    evidence: Uint8Array | null;
    leaf: Uint8Array;
  };
  /** Rows of the register of dealings, as it is now. */
  dealing_row: { letter: number; id: string };
  /** Workforces of other boards. */
  followed: {
    /** Workforce id, 32 bytes. */
    workforce: Uint8Array;
    url: string;
    /** Canonical JSON (core's `verifiedLog`); null before the first recount that found nothing wrong. */
    verified: Uint8Array | null;
    /** The signed note of that recount. */
    checkpoint: Uint8Array | null;
    problem: string | null;
    problem_day: string | null;
  };
}

export type BoardDatabase = Database<BoardTables>;
export type Trx = Transaction<BoardTables>;
export type Reader = Kysely<BoardTables>;

export const migrations: readonly Migration[] = [
  { name: "0001-board", up: createTables },
  { name: "0002-organisers", up: addOrganisers },
  { name: "0003-answered", up: addAnswered },
  { name: "0004-followed", up: addFollowed },
  { name: "0005-chronicle", up: addChronicle },
];

async function createTables(trx: Transaction<unknown>, engine: Engine): Promise<void> {
  const int = integer(engine);
  const bytes = blob(engine);
  const { schema } = trx;
  await schema
    .createTable("workforce")
    .addColumn("number", int, (c) => c.primaryKey().notNull())
    .addColumn("id", bytes, (c) => c.notNull().unique())
    .addColumn("log_key", bytes, (c) => c.notNull().unique())
    .addColumn("size", int, (c) => c.notNull())
    .addColumn("root", bytes, (c) => c.notNull())
    .addColumn("checkpoint", bytes, (c) => c.notNull())
    .addColumn("index_file", bytes, (c) => c.notNull())
    .addColumn("last_tick", text(engine), (c) => c.notNull())
    .$call(strictTable(engine))
    .execute();
  await schema
    .createTable("manifest_version")
    .addColumn("workforce", int, (c) => c.notNull())
    .addColumn("version", int, (c) => c.notNull())
    .addColumn("hash", bytes, (c) => c.notNull())
    .addColumn("leaf_index", int, (c) => c.notNull())
    .addPrimaryKeyConstraint("manifest_version_pkey", ["workforce", "version"])
    .$call(strictTable(engine))
    .execute();
  await schema
    .createTable("epoch")
    .addColumn("workforce", int, (c) => c.notNull())
    .addColumn("epoch", int, (c) => c.notNull())
    .addColumn("leaf_index", int, (c) => c.notNull())
    .addColumn("leaf", bytes, (c) => c.notNull())
    .addPrimaryKeyConstraint("epoch_pkey", ["workforce", "epoch"])
    .$call(strictTable(engine))
    .execute();
  await schema
    .createTable("letter")
    .addColumn("number", int, (c) => c.primaryKey().notNull())
    .addColumn("workforce", int, (c) => c.notNull())
    .addColumn("id", bytes, (c) => c.notNull())
    .addColumn("leaf_index", int, (c) => c.notNull())
    .addColumn("leaf", bytes, (c) => c.notNull())
    .addColumn("closing_index", int)
    .addColumn("endorsements", int, (c) => c.notNull())
    .addColumn("counted_mailbox", int, (c) => c.notNull())
    .addColumn("counted_vouched", int, (c) => c.notNull())
    .addColumn("withdrawn_mailbox", int, (c) => c.notNull())
    .addColumn("withdrawn_vouched", int, (c) => c.notNull())
    .addColumn("first_day", text(engine))
    .addColumn("last_day", text(engine))
    .addColumn("bits", int, (c) => c.notNull())
    .addUniqueConstraint("letter_id", ["workforce", "id"])
    .$call(strictTable(engine))
    .execute();
  await schema
    .createTable("client")
    .addColumn("workforce", int, (c) => c.notNull())
    .addColumn("leaf_index", int, (c) => c.notNull())
    .addColumn("hash", bytes, (c) => c.notNull())
    .addPrimaryKeyConstraint("client_pkey", ["workforce", "leaf_index"])
    .$call(strictTable(engine))
    .execute();
  await schema
    .createTable("issuance")
    .addColumn("workforce", int, (c) => c.notNull())
    .addColumn("epoch", int, (c) => c.notNull())
    .addColumn("registrar", bytes, (c) => c.notNull())
    .addColumn("leaf_index", int, (c) => c.notNull())
    .addColumn("leaf", bytes, (c) => c.notNull())
    .addPrimaryKeyConstraint("issuance_pkey", ["workforce", "epoch", "registrar"])
    .$call(strictTable(engine))
    .execute();
  await schema
    .createTable("destruction")
    .addColumn("workforce", int, (c) => c.notNull())
    .addColumn("epoch", int, (c) => c.notNull())
    .addColumn("registrar", bytes, (c) => c.notNull())
    .addColumn("leaf_index", int, (c) => c.notNull())
    .addColumn("leaf", bytes, (c) => c.notNull())
    .addPrimaryKeyConstraint("destruction_pkey", ["workforce", "epoch", "registrar"])
    .$call(strictTable(engine))
    .execute();
  await schema
    .createTable("token_use")
    .addColumn("letter", int, (c) => c.notNull())
    .addColumn("class", int, (c) => c.notNull())
    .addColumn("registrar", bytes, (c) => c.notNull())
    .addColumn("uses", int, (c) => c.notNull())
    .addPrimaryKeyConstraint("token_use_pkey", ["letter", "class", "registrar"])
    .$call(strictTable(engine))
    .execute();
  await schema
    .createTable("public_file")
    .addColumn("workforce", int, (c) => c.notNull())
    .addColumn("kind", int, (c) => c.notNull())
    .addColumn("hash", bytes, (c) => c.notNull())
    .addColumn("bytes", bytes, (c) => c.notNull())
    .addPrimaryKeyConstraint("public_file_pkey", ["workforce", "kind", "hash"])
    .$call(strictTable(engine))
    .execute();
  await schema
    .createTable("tile")
    .addColumn("workforce", int, (c) => c.notNull())
    .addColumn("level", int, (c) => c.notNull())
    .addColumn("tile_index", int, (c) => c.notNull())
    .addColumn("width", int, (c) => c.notNull())
    .addColumn("bytes", bytes, (c) => c.notNull())
    .addPrimaryKeyConstraint("tile_pkey", ["workforce", "level", "tile_index"])
    .$call(strictTable(engine))
    .execute();
  await schema
    .createTable("bundle")
    .addColumn("workforce", int, (c) => c.notNull())
    .addColumn("bundle_index", int, (c) => c.notNull())
    .addColumn("width", int, (c) => c.notNull())
    .addColumn("bytes", bytes, (c) => c.notNull())
    .addPrimaryKeyConstraint("bundle_pkey", ["workforce", "bundle_index"])
    .$call(strictTable(engine))
    .execute();
  await schema
    .createTable("pool")
    .addColumn("hash", bytes, (c) => c.primaryKey().notNull())
    .addColumn("letter", int, (c) => c.notNull())
    .addColumn("leaf", bytes, (c) => c.notNull())
    .addColumn("opening", bytes)
    .addColumn("remainder", int, (c) => c.notNull())
    .$call(strictTable(engine))
    .execute();
  await schema
    .createTable("signatory")
    .addColumn("letter", int, (c) => c.notNull())
    .addColumn("bucket", int, (c) => c.notNull())
    .addColumn("key", bytes, (c) => c.notNull())
    .addColumn("class", int, (c) => c.notNull())
    .addColumn("chain", bytes, (c) => c.notNull())
    .addColumn("released", int)
    .addColumn("head_index", int)
    .addColumn("ordinal", int)
    .addColumn("withdrawn", int, (c) => c.notNull())
    .addPrimaryKeyConstraint("signatory_pkey", ["letter", "bucket", "key"])
    .$call(strictTable(engine))
    .execute();
  await schema
    .createTable("opening")
    .addColumn("letter", int, (c) => c.notNull())
    .addColumn("ordinal", int, (c) => c.notNull())
    .addColumn("leaf_index", int, (c) => c.notNull())
    .addColumn("bytes", bytes, (c) => c.notNull())
    .addPrimaryKeyConstraint("opening_pkey", ["letter", "ordinal"])
    .$call(strictTable(engine))
    .execute();
}

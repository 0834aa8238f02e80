/**
 * Appends leaves to a workforce's log, within the transaction that also changes what depends on them: leaves, tiles,
 * root, signed checkpoint and public index become visible together or not at all.
 *
 * What keeps a log from forking: writers run one after another (storage/write.ts); a stored log that does not hash to
 * its own signed root is not built upon; the row is only replaced at the size that was read; and a process refuses a
 * database that has fallen behind what it has itself committed.
 */
import { equalBytes } from "@undersigned/core";
import {
  encodeEntries,
  formatCheckpoint,
  growEdge,
  leafHash,
  loadEdge,
  type NoteSigner,
  newTiles,
  type RightEdge,
  rangeOfEdge,
  signNote,
  TILE_WIDTH,
  tilePath,
} from "@undersigned/log";
import { BoardError } from "../errors.ts";
import { indexFile } from "../public/index-file.ts";
import type { BoardTables, Trx } from "../storage/schema.ts";
import { chunks } from "../storage/write.ts";
import { compress, cutBundle, readBundle, tileReader } from "./log-store.ts";

export type WorkforceRow = BoardTables["workforce"];

/** Tree head of the largest log that this process has committed, by workforce number. */
export type SeenHeads = Map<number, { readonly size: number; readonly root: Uint8Array }>;

/** Bundles that are compressed at once. */
const COMPRESSING = 8;

export class LogAppend {
  readonly #trx: Trx;
  readonly #row: WorkforceRow;
  readonly #edge: RightEdge;
  readonly #hashes: Uint8Array[] = [];
  /** Encoded entries of the bundle that is being filled. */
  #parts: Uint8Array[];
  #width: number;
  #compressing: { index: number; width: number; bytes: Promise<Uint8Array> }[] = [];

  private constructor(trx: Trx, row: WorkforceRow, edge: RightEdge, parts: Uint8Array[]) {
    this.#trx = trx;
    this.#row = row;
    this.#edge = edge;
    this.#parts = parts;
    this.#width = row.size % TILE_WIDTH;
  }

  /** `row` was read in this transaction. Throws `log-damaged` or `log-behind`. */
  static async begin(trx: Trx, row: WorkforceRow, seen: SeenHeads): Promise<LogAppend> {
    const head = seen.get(row.number);
    if (
      head !== undefined &&
      (row.size < head.size || (row.size === head.size && !equalBytes(row.root, head.root)))
    ) {
      throw new BoardError(
        "log-behind",
        "The database is older than what was published: restore the newest copy before anything is appended.",
      );
    }
    const edge = await loadEdge(row.size, tileReader(trx, row.number)).catch(() => null);
    if (edge === null || !equalBytes(rangeOfEdge(edge).root(), row.root)) throw damaged();
    const width = row.size % TILE_WIDTH;
    if (width === 0) return new LogAppend(trx, row, edge, []);
    const stored = await readBundle(trx, row.number, Math.floor(row.size / TILE_WIDTH));
    if (stored === null || stored.width !== width) throw damaged();
    return new LogAppend(trx, row, edge, [await cutBundle(stored, width)]);
  }

  /** The size so far, which is the index of the next leaf. */
  get size(): number {
    return this.#row.size + this.#hashes.length;
  }

  get appended(): number {
    return this.#hashes.length;
  }

  /** Adds a leaf and returns its index. `hash` spares hashing it again. */
  async add(entry: Uint8Array, hash: Uint8Array = leafHash(entry)): Promise<number> {
    const index = this.size;
    this.#hashes.push(hash);
    this.#parts.push(encodeEntries([entry]));
    this.#width++;
    if (this.#width === TILE_WIDTH) {
      this.#closeBundle();
      if (this.#compressing.length >= COMPRESSING) await this.#writeBundles();
    }
    return index;
  }

  /**
   * Writes everything and signs. To be called last in the transaction, once, and only if a leaf was added: the public
   * index is made of the tables as they then are. What is returned may be remembered only after the commit.
   */
  async finish(signer: NoteSigner): Promise<{ size: number; root: Uint8Array }> {
    if (this.#width > 0) this.#closeBundle();
    await this.#writeBundles();
    const { number: workforce, size: before } = this.#row;
    const { edge, root, tiles } = growEdge(this.#edge, this.#hashes);
    const { size } = edge;
    const rows = [...newTiles(before, size)].map(({ level, index, width }) => {
      return { workforce, level, tile_index: index, width, bytes: tiles.get(tilePath(level, index, width))! };
    });
    for (const some of chunks(rows)) {
      await this.#trx
        .insertInto("tile")
        .values([...some])
        .onConflict((conflict) =>
          conflict
            .columns(["workforce", "level", "tile_index"])
            .doUpdateSet((row) => ({ width: row.ref("excluded.width"), bytes: row.ref("excluded.bytes") })),
        )
        .execute();
    }
    const checkpoint = await signNote(formatCheckpoint({ origin: signer.name, size, root }), [signer]);
    const { numUpdatedRows } = await this.#trx
      .updateTable("workforce")
      .set({ size, root, checkpoint, index_file: await indexFile(this.#trx, this.#row, size) })
      .where("number", "=", workforce)
      .where("size", "=", before)
      .executeTakeFirst();
    if (numUpdatedRows !== 1n) throw damaged();
    return { size, root };
  }

  #closeBundle(): void {
    const index = Math.floor((this.size - 1) / TILE_WIDTH);
    const whole = new Uint8Array(this.#parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of this.#parts) {
      whole.set(part, at);
      at += part.length;
    }
    this.#compressing.push({ index, width: this.#width, bytes: compress(whole) });
    this.#parts = [];
    this.#width = 0;
  }

  async #writeBundles(): Promise<void> {
    const compressing = this.#compressing;
    this.#compressing = [];
    const bytes = await Promise.all(compressing.map((bundle) => bundle.bytes));
    for (const [i, { index, width }] of compressing.entries()) {
      const values = { workforce: this.#row.number, bundle_index: index, width, bytes: bytes[i]! };
      await this.#trx
        .insertInto("bundle")
        .values(values)
        .onConflict((conflict) =>
          conflict
            .columns(["workforce", "bundle_index"])
            .doUpdateSet((row) => ({ width: row.ref("excluded.width"), bytes: row.ref("excluded.bytes") })),
        )
        .execute();
    }
  }
}

function damaged(): BoardError {
  return new BoardError(
    "log-damaged",
    "The stored log does not match its signed checkpoint: restore the newest copy of the database.",
  );
}

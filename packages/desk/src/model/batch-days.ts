/**
 * How many endorsements came out on which day, from the log's batch leaves. Each entry is looked at once: what has been read
 * stays in memory, and a later question reads on from there.
 */
import { publicSite } from "@undersigned/board";
import { type BatchLeaf, type Day, parseLeaf, utf8Encode } from "@undersigned/core";
import { decodeEntries, entriesPath, TILE_WIDTH } from "@undersigned/log";
import { CHECKPOINT_PATH, LIMITS } from "@undersigned/verify";
import type { Desk } from "../desk.ts";

export interface BatchDay {
  readonly day: Day;
  readonly mailbox: number;
  readonly vouched: number;
}

/** A batch leaf in canonical form begins so, and no other leaf with `letters` does. */
const BATCH = utf8Encode('{"day":"');

interface Read {
  size: number;
  readonly letters: Map<string, BatchDay[]>;
}

export class BatchDays {
  readonly #read = new Map<string, Read>();

  /** Oldest first. Ids are base64url. */
  async of(desk: Desk, workforce: string, letter: string): Promise<readonly BatchDay[]> {
    const read = this.#read.get(workforce) ?? { size: 0, letters: new Map() };
    this.#read.set(workforce, read);
    await this.#readOn(desk, workforce, read);
    return read.letters.get(letter) ?? [];
  }

  async #readOn(desk: Desk, workforce: string, read: Read): Promise<void> {
    const source = publicSite(desk.board.internals).files(workforce);
    const checkpoint = await source.read(CHECKPOINT_PATH, LIMITS.checkpoint);
    const size = Number(new TextDecoder().decode(checkpoint ?? new Uint8Array()).split("\n")[1]);
    // The board's own log, which it has signed: nothing is checked again here.
    while (read.size < size) {
      const index = Math.floor(read.size / TILE_WIDTH);
      const width = Math.min(TILE_WIDTH, size - index * TILE_WIDTH);
      const bundle = await source.read(entriesPath(index, width), LIMITS.entries);
      if (bundle === null) return;
      for (const entry of decodeEntries(bundle, width).slice(read.size - index * TILE_WIDTH)) {
        if (BATCH.every((byte, i) => entry[i] === byte)) take(read, entry);
      }
      read.size = index * TILE_WIDTH + width;
    }
  }
}

function take({ letters }: Read, entry: Uint8Array): void {
  const leaf = parseLeaf(entry);
  if (leaf.type !== "batch") return;
  const { day, letters: rows } = leaf as BatchLeaf;
  for (const { letter, mailbox, vouched } of rows) {
    if (mailbox + vouched === 0) continue;
    const days = letters.get(letter) ?? [];
    days.push({ day, mailbox, vouched });
    letters.set(letter, days);
  }
}

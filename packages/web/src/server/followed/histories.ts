/**
 * How many were counted from each batch on, from the log's entries. They never change, so a log is read once, and from where
 * it was read up to when it has grown. The board has checked every leaf before it logged it; a recount checks them again.
 */
import type { Day, EndorsementClass } from "@undersigned/core";
import { TILE_WIDTH } from "@undersigned/log";
import type { FileSource } from "@undersigned/verify";
import { entriesOf } from "../load-released.ts";

/** Of class `mailbox`: the number that is shown as the letter's. */
export interface DayNumber {
  /** Of the batch. */
  readonly day: Day;
  /** Who were counted from then on. */
  readonly count: number;
}

/** By letter; a letter without a number has none. Days rise. */
export type Histories = ReadonlyMap<string, readonly DayNumber[]>;

/** What is looked at of a leaf. */
interface Leaf {
  readonly type: string;
  readonly day?: Day;
  readonly letter?: string;
  readonly key?: string;
  readonly class?: EndorsementClass;
}

interface LetterHistory {
  readonly days: DayNumber[];
  /** Keys of class `mailbox`, and whether they are counted. */
  readonly keys: Map<string, boolean>;
  count: number;
}

class Reading {
  size = 0;
  day: Day = "";
  readonly letters = new Map<string, LetterHistory>();

  add({ type, day = "", letter = "", key = "", class: cls }: Leaf): void {
    if (type === "batch") this.day = day;
    const counts = type === "endorsement" || type === "revision";
    if (!counts && type !== "withdrawal") return;
    const history: LetterHistory = this.letters.get(letter) ?? { days: [], keys: new Map(), count: 0 };
    this.letters.set(letter, history);
    if (type === "endorsement" ? cls !== "mailbox" : !history.keys.has(key)) return;
    if ((history.keys.get(key) ?? false) !== counts) history.count += counts ? 1 : -1;
    history.keys.set(key, counts);
    if (history.days.at(-1)?.day === this.day) history.days.pop();
    history.days.push({ day: this.day, count: history.count });
  }

  async readTo(source: FileSource, size: number): Promise<void> {
    while (this.size < size) {
      const bundle = Math.floor(this.size / TILE_WIDTH);
      const width = Math.min(TILE_WIDTH, size - bundle * TILE_WIDTH);
      const entries = await entriesOf(source, bundle, width);
      if (entries.length < width) throw new Error("Entries of the log are not there.");
      for (const entry of entries.slice(this.size - bundle * TILE_WIDTH))
        this.add(JSON.parse(new TextDecoder().decode(entry)) as Leaf);
      this.size = bundle * TILE_WIDTH + width;
    }
  }

  get histories(): Histories {
    return new Map([...this.letters].map(([letter, { days }]) => [letter, [...days]]));
  }
}

/** `size` is that of the log. Rejects where entries are missing. */
export type HistoriesOf = (source: FileSource, workforce: string, size: number) => Promise<Histories>;

/** Workforces that are served only: so callers cannot make it grow. A log that got smaller is read anew. */
export function createHistories(): HistoriesOf {
  const kept = new Map<
    string,
    { readonly size: number; readonly read: Promise<Reading>; readonly all: Promise<Histories> }
  >();
  return (source, workforce, size) => {
    const known = kept.get(workforce);
    if (known?.size === size) return known.all;
    const before = known === undefined || known.size > size ? Promise.resolve(new Reading()) : known.read;
    const read = before.then(async (reading) => {
      await reading.readTo(source, size);
      return reading;
    });
    const entry = { size, read, all: read.then((reading) => reading.histories) };
    kept.set(workforce, entry);
    entry.all.catch(() => {
      if (kept.get(workforce) === entry) kept.delete(workforce);
    });
    return entry.all;
  };
}

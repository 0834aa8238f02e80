/**
 * Lets what arrives together be written together: one transaction, and one flush of the disk, serves many callers.
 *
 * A writer that is idle writes at once. One that is busy waits, after each write, for a few times as long as that took,
 * and gathers what comes meanwhile: else half of the process's time goes into commits of two or three rows each.
 */

/** A write takes at most this share of the time: 1 / (1 + PAUSE_PER_WORK). */
const PAUSE_PER_WORK = 4;
const LONGEST_PAUSE_MS = 20;

type Waiting<I, O> = {
  readonly item: I;
  resolve(outcome: O): void;
  reject(error: unknown): void;
};

export type GroupCommit<I, O> = {
  /** Resolves with the item's outcome once its group is durable. Rejects with what its group's write threw. */
  add(item: I): Promise<O>;
  /** Resolves when nothing waits any more. Nothing may be added afterwards. */
  close(): Promise<void>;
};

/** `write` gets at most `most` items, in order of arrival, and resolves with one outcome for each. */
export function createGroupCommit<I, O>(options: {
  readonly most: number;
  readonly write: (items: readonly I[]) => Promise<readonly O[]>;
}): GroupCommit<I, O> {
  const { most, write } = options;
  let waiting: Waiting<I, O>[] = [];
  let running: Promise<void> | null = null;
  let notBefore = 0;

  async function writeGroup(group: readonly Waiting<I, O>[]): Promise<void> {
    const from = performance.now();
    try {
      const outcomes = await write(group.map(({ item }) => item));
      for (const [i, { resolve }] of group.entries()) resolve(outcomes[i]!);
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
    const now = performance.now();
    notBefore = now + Math.min(LONGEST_PAUSE_MS, PAUSE_PER_WORK * (now - from));
  }

  async function writeAll(): Promise<void> {
    while (waiting.length > 0) {
      await pauseUntil(notBefore);
      const group = waiting.slice(0, most);
      waiting = waiting.slice(most);
      await writeGroup(group);
    }
    running = null;
  }

  return {
    add: (item) =>
      new Promise((resolve, reject) => {
        waiting.push({ item, resolve, reject });
        running ??= writeAll();
      }),
    async close() {
      while (running !== null) await running;
    },
  };
}

/** At least until the event loop's next turn, so that the rest of what arrived in this one joins. */
function pauseUntil(moment: number): Promise<void> {
  const milliseconds = moment - performance.now();
  return new Promise((resolve) => {
    if (milliseconds < 1) setImmediate(resolve);
    else setTimeout(resolve, milliseconds);
  });
}

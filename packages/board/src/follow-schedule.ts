/** When the workforces that are followed are recounted: once after the start, after each tick, and every so many hours since. */
import type { Timers } from "./schedule.ts";

/** A moment after the start, which is not to wait for others' servers. */
const FIRST_MS = 1000;
const DAY_MS = 86_400_000;

export type FollowSchedule = {
  /** Those that were not tried today, now or as soon as what runs is done. */
  soon(): void;
  /** Ends what runs. */
  stop(): Promise<void>;
};

/**
 * `run` gets whether all are to be asked, or those alone that were not tried today: so, where several processes do this, each is
 * asked once. A failure of it is told elsewhere.
 */
export function scheduleFollowing(
  everyMs: number,
  timers: Timers,
  run: (again: boolean, signal: AbortSignal) => Promise<unknown>,
): FollowSchedule {
  const stopping = new AbortController();
  const again = everyMs < DAY_MS;
  let running: Promise<void> | null = null;
  let wanted = false;
  let cancel = () => {};

  const wait = (ms: number, all: boolean) => {
    if (!stopping.signal.aborted) cancel = timers.after(ms, () => begin(all));
  };
  const begin = (all: boolean) => {
    cancel();
    running = run(all, stopping.signal).then(ended, ended);
  };
  const ended = () => {
    running = null;
    if (wanted && !stopping.signal.aborted) {
      wanted = false;
      begin(false);
    } else wait(everyMs, again);
  };

  wait(FIRST_MS, false);
  return {
    soon() {
      if (stopping.signal.aborted) return;
      if (running === null) begin(false);
      else wanted = true;
    },
    async stop() {
      stopping.abort();
      cancel();
      await running;
    },
  };
}

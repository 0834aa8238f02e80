/**
 * Runs the tick at the beginning of each UTC day. The wait is computed anew each time and never longer than an hour, so
 * that neither drift nor a clock that was set, nor a machine that slept, moves it by more than that.
 */
import type { Clock } from "@undersigned/service";

export type Timers = {
  /** As Node's setTimeout; gives a function that cancels. */
  after(ms: number, run: () => void): () => void;
};

export const systemTimers: Timers = {
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

const DAY_MS = 86_400_000;
const LONGEST_WAIT_MS = 3_600_000;
const RETRY_MS = 30_000;

/** How long to wait for the next midnight, at most an hour. At least 1 ms, and one past it rather than one short of it. */
export function waitMs(now: number): number {
  const untilMidnight = DAY_MS - (((now % DAY_MS) + DAY_MS) % DAY_MS);
  return Math.min(LONGEST_WAIT_MS, untilMidnight + 1);
}

/**
 * Calls `run` once each day after the present one. `run` resolves to whether the day is done; if not, or if it rejects,
 * it is called again half a minute later. `stop` waits for a run in progress.
 */
export function scheduleDaily(
  clock: Clock,
  timers: Timers,
  run: () => Promise<boolean>,
): { stop(): Promise<void> } {
  let done = clock.day();
  let stopped = false;
  let cancel = () => {};
  let running: Promise<void> = Promise.resolve();

  const wait = (ms: number) => {
    if (!stopped) cancel = timers.after(ms, wake);
  };
  const wake = () => {
    running = turn();
  };
  const turn = async () => {
    const today = clock.day();
    if (today <= done) return wait(waitMs(clock.now()));
    const finished = await run().catch(() => false);
    if (finished) done = today;
    wait(finished ? waitMs(clock.now()) : RETRY_MS);
  };

  wait(waitMs(clock.now()));
  return {
    async stop() {
      stopped = true;
      cancel();
      await running;
    },
  };
}

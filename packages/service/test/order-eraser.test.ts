/** When the order of arrival is erased: here the clock is played, and the file is one that only says how long it takes. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createOrderEraser } from "../src/index.ts";

const MOST_WAIT_MS = 30_000;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

it("is tried again after a failure, though nothing more is written", async () => {
  const moments: number[] = [];
  let failures = 3;
  const database = {
    engine: "sqlite" as const,
    db: { executeQuery: async () => ({ rows: [{ pragma: 1 }] }) },
    async truncateWal() {
      moments.push(performance.now());
      if (failures-- > 0) throw new Error("Another process reads.");
    },
  };
  const eraser = createOrderEraser(database, { maxBytes: 1_000_000 });
  await vi.advanceTimersByTimeAsync(10 * MOST_WAIT_MS);
  expect(moments).toHaveLength(4);
  const gaps = moments.slice(1).map((moment, i) => moment - moments[i]!);
  for (const gap of gaps) expect(gap).toBeLessThanOrEqual(MOST_WAIT_MS);
  await eraser.close();
  expect(moments).toHaveLength(4);
});

/** Something is written every 50 ms, and whoever wants to erase waits `takesMs` for its turn. Gives the moments of erasures. */
async function erasures(takesMs: number, forMs: number): Promise<number[]> {
  const from = performance.now();
  const moments: number[] = [];
  const database = {
    engine: "sqlite" as const,
    db: { executeQuery: async () => ({ rows: [{ pragma: 1 }] }) },
    async truncateWal() {
      await new Promise((resolve) => setTimeout(resolve, takesMs));
      moments.push(performance.now() - from);
    },
  };
  const eraser = createOrderEraser(database, { maxBytes: 1_000_000 });
  const writing = setInterval(eraser.written, 50);
  await vi.advanceTimersByTimeAsync(forMs);
  clearInterval(writing);
  const before = moments.length;
  const closing = eraser.close();
  await vi.advanceTimersByTimeAsync(MOST_WAIT_MS);
  await closing;
  // What came since is erased before the file is closed.
  expect(moments.length).toBe(before + 1);
  return moments;
}

it("takes a hundredth of the time under constant writes", async () => {
  const [first, second, third] = await erasures(50, 20_000);
  expect(second! - first!).toBe(5_050);
  expect(third! - second!).toBe(5_050);
});

it("comes at least every half minute under constant writes, however long the last one had to wait", async () => {
  const moments = await erasures(10_000, 5 * 60_000);
  const gaps = moments.slice(1, -1).map((moment, i) => moment - moments[i]!);
  expect(gaps.length).toBeGreaterThanOrEqual(6);
  for (const gap of gaps) expect(gap).toBeLessThanOrEqual(MOST_WAIT_MS + 10_000);
});

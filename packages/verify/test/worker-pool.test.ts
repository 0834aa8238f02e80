/** What the pool does with threads of any platform: those that start late, never, or end early. */
import { encodeLeaf, leafHashOf } from "@undersigned/core";
import { describe, expect, it } from "vitest";
import type { CheckUnit } from "../src/checker.ts";
import { answerPool, createPool, type FromThread, openWorkforce, type StartThread } from "../src/index.ts";
import { contextOf } from "../src/ledger.ts";
import { endorsements, memorySource, openedLog } from "./helpers.ts";

async function prepared() {
  const { log, letter } = openedLog();
  const leaf = encodeLeaf(endorsements(log, letter, 1)[0]!);
  const view = await openWorkforce(memorySource(await log.files()), log.workforce);
  const unit = (): CheckUnit => ({
    bytes: Uint8Array.of(leaf.length >> 8, leaf.length & 255, ...leaf),
    spans: Uint32Array.of(0, 2, 2 + leaf.length),
    hashes: leafHashOf(leaf),
  });
  return { context: contextOf(log.workforce, view.letters.get(letter.letter)!), unit };
}

/** Threads within this one, which say that they are ready in a later task, and what was sent to each. */
function fakeThreads() {
  const threads: {
    readonly units: number[];
    onMessage(message: FromThread): void;
    onEnd(): void;
  }[] = [];
  const start: StartThread = (onMessage, onEnd) => {
    const thread = { units: [] as number[], onMessage, onEnd };
    threads.push(thread);
    let answer = (_message: Parameters<ReturnType<typeof answerPool>>[0]) => {};
    const letters: Parameters<typeof answer>[0][] = [];
    setTimeout(() => {
      answer = answerPool(onMessage);
      for (const letter of letters) answer(letter);
    }, 0);
    return {
      post(message) {
        if ("letter" in message) letters.push(message);
        else thread.units.push(message.id);
        answer(message);
      },
      end: async () => onEnd(),
    };
  };
  return { threads, start };
}

/** Threads that never say anything. */
const silent: StartThread = () => ({ post: () => {}, end: async () => {} });

describe("a pool", () => {
  it("hears that a thread is ready although nothing it waits for takes time", async () => {
    const { context, unit } = await prepared();
    const { threads, start } = fakeThreads();
    const pool = createPool(start, 2);
    pool.addLetter(context);
    for (let i = 0; i < 4; i++) expect((await pool.check(unit()))[0]?.problems).toEqual([]);
    expect(threads.flatMap(({ units }) => units).length).toBeGreaterThan(0);
    await pool.close();
  });

  it("gives each unit to the thread that has least to do", async () => {
    const { context, unit } = await prepared();
    const { threads, start } = fakeThreads();
    const pool = createPool(start, 2);
    pool.addLetter(context);
    await new Promise((resolve) => setTimeout(resolve, 5));
    await Promise.all(Array.from({ length: 6 }, () => pool.check(unit())));
    expect(threads.map(({ units }) => units.length)).toEqual([3, 3]);
    await pool.close();
  });

  it("does the work itself while no thread is ready, and when none ever starts", async () => {
    const { context, unit } = await prepared();
    const { start: never, threads } = fakeThreads();
    for (const start of [silent, never]) {
      const pool = createPool(start, 2);
      pool.addLetter(context);
      for (const { onEnd } of threads) onEnd();
      expect((await pool.check(unit()))[0]?.problems).toEqual([]);
      expect(threads.flatMap(({ units }) => units)).toEqual([]);
      await pool.close();
    }
  });

  it("is broken for good when a thread ends that had been given work", async () => {
    const { context, unit } = await prepared();
    const start: StartThread = (onMessage, onEnd) => {
      setTimeout(() => onMessage({ ready: true }), 0);
      return { post: (message) => void ("unit" in message && setTimeout(onEnd, 1)), end: async () => {} };
    };
    const pool = createPool(start, 1);
    pool.addLetter(context);
    await new Promise((resolve) => setTimeout(resolve, 5));
    await expect(pool.check(unit())).rejects.toMatchObject({ code: "checker-failed" });
    await expect(pool.check(unit())).rejects.toMatchObject({ code: "checker-failed" });
  });

  it("passes on that checking broke, which no leaf may bring about", async () => {
    const { context, unit } = await prepared();
    const start: StartThread = (onMessage) => {
      setTimeout(() => onMessage({ ready: true }), 0);
      return {
        post: (message) => {
          if ("unit" in message) setTimeout(() => onMessage({ id: message.id, checked: null }), 0);
        },
        end: async () => {},
      };
    };
    const pool = createPool(start, 1);
    pool.addLetter(context);
    await new Promise((resolve) => setTimeout(resolve, 5));
    await expect(pool.check(unit())).rejects.toMatchObject({ code: "checker-failed" });
  });
});

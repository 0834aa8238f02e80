/** The pool of threads gives what checking in place gives, and needs no thread to be ready. */
import { encodeLeaf, leafHashOf } from "@undersigned/core";
import { describe, expect, it } from "vitest";
import type { CheckUnit } from "../src/checker.ts";
import { openWorkforce } from "../src/index.ts";
import { contextOf } from "../src/ledger.ts";
import { inlineChecker } from "../src/pool-inline.ts";
import { openPool } from "../src/pool-node.ts";
import { count, endorsements, failures, memorySource, openedLog, recountLog } from "./helpers.ts";

async function preparedUnit() {
  const { log, letter } = openedLog();
  const leaves = [...endorsements(log, letter, 3), log.endorse(letter, 9, { tokens: { slot: 4 } })].map(
    encodeLeaf,
  );
  const view = await openWorkforce(memorySource(await log.files()), log.workforce);
  const context = contextOf(log.workforce, view.letters.get(letter.letter)!);
  const unit = (): CheckUnit => {
    const spans: number[] = [];
    const bytes: number[] = [];
    for (const [place, leaf] of leaves.entries()) {
      bytes.push(leaf.length >> 8, leaf.length & 255);
      spans.push(place, bytes.length, bytes.length + leaf.length);
      bytes.push(...leaf);
    }
    const hashes = Uint8Array.from(leaves.flatMap((leaf) => [...leafHashOf(leaf)]));
    return { bytes: Uint8Array.from(bytes), spans: Uint32Array.from(spans), hashes };
  };
  return { context, unit };
}

describe("the pool", () => {
  it("answers like the checker in place, in this thread and in others", async () => {
    const { context, unit } = await preparedUnit();
    const here = inlineChecker();
    here.addLetter(context);
    const expected = await here.check(unit());
    expect(expected.map(({ problems }) => problems.map(({ code }) => code))).toEqual([
      [],
      [],
      [],
      ["token-invalid", "token-invalid"],
    ]);
    const pool = openPool();
    try {
      pool.addLetter(context);
      expect(await pool.check(unit())).toEqual(expected);
      // A unit's bytes move to the thread that takes it: that shows when threads have begun.
      for (let moved = false; !moved; ) {
        const next = unit();
        const answers = pool.check(next);
        moved = next.bytes.length === 0;
        expect(await answers).toEqual(expected);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      const many = await Promise.all(Array.from({ length: 20 }, () => pool.check(unit())));
      for (const answers of many) expect(answers).toEqual(expected);
    } finally {
      await pool.close();
    }
  });

  it("fails, and does not answer, once its threads are gone", async () => {
    const { context, unit } = await preparedUnit();
    const pool = openPool();
    pool.addLetter(context);
    await pool.close();
    await expect(pool.check(unit())).rejects.toMatchObject({ code: "checker-failed" });
  });
});

describe("a log of more than two bundles", () => {
  it("is recounted the same in place and by the pool, with what is wrong in it", async () => {
    const { log, letter } = openedLog({ registrars: 1 });
    const bad = [700, 701].map((person) => log.endorse(letter, person, { tokens: { slot: 2 } }));
    const batch = log.addBatch("2026-03-03", [...endorsements(log, letter, 600), ...bad]);
    log.addBatch("2026-03-04", [log.withdraw(letter, 3), log.withdraw(letter, 4)]);
    const inPlace = await recountLog(log, { checker: inlineChecker });
    const pooled = await recountLog(log, { checker: openPool });
    expect(pooled).toEqual(inPlace);
    const found = failures(pooled).filter((failure) => failure.startsWith("token-invalid"));
    expect(found).toHaveLength(2);
    expect(found.every((failure) => Number(failure.split(" ")[1]) > batch)).toBe(true);
    expect(count(pooled)).toBe(598);
  });
});

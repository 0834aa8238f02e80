import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createGroupCommit } from "../src/database/group-commit.ts";

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe("a group commit", () => {
  it("gives each caller its own outcome, in groups of at most so many, in order of arrival", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 8 }),
        async (most, bursts) => {
          const groups: number[][] = [];
          const group = createGroupCommit<number, number>({
            most,
            async write(items) {
              groups.push([...items]);
              await turn();
              return items.map((item) => item * 2);
            },
          });
          const answers: Promise<number>[] = [];
          for (const burst of bursts) {
            for (let i = 0; i < burst; i++) answers.push(group.add(answers.length));
            await turn();
          }
          await group.close();
          expect(await Promise.all(answers)).toEqual(answers.map((_, i) => i * 2));
          expect(groups.flat()).toEqual(answers.map((_, i) => i));
          expect(groups.every(({ length }) => length >= 1 && length <= most)).toBe(true);
        },
      ),
      { numRuns: 50 },
    );
  });

  it("joins what came in one turn, and what comes while it writes", async () => {
    const sizes: number[] = [];
    const group = createGroupCommit<number, null>({
      most: 100,
      async write(items) {
        sizes.push(items.length);
        await turn();
        return items.map(() => null);
      },
    });
    const first = [1, 2, 3].map((item) => group.add(item));
    while (sizes.length === 0) await turn();
    const second = [4, 5].map((item) => group.add(item));
    await Promise.all([...first, ...second]);
    expect(sizes).toEqual([3, 2]);
  });

  it("tells a whole group that its write failed, and goes on with the next", async () => {
    let failing = true;
    const group = createGroupCommit<number, number>({
      most: 2,
      async write(items) {
        if (failing) {
          failing = false;
          throw new Error("disk full");
        }
        return items;
      },
    });
    const answers = await Promise.allSettled([1, 2, 3].map((item) => group.add(item)));
    expect(answers.map(({ status }) => status)).toEqual(["rejected", "rejected", "fulfilled"]);
    expect(await group.add(4)).toBe(4);
    await group.close();
  });
});

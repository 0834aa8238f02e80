/** Nothing that somebody types is lost: by a lost answer, a closed tab, or somebody else who writes in the same field. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Board, HandTimers, type Loss, memoryStorage, openTab } from "./kit.ts";

const LONG = 120_000;

describe("What is typed", () => {
  it("is saved a little later, field by field, and then no longer kept on the device", async () => {
    const board = new Board();
    const storage = memoryStorage();
    const { document, timers } = await openTab(board, "Heron", storage);
    document.set("title", "One");
    document.set("body", "Two");
    await timers.pass(300);
    expect(storage.items.size).toBe(1);
    expect(document.saving).toBe("unsaved");
    await timers.pass(LONG);
    expect(document.saving).toBe("saved");
    expect(board.history.map(({ name, value }) => [name, JSON.parse(value)])).toEqual([
      ["body", "Two"],
      ["title", "One"],
    ]);
    expect(storage.items.size).toBe(0);
  });

  it("comes back in another tab when the first was closed before it was saved", async () => {
    const board = new Board();
    const storage = memoryStorage();
    const first = await openTab(board, "Heron", storage, ["none", ...Array<Loss>(9).fill("request")]);
    first.document.set("title", "Kept");
    await first.timers.pass(5000);
    expect(first.document.saving).toBe("offline");
    const second = await openTab(board, "Heron", storage);
    expect(second.document.value("title")).toBe("Kept");
    await second.timers.pass(LONG);
    expect(board.fields.get("title")?.value).toBe('"Kept"');
  });

  it("that was sent without an answer is not taken for somebody else's, in another tab neither", async () => {
    const board = new Board();
    const storage = memoryStorage();
    const first = await openTab(board, "Heron", storage, ["none", "answer", "request", "request", "request"]);
    first.document.set("title", "Half");
    await first.timers.pass(1600);
    first.document.set("title", "Half and more");
    await first.timers.pass(4000);
    expect(first.document.saving).toBe("offline");
    const second = await openTab(board, "Heron", storage);
    await second.timers.pass(LONG);
    expect(second.document.conflicts).toEqual([]);
    expect(board.fields.get("title")?.value).toBe('"Half and more"');
  });

  it("and taken back while its answer is lost, is taken back at the board too", async () => {
    const board = new Board();
    const { document, timers } = await openTab(board, "Heron", memoryStorage(), ["none", "none", "answer"]);
    document.set("title", "Before");
    await timers.pass(2000);
    document.set("title", "Slip");
    await timers.pass(1600);
    document.set("title", "Before");
    await timers.pass(LONG);
    expect(board.fields.get("title")?.value).toBe('"Before"');
    expect(document.saving).toBe("saved");
  });

  it.each(["mine", "theirs"] as const)(
    "where another wrote too, both stay until one is chosen: %s",
    async (which) => {
      const board = new Board();
      const heron = await openTab(board, "Heron", memoryStorage());
      const otter = await openTab(board, "Otter", memoryStorage());
      heron.document.set("title", "Heron's");
      await heron.timers.pass(LONG);
      otter.document.set("title", "Otter's");
      otter.document.set("body", "Elsewhere");
      await otter.timers.pass(LONG);
      expect(otter.document.saving).toBe("choose");
      expect(board.fields.get("body")?.value).toBe('"Elsewhere"');
      expect(otter.document.conflicts.map(({ name, theirs }) => [name, theirs.by])).toEqual([
        ["title", "Heron"],
      ]);
      otter.document.choose("title", which);
      await otter.timers.pass(LONG);
      const expected = which === "mine" ? "Otter's" : "Heron's";
      expect(JSON.parse(board.fields.get("title")?.value ?? "")).toBe(expected);
      expect(otter.document.value("title")).toBe(expected);
      expect(otter.document.saving).toBe("saved");
    },
  );

  it("before it was frozen elsewhere can still be read, and is sent no more", async () => {
    const board = new Board();
    const storage = memoryStorage();
    const first = await openTab(board, "Heron", storage, ["none", ...Array<Loss>(9).fill("request")]);
    first.document.set("title", "Too late");
    await first.timers.pass(3000);
    board.state = "frozen";
    const second = await openTab(board, "Heron", storage);
    await second.timers.pass(LONG);
    expect(second.document.conflicts.map(({ mine }) => mine)).toEqual(['"Too late"']);
    expect(board.history).toEqual([]);
  });

  it("is lost in no order of typing, losses, closed tabs and other writers", async () => {
    const name = fc.constantFrom("title", "body");
    const step = fc.oneof(
      fc.record({ do: fc.constant("type" as const), who: fc.nat(1), name }),
      fc.record({ do: fc.constant("wait" as const), who: fc.nat(1), ms: fc.constantFrom(300, 1600, 9000) }),
      fc.record({ do: fc.constant("reopen" as const), who: fc.nat(1) }),
    );
    const losses = fc.array(fc.constantFrom<Loss>("none", "request", "answer"), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 14 }), losses, async (steps, lost) => {
        const board = new Board();
        const people = ["Heron", "Otter"].map((by) => ({
          by,
          storage: memoryStorage(),
          last: new Map<string, string>(),
        }));
        const tabs = await Promise.all(people.map(({ by, storage }) => openTab(board, by, storage)));
        for (const [i, tab] of tabs.entries()) {
          tabs[i] = await openTab(board, people[i]!.by, people[i]!.storage, ["none", ...lost]);
          expect(tab.document.saving).toBe("saved");
        }
        let n = 0;
        for (const one of steps) {
          const { by, storage, last } = people[one.who]!;
          const tab = tabs[one.who]!;
          if (one.do === "type") {
            const text = `${by} ${n++}`;
            tab.document.set(one.name, text);
            last.set(one.name, JSON.stringify(text));
            // As long as it takes to be sealed: a browser that is killed within that time has lost it.
            await tab.timers.pass(250);
          } else if (one.do === "wait") await tab.timers.pass(one.ms);
          else tabs[one.who] = await openTab(board, by, storage);
        }
        for (const { timers } of tabs) await timers.pass(LONG);
        for (const [i, { document }] of tabs.entries()) {
          for (const [field, text] of people[i]!.last) {
            const arrived = board.history.some(({ value }) => value === text);
            const kept = document.conflicts.some(
              (conflict) => conflict.name === field && conflict.mine === text,
            );
            expect(arrived || kept, `${text} in ${field}`).toBe(true);
          }
        }
      }),
      { numRuns: 40 },
    );
  });
});

it("Timers of these tests run in order", async () => {
  const timers = new HandTimers();
  const done: number[] = [];
  timers.after(20, () => done.push(2));
  timers.after(10, () => done.push(1));
  timers.after(30, () => done.push(3))();
  await timers.pass(40);
  expect(done).toEqual([1, 2]);
});

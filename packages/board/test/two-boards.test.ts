/** Several processes of one board on PostgreSQL: one log, nobody twice, nobody lost. */
import { type JsonValue, nameOf } from "@undersigned/core";
import { startPostgres, type TestPostgres } from "@undersigned/service/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { OpenBoard } from "../src/index.ts";
import { Kit } from "./kit.ts";

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(async () => {
  await postgres.stop();
});

describe("two boards on one database", () => {
  it("take posts and ticks at the same time and keep one log", { timeout: 60_000 }, async () => {
    const kit = await Kit.start({ databaseUrl: await postgres.createDatabase() });
    const other = await kit.openAnother();
    const boards: OpenBoard[] = [kit.board, other];
    try {
      const letter = await kit.publish({ days: 30 });
      const promised = new Set<string>();
      const notes: Uint8Array[] = [];
      let unique = 0;
      for (let day = 0; day < 5; day++) {
        const requests = Array.from({ length: 40 }, () => kit.person(letter).endorsement());
        unique += requests.length;
        // Every request to both, and some of them twice.
        const posts = [...requests, ...requests, ...requests.slice(0, 10)].map((request, i) =>
          boards[i % 2]!.acceptEndorsement(kit.workforce, request as unknown as JsonValue).then(({ leaf }) =>
            promised.add(leaf),
          ),
        );
        kit.clock.next();
        const ticks = await Promise.all([...boards, ...boards].map((board) => board.tick()));
        expect(ticks.flatMap(({ reports }) => reports)).toHaveLength(1);
        await Promise.all(posts);
        expect([...promised].sort()).toEqual(
          expect.arrayContaining(requests.map(({ leaf }) => nameOf(leaf))),
        );
        notes.push(await kit.checkpoint());
      }
      await kit.nextDay();
      const report = await kit.recounted();
      expect(promised.size).toBe(unique);
      expect(report.letters[0]).toMatchObject({ counted: { mailbox: unique } });
      for (const note of notes) await kit.recounted(note);
    } finally {
      await other.close();
    }
  });

  it("publish letters at the same time, one for each slot", async () => {
    const kit = await Kit.start({ databaseUrl: await postgres.createDatabase() });
    const other = await kit.openAnother();
    try {
      for (let round = 0; round < 4; round++) {
        const { leaf, manifest } = kit.letterRequest();
        const rival = kit.letterRequest();
        const results = await Promise.allSettled([
          kit.board.publishLetter(kit.workforce, {
            type: "letter-request",
            v: 1,
            leaf,
            manifest,
            unlisted: null,
          } as never),
          other.publishLetter(kit.workforce, {
            type: "letter-request",
            v: 1,
            ...rival,
            unlisted: null,
          } as never),
        ]);
        expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
        expect(results.find(({ status }) => status === "rejected")).toMatchObject({
          reason: { code: "slot-taken" },
        });
        const winner = results[0]!.status === "fulfilled" ? leaf : rival.leaf;
        kit.lastLetter = results.flatMap((one) => (one.status === "fulfilled" ? one.value.leaf : []))[0]!;
        kit.lettersIn.set(1, winner.slot + 1);
      }
      await kit.recounted();
    } finally {
      await other.close();
    }
  });

  it("let one endorsement of a key through when two different ones race for it", async () => {
    const kit = await Kit.start({ databaseUrl: await postgres.createDatabase(), registrars: 3, quorum: 2 });
    const other = await kit.openAnother();
    try {
      const letter = await kit.publish();
      const people = Array.from({ length: 15 }, () => kit.person(letter));
      const race = await Promise.all(
        people.map((person) =>
          Promise.allSettled([
            kit.board.acceptEndorsement(
              kit.workforce,
              person.endorsement({ registrars: [0, 1] }) as unknown as JsonValue,
            ),
            other.acceptEndorsement(
              kit.workforce,
              person.endorsement({ registrars: [0, 2] }) as unknown as JsonValue,
            ),
          ]),
        ),
      );
      for (const pair of race) {
        expect(pair.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
        expect(pair.find(({ status }) => status === "rejected")).toMatchObject({
          reason: { code: "already-endorsed" },
        });
      }
      await kit.nextDay();
      expect((await kit.recounted()).letters[0]).toMatchObject({ counted: { mailbox: 15 } });
    } finally {
      await other.close();
    }
  });

  it("learn of letters that the other has published", async () => {
    const kit = await Kit.start({ databaseUrl: await postgres.createDatabase() });
    const other = await kit.openAnother();
    try {
      const letter = await kit.publish();
      const request = kit.person(letter).endorsement() as unknown as JsonValue;
      const receipt = await other.acceptEndorsement(kit.workforce, request);
      expect(await kit.board.acceptEndorsement(kit.workforce, request)).toEqual(receipt);
    } finally {
      await other.close();
    }
  });
});

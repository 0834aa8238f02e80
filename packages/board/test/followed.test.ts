/** Workforces of other boards: kept, recounted by the engine that the board is given, and shown from what it found right alone. */
import {
  encodeBase64url,
  encodeCanonical,
  type Following,
  type JsonValue,
  parseFollowing,
  utf8Encode,
  type VerifiedLog,
} from "@undersigned/core";
import { createLogger, httpEvents } from "@undersigned/service";
import { eachDatabase } from "@undersigned/service/testing";
import { afterEach, describe, expect, it } from "vitest";
import {
  boardEvents,
  type FollowAnswer,
  type FollowEngine,
  type RunningBoard,
  startBoard,
  type Timers,
} from "../src/index.ts";
import { FollowedRows, followedOf } from "../src/model/followed.ts";
import { Kit, LOCK, seedOf } from "./kit.ts";

const OTHER = encodeBase64url(seedOf("another workforce"));
const THIRD = encodeBase64url(seedOf("a third workforce"));
const URL_OF_OTHER = "https://board.example.com";

function verifiedOf(mailbox: number, size = 10): Omit<VerifiedLog, "day"> {
  const letter: VerifiedLog["letters"][number] = {
    letter: encodeBase64url(seedOf("letter")),
    title: "A letter <b>elsewhere</b>",
    language: "en",
    organisation: "Example Works",
    state: "open",
    opens: "2026-03-01",
    closes: "2026-05-01",
    days: { first: "2026-03-02", last: "2026-03-02" },
    counted: { mailbox, vouched: 0 },
    headcount: null,
    topics: [],
    delivered: null,
    answered: false,
  };
  const root = encodeBase64url(seedOf("root"));
  return { employer: "Example Works", origin: "undersigned-log/0", size, root, letters: [letter] };
}

function found(mailbox: number, size = 10): FollowAnswer {
  return { verified: verifiedOf(mailbox, size), checkpoint: utf8Encode(`checkpoint of ${size}`) };
}

/** Gives the answers in turn; notes what it was asked. */
function engineOf(...answers: (FollowAnswer | Error)[]) {
  const asked: { workforce: string; known: string | null }[] = [];
  const kept: (readonly string[])[] = [];
  const engine: FollowEngine = {
    async recount({ workforce, known }) {
      asked.push({ workforce, known: known === null ? null : new TextDecoder().decode(known) });
      const answer = answers.shift();
      if (answer === undefined || answer instanceof Error) throw answer ?? new Error("Asked too often.");
      return answer;
    },
    keepOnly: async (workforces) => void kept.push(workforces),
  };
  return { engine, asked, kept };
}

const round = (kit: Kit, engine: FollowEngine, again = true) =>
  kit.board.recountFollowed(engine, { again, signal: new AbortController().signal });

const shown = ({ workforces }: Following) =>
  workforces.map(({ verified, problem }) => ({
    day: verified?.day ?? null,
    mailbox: verified?.letters[0]?.counted.mailbox ?? null,
    problem: problem === null ? null : `${problem.code} ${problem.day}`,
  }));

it("is parsed again where anything of its row is another, and nowhere else", () => {
  const verified = (mailbox: number) =>
    encodeCanonical({ ...verifiedOf(mailbox), day: "2026-03-02" } as unknown as JsonValue);
  const row = {
    ...{ workforce: seedOf("another workforce"), url: URL_OF_OTHER, verified: verified(40) },
    ...{ checkpoint: null, problem: "too-slow", problem_day: "2026-03-03" },
  };
  const rows = new FollowedRows();
  const [first] = rows.of([row]);
  expect(rows.of([{ ...row, verified: verified(40) }])[0]).toBe(first);
  const changes = [
    { url: "https://other.example.com" },
    { verified: verified(41) },
    { verified: null },
    { problem: "too-long" },
    { problem: null, problem_day: null },
    { problem_day: "2026-03-04" },
  ];
  for (const change of changes) {
    rows.of([row]);
    expect(rows.of([{ ...row, ...change }])).toEqual([followedOf({ ...row, ...change })]);
  }
  // What is followed no more is kept no more.
  rows.of([]);
  expect(rows.of([row])[0]).not.toBe(first);
});

eachDatabase("what is followed", (database) => {
  it("is shown once it was recounted, and the last right number stays with its day whatever comes after", async () => {
    const kit = await Kit.start({ databaseUrl: await database.freshUrl() });
    await kit.board.followWorkforce({ url: URL_OF_OTHER, workforce: OTHER });
    expect(shown(await kit.board.following())).toEqual([{ day: null, mailbox: null, problem: null }]);

    const { engine, asked } = engineOf(found(40), { problem: "count-inflated" }, new Error(), found(45, 12));
    const first = kit.clock.day();
    expect(await round(kit, engine)).toEqual({ held: true, workforces: 1, problems: 0 });
    expect(shown(await kit.board.following())).toEqual([{ day: first, mailbox: 40, problem: null }]);
    // What has not changed is not parsed again.
    const [before] = (await kit.board.following()).workforces;
    expect((await kit.board.following()).workforces[0]).toBe(before);
    const second = kit.clock.next();
    expect(await round(kit, engine)).toEqual({ held: true, workforces: 1, problems: 1 });
    expect(shown(await kit.board.following())).toEqual([
      { day: first, mailbox: 40, problem: `count-inflated ${second}` },
    ]);
    const third = kit.clock.next();
    await round(kit, engine);
    expect(shown(await kit.board.following())).toEqual([
      { day: first, mailbox: 40, problem: `recount-broken ${third}` },
    ]);
    await round(kit, engine);
    expect(shown(await kit.board.following())).toEqual([{ day: third, mailbox: 45, problem: null }]);
    expect(asked.map(({ known }) => known)).toEqual([null, ...Array(3).fill("checkpoint of 10")]);
  });

  it("is asked once a day unless told to ask again, and what was removed is forgotten", async () => {
    const kit = await Kit.start({ databaseUrl: await database.freshUrl() });
    await kit.board.followWorkforce({ url: URL_OF_OTHER, workforce: OTHER });
    await kit.board.followWorkforce({ url: URL_OF_OTHER, workforce: THIRD });
    const { engine, asked, kept } = engineOf(found(1), { problem: "too-slow" }, found(2), found(2));
    await round(kit, engine, false);
    await round(kit, engine, false);
    expect(asked.map(({ workforce }) => workforce)).toEqual([OTHER, THIRD].sort());
    kit.clock.next();
    expect(await kit.board.unfollowWorkforce(THIRD)).toBe(true);
    expect(await kit.board.unfollowWorkforce(THIRD)).toBe(false);
    await round(kit, engine, false);
    expect(asked).toHaveLength(3);
    expect(kept.at(-1)).toEqual([OTHER]);
    expect(shown(await kit.board.following())).toHaveLength(1);
  });
});

describe("following", () => {
  it("never takes a workforce of its own, nor an address with a query", async () => {
    const kit = await Kit.start();
    await expect(
      kit.board.followWorkforce({ url: URL_OF_OTHER, workforce: kit.workforce }),
    ).rejects.toMatchObject({ code: "followed-own" });
    await expect(
      kit.board.followWorkforce({ url: "https://board.example.com/?a", workforce: OTHER }),
    ).rejects.toMatchObject({ code: "bad-field" });
  });

  it("keeps the verified number where an engine answers what is no such thing", async () => {
    const kit = await Kit.start();
    await kit.board.followWorkforce({ url: URL_OF_OTHER, workforce: OTHER });
    const wrong = found(5) as Extract<FollowAnswer, { verified: unknown }>;
    const { engine } = engineOf(found(4), { ...wrong, verified: { ...wrong.verified, size: -1 } });
    await round(kit, engine);
    await round(kit, engine);
    expect(shown(await kit.board.following())[0]).toMatchObject({
      mailbox: 4,
      problem: `recount-broken ${kit.clock.day()}`,
    });
  });
});

describe("a board that is served", () => {
  const running: RunningBoard[] = [];
  afterEach(async () => {
    for (const board of running.splice(0)) await board.close();
  });

  it("asks a moment after its start, at the tick and every so many hours, and tells what it found", async () => {
    const kit = await Kit.start();
    await kit.board.followWorkforce({ url: URL_OF_OTHER, workforce: OTHER });
    await kit.board.close();
    const waiting: { ms: number; run: () => void }[] = [];
    const timers: Timers = {
      after(ms, run) {
        const one = { ms, run };
        waiting.push(one);
        return () => void (waiting.includes(one) && waiting.splice(waiting.indexOf(one), 1));
      },
    };
    const { engine, asked } = engineOf(found(7), found(8), found(9));
    const everyMs = 6 * 3_600_000;
    const board = await startBoard({
      dataDir: kit.dataDir,
      lock: LOCK,
      clock: kit.clock,
      fetchIssuance: kit.fetchIssuance,
      logger: createLogger({ ...boardEvents, ...httpEvents }, { stream: { write: () => undefined } }),
      listen: { host: "127.0.0.1", port: 0 },
      timers,
      follow: { engine, everyMs },
    });
    running.push(board);
    kit.board = board.board;
    const told = async () => {
      const answer = await fetch(`${board.url}/following.json`);
      return shown(parseFollowing(new Uint8Array(await answer.arrayBuffer())));
    };
    const fire = async (ms: number) => {
      const at = waiting.findIndex((one) => one.ms === ms);
      const before = asked.length;
      waiting.splice(at, 1)[0]!.run();
      while (asked.length === before || !waiting.some((one) => one.ms === everyMs))
        await new Promise((resolve) => setTimeout(resolve, 5));
    };
    expect(await told()).toMatchObject([{ mailbox: null }]);
    await fire(1000);
    expect(await told()).toMatchObject([{ mailbox: 7 }]);
    await fire(everyMs);
    expect(await told()).toMatchObject([{ mailbox: 8 }]);
    const day = kit.clock.next();
    // The other timer is the tick's.
    await fire(waiting.find((one) => one.ms !== everyMs)!.ms);
    while ((await told())[0]!.day !== day) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await told()).toMatchObject([{ mailbox: 9, problem: null }]);
  });
});

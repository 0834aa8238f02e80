/** A board recounts another one's letters before it shows a number. Attacks by name: each is noticed, has a stable code, and costs little. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../test/kit/test-end.ts";
import { type FollowedLog, followLog } from "../src/following/follow-log.ts";
import { followEngine, type Limits } from "../src/index.ts";
import {
  answeredLog,
  batch,
  contentsOf,
  editJson,
  LIMITS,
  type LogBuilder,
  type OtherBoard,
  otherLog,
  put,
  serve,
} from "./kit.ts";

interface Followed {
  readonly board: OtherBoard;
  readonly log: LogBuilder;
  readonly letter: ReturnType<typeof otherLog>["letter"];
  readonly folder: string;
  /** Of the log's files, from the root. */
  at(path: string): string;
  ask(change?: {
    known?: Uint8Array | null;
    limits?: Partial<Limits>;
    loopback?: boolean;
    url?: string;
  }): Promise<FollowedLog>;
}

async function followed(signatories = 5): Promise<Followed> {
  const { log, letter } = otherLog(signatories);
  const board = await serve();
  await put(board, log);
  const folder = await temporaryFolder();
  return {
    board,
    log,
    letter,
    folder,
    at: (path) => `w/${log.workforce}/${path}`,
    ask: ({ known = null, limits = {}, loopback = true, url = board.url } = {}) =>
      followLog({ url, workforce: log.workforce, known, loopback, folder, limits: { ...LIMITS, ...limits } }),
  };
}

function numberOf(answer: FollowedLog, letter: string): number | string | undefined {
  if ("problem" in answer) return answer.problem;
  return answer.verified.letters.find((one) => one.letter === letter)?.counted.mailbox;
}

function checkpointOf(answer: FollowedLog): Uint8Array {
  if ("problem" in answer) throw new Error(answer.problem);
  return answer.checkpoint;
}

describe("following an honest board", () => {
  it("counts from its log, with what pages show of each letter", async () => {
    const { ask, log, letter } = await followed(7);
    const answer = await ask();
    expect(answer).toMatchObject({
      verified: { employer: "Example Works", size: log.entries.length, origin: log.manifest.log.origin },
    });
    expect((answer as Extract<FollowedLog, { verified: unknown }>).verified.letters).toHaveLength(2);
    const [found] = (answer as Extract<FollowedLog, { verified: unknown }>).verified.letters.filter(
      (one) => one.letter === letter.letter,
    );
    expect(found).toMatchObject({
      title: "Letter 1",
      language: "en",
      state: "open",
      counted: { mailbox: 7, vouched: 0 },
      days: { first: "2026-03-03", last: "2026-03-03" },
      headcount: { number: 1000 },
      delivered: null,
      answered: false,
    });
  });

  it("asks for what lasts once, and keeps nothing that shows a person or may be taken back", async () => {
    const { ask, board, log, letter, folder } = await followed(3);
    const appearance = {
      kind: "named",
      name: "Zoë Example",
      confirmed: null,
      role: null,
      place: null,
    } as const;
    log.addBatch(
      "2026-03-04",
      [9000, 9001].map((person) => log.endorse(letter, person, { appearance })),
    );
    // More than a tile.
    batch(log, letter, "2026-03-05", 260);
    const files = await put(board, log);
    const first = await ask();
    expect(numberOf(first, letter.letter)).toBe(265);
    const kept = [...(await contentsOf(folder)).keys()];
    expect(kept.filter((path) => !/^kept\/(?:tile|manifests|statements)\//.test(path))).toEqual([]);
    expect(kept.filter((path) => path.includes(".p/"))).toEqual([]);
    expect(kept.some((path) => path.startsWith("kept/tile/entries/"))).toBe(true);
    for (const path of kept) {
      const bytes = await readFile(join(folder, path));
      expect(bytes.equals(files.get(path.slice("kept/".length)) as Uint8Array), path).toBe(true);
      expect(bytes.includes("Zoë Example")).toBe(false);
    }
    board.asked.splice(0);
    expect(numberOf(await ask({ known: checkpointOf(first) }), letter.letter)).toBe(265);
    expect(board.asked.filter((path) => kept.includes(`kept/${path.split("/").slice(2).join("/")}`))).toEqual(
      [],
    );
  });

  it("has what became of a letter, and the topics in force", async () => {
    const { log, letter } = answeredLog();
    const board = await serve();
    await put(board, log);
    const of = { url: board.url, workforce: log.workforce, known: null, loopback: true, limits: LIMITS };
    expect(await followLog({ ...of, folder: await temporaryFolder() })).toMatchObject({
      verified: {
        letters: [
          {
            letter: letter.letter,
            state: "closed",
            delivered: "2026-05-04",
            answered: true,
            topics: ["engines", "trials"],
          },
        ],
      },
    });
  });

  it("asks anew where a file that it kept was damaged", async () => {
    const { ask, folder, letter } = await followed(4);
    await ask();
    const [path] = [...(await contentsOf(folder)).keys()];
    await writeFile(join(folder, path as string), "damaged");
    expect(numberOf(await ask(), letter.letter)).toBe(4);
  });

  it("takes a tick between two files for no lie", async () => {
    const { ask, board, log, letter, at } = await followed(4);
    const before = await log.files();
    batch(log, letter, "2026-03-04", 2);
    await put(board, log);
    // The checkpoint from before, once: its partial tiles are gone by the time they are asked for.
    let first = true;
    board.instead.set(at("checkpoint"), (_, response) => {
      response.end(first ? before.get("checkpoint") : board.files.get(at("checkpoint")));
      first = false;
    });
    expect(numberOf(await ask(), letter.letter)).toBe(6);
  });
});

describe("a board that lies is noticed", () => {
  it("inflated count in its index", async () => {
    const { ask, board, at } = await followed();
    editJson(board.files, at("index.json"), (index) => {
      index.letters[0].counted.mailbox = 5312;
    });
    expect(await ask()).toEqual({ problem: "count-inflated" });
  });

  it("inflated count in an index of another size, which no recount compares", async () => {
    const { ask, board, at } = await followed();
    editJson(board.files, at("index.json"), (index) => {
      index.size += 1;
      index.letters[0].counted.mailbox = 5312;
    });
    expect(await ask()).toEqual({ problem: "index-wrong" });
  });

  it("inflated count in its log: endorsements with tokens of another slot", async () => {
    const { ask, board, log, letter } = await followed();
    const forged = [9000, 9001].map((person) => log.endorse(letter, person, { tokens: { slot: 5 } }));
    log.addBatch("2026-03-04", forged);
    await put(board, log);
    expect(await ask()).toEqual({ problem: "token-invalid" });
  });

  it("fork: another log of the same keys", async () => {
    const { ask, board, letter } = await followed(5);
    const known = checkpointOf(await ask());
    const { log: fork, letter: same } = otherLog(6);
    expect(same.letter).toBe(letter.letter);
    batch(fork, same, "2026-03-05", 3);
    await put(board, fork);
    expect(await ask({ known })).toEqual({ problem: "log-forked" });
  });

  it("stale: the log as it was", async () => {
    const { ask, board, log, letter } = await followed();
    const before = await log.files();
    batch(log, letter, "2026-03-04", 3);
    await put(board, log);
    const known = checkpointOf(await ask());
    for (const [path, file] of before) board.files.set(`w/${log.workforce}/${path}`, file);
    expect(await ask({ known })).toEqual({ problem: "log-shorter-than-known" });
  });

  it("another workforce's log", async () => {
    const { ask, board, log } = await followed();
    const { log: another } = otherLog(50, "another");
    for (const [path, file] of await another.files()) board.files.set(`w/${log.workforce}/${path}`, file);
    // The first manifest must still be the one that the id is the hash of.
    expect(await ask()).toEqual({ problem: "checkpoint-signature" });
    board.files.delete(`w/${log.workforce}/manifests/${log.workforce}.json`);
    expect(await ask()).toEqual({ problem: "file-missing" });
  });
});

const GIB_10 = 10 * 1024 ** 3;
const zeros = Buffer.alloc(1 << 16);

describe("a board that is up to something costs little", () => {
  it("10 GB file: stopped, and never stored", async () => {
    const { ask, board, at, folder } = await followed();
    const entries = [...board.files.keys()].find((path) => path.startsWith(at("tile/entries/"))) as string;
    let pieces = 0;
    board.instead.set(entries, (_, response) => {
      response.writeHead(200, { "content-length": GIB_10 });
      const send = () => {
        while (!response.destroyed && response.write(zeros)) pieces++;
      };
      response.on("drain", send);
      send();
    });
    expect(await ask()).toEqual({ problem: "file-too-large" });
    // What the machine's own buffers hold comes on top of the two megabytes that a bundle may have.
    expect(pieces * zeros.length).toBeLessThan(64 * 1024 * 1024);
    expect([...(await contentsOf(folder)).values()].reduce((sum, size) => sum + size, 0)).toBe(0);
  });

  it("slow bytes: one at a time", async () => {
    const { ask, board, at } = await followed();
    board.instead.set(at("checkpoint"), (_, response) => {
      const drip = setInterval(() => response.write("a"), 50);
      response.on("close", () => clearInterval(drip));
    });
    expect(await ask({ limits: { fileMs: 400 } })).toEqual({ problem: "too-slow" });
  });

  it("slow files: each in time, all of them not", async () => {
    const { ask, board } = await followed();
    for (const path of board.files.keys())
      board.instead.set(
        path,
        (_, response) => void setTimeout(() => response.end(board.files.get(path)), 300),
      );
    expect(await ask({ limits: { wholeMs: 500 } })).toEqual({ problem: "too-long" });
  });

  it("redirect to this machine, or anywhere", async () => {
    const { ask, board, at } = await followed();
    const inside = await serve(new Map([["secret", new TextEncoder().encode("secret")]]));
    board.instead.set(at("checkpoint"), (_, response) =>
      response.writeHead(302, { location: `${inside.url}/secret` }).end(),
    );
    expect(await ask()).toEqual({ problem: "redirected" });
    expect(inside.asked).toEqual([]);
  });

  it("gzip bomb: more zeros than any file has", async () => {
    const { ask, board, at } = await followed();
    const bomb = gzipSync(Buffer.alloc(40_000_000));
    expect(bomb.length).toBeLessThan(100_000);
    board.instead.set(at("index.json"), (_, response) =>
      response.writeHead(200, { "content-encoding": "gzip" }).end(bomb),
    );
    expect(await ask()).toEqual({ problem: "file-too-large" });
  });

  it.each([
    ["more than comes", (length: number) => length + 10, "unreachable"],
    ["less than comes", (length: number) => length - 10, "file-malformed"],
  ])("wrong content length: %s", async (_, wrong, problem) => {
    const { ask, board, at } = await followed();
    board.instead.set(at("checkpoint"), (_request, response) => {
      const file = board.files.get(at("checkpoint")) as Uint8Array;
      response.socket?.end(
        Buffer.concat([
          Buffer.from(`HTTP/1.1 200 OK\r\ncontent-length: ${wrong(file.length)}\r\n\r\n`),
          file,
        ]),
      );
    });
    expect(await ask()).toEqual({ problem });
  });

  it("a log without end: more leaves than are taken", async () => {
    const { ask } = await followed();
    expect(await ask({ limits: { bytes: 10_000 } })).toEqual({ problem: "too-many-bytes" });
    expect(await ask({ limits: { files: 5 } })).toEqual({ problem: "too-many-files" });
  });

  it("a server that answers with errors", async () => {
    const { ask, board, at } = await followed();
    board.instead.set(at("index.json"), (_, response) => response.writeHead(503).end());
    expect(await ask()).toEqual({ problem: "server-error" });
  });
});

describe("addresses that only this machine reaches", () => {
  it.each([
    "https://127.0.0.1",
    "https://[::1]",
    "https://10.0.0.1",
    "https://localhost",
    "https://169.254.169.254",
  ])("%s is refused", async (url) => {
    const { ask } = await followed();
    expect(await ask({ url, loopback: false })).toEqual({ problem: "address-refused" });
    // Nor does leave to ask this machine by http give leave for more.
    expect(await ask({ url })).toEqual({ problem: "address-refused" });
  });

  it("http is refused, but to this machine where the operator said so", async () => {
    const { ask, letter } = await followed();
    expect(await ask({ loopback: false })).toEqual({ problem: "address-refused" });
    expect(await ask({ url: "http://board.example.com" })).toEqual({ problem: "address-refused" });
    expect(numberOf(await ask(), letter.letter)).toBe(5);
  });

  it.each(["127.0.0.1", "10.1.2.3", "::ffff:127.0.0.1", "fd00::1"])(
    "a public name that leads to %s is refused before it is asked",
    async (address) => {
      const { log, folder, board } = await followed();
      const { port } = new URL(board.url);
      const asked = { url: `https://board.example.com:${port}`, workforce: log.workforce, known: null };
      const of = { ...asked, loopback: true, folder, limits: LIMITS };
      expect(await followLog(of, async () => [address])).toEqual({ problem: "address-refused" });
      expect(board.asked).toEqual([]);
    },
  );
});

describe("the engine of a board", () => {
  it("recounts in a thread, and forgets what is followed no more", async () => {
    const { board, log, letter, folder } = await followed();
    const engine = followEngine({ folder, loopback: true, limits: LIMITS });
    const { signal } = new AbortController();
    const asked = { url: board.url, workforce: log.workforce, known: null };
    expect(numberOf(await engine.recount(asked, signal), letter.letter)).toBe(5);
    expect([...(await contentsOf(folder)).keys()][0]).toMatch(new RegExp(`^${log.workforce}/kept/`));
    await mkdir(dirname(join(folder, "another/kept/x")), { recursive: true });
    await engine.keepOnly([log.workforce]);
    expect((await contentsOf(folder)).size).toBeGreaterThan(0);
    await engine.keepOnly([]);
    expect((await contentsOf(folder)).size).toBe(0);
  });

  it("ends a thread that takes too much memory or must stop", async () => {
    const { board, log, folder, at } = await followed();
    const asked = { url: board.url, workforce: log.workforce, known: null };
    const small = followEngine({ folder, loopback: true, limits: LIMITS, heapMiB: 12 });
    const signal = new AbortController().signal;
    // A list that takes more memory as objects than as text.
    const row = JSON.parse(new TextDecoder().decode(board.files.get(at("index.json")))).letters[0];
    const index = JSON.stringify({ letters: Array(20_000).fill(row) });
    board.files.set(at("index.json"), new TextEncoder().encode(index));
    expect(await small.recount(asked, signal)).toEqual({ problem: "too-much-memory" });

    const stopping = new AbortController();
    board.instead.set(at("checkpoint"), () => stopping.abort());
    const engine = followEngine({ folder, loopback: true, limits: LIMITS });
    await expect(engine.recount(asked, stopping.signal)).rejects.toMatchObject({ name: "AbortError" });
  });
});

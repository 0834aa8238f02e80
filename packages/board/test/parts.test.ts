/** Small parts by themselves: packed leaves, the schedule, keys, statements of registrars. */
import { chmod, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  encodeBase64url,
  encodeLeaf,
  type IssuanceLeaf,
  type JsonValue,
  randomBytes,
  type SignatoryLeaf,
  SUITE,
  signerFromSeed,
  verifyObject,
} from "@undersigned/core";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../test/kit/test-end.ts";
import { askIssuance, fetchIssuanceByHttp, saysMore } from "../src/commands/ask-issuance.ts";
import { addLogKey, createBoardKeys } from "../src/index.ts";
import { openBoardKeys } from "../src/keys/board-keys.ts";
import { scheduleDaily, waitMs } from "../src/schedule.ts";
import { SignaturePool } from "../src/signatures/signature-pool.ts";
import { packLeaf, peekLeaf, unpackLeaf } from "../src/storage/packed-leaf.ts";
import { Kit, LOCK, makeRegistrars, seedOf, testClock } from "./kit.ts";

const text = (length: number) => fc.uint8Array({ minLength: length, maxLength: length }).map(encodeBase64url);
const hash = text(32);
const common = { v: fc.constant(1 as const), letter: hash, key: hash, sig: text(64) };
const later = { ...common, seq: fc.integer({ min: 1, max: 10_000 }), previous: hash };
const anyLeaf: fc.Arbitrary<SignatoryLeaf> = fc.oneof(
  fc.record({
    ...common,
    type: fc.constant("endorsement" as const),
    suite: fc.constant(SUITE as never),
    class: fc.constantFrom("mailbox" as const, "vouched" as const),
    seq: fc.constant(0 as const),
    previous: fc.constant(null),
    commitment: hash,
    tokens: fc.array(fc.record({ registrar: hash, prefix: hash, signature: text(256) }), {
      minLength: 1,
      maxLength: 15,
    }),
  }),
  fc.record({ ...later, type: fc.constant("revision" as const), commitment: hash }),
  fc.record({ ...later, type: fc.constant("withdrawal" as const) }),
);

describe("a packed leaf", () => {
  it("comes back as the same bytes", () => {
    fc.assert(
      fc.property(anyLeaf, (leaf) => {
        const packed = packLeaf(leaf);
        expect(encodeLeaf(unpackLeaf(packed, leaf.letter))).toEqual(encodeLeaf(leaf));
        const peeked = peekLeaf(packed);
        expect({ ...peeked, key: encodeBase64url(peeked.key) }).toMatchObject({
          type: leaf.type,
          key: leaf.key,
          seq: leaf.seq,
        });
        const registrars = leaf.type === "endorsement" ? leaf.tokens.map(({ registrar }) => registrar) : [];
        expect(peeked.registrars.map((one) => encodeBase64url(one))).toEqual(registrars);
      }),
    );
  });

  it("is refused when it is cut, longer or of an unknown kind", () => {
    fc.assert(
      fc.property(anyLeaf, fc.nat(), (leaf, at) => {
        const packed = packLeaf(leaf);
        const damaged = [
          packed.subarray(0, at % packed.length),
          Uint8Array.from([...packed, 0]),
          packed.with(0, 3),
        ];
        for (const bytes of damaged) {
          expect(() => unpackLeaf(bytes, leaf.letter)).toThrow(
            expect.objectContaining({ code: "log-damaged" }),
          );
          expect(() => peekLeaf(bytes)).toThrow(expect.objectContaining({ code: "log-damaged" }));
        }
      }),
    );
  });
});

describe("the schedule", () => {
  const HOUR = 3_600_000;

  it("waits for midnight, at most an hour at a time, from any moment", () => {
    expect(waitMs(Date.parse("2026-03-01T23:59:00Z"))).toBe(60_001);
    expect(waitMs(Date.parse("2026-03-01T00:00:00Z"))).toBe(HOUR);
    expect(waitMs(Date.parse("2026-03-01T12:00:00Z"))).toBe(HOUR);
    fc.assert(
      fc.property(fc.nat(4_000_000_000_000), (now) => {
        const wait = waitMs(now);
        expect(wait).toBeGreaterThan(0);
        expect(wait).toBeLessThanOrEqual(HOUR);
        const days = Math.floor((now + wait) / 86_400_000) - Math.floor(now / 86_400_000);
        expect(days).toBeLessThanOrEqual(1);
      }),
    );
  });

  function played() {
    const clock = testClock();
    const runs: string[] = [];
    const waits: number[] = [];
    let outcome: () => Promise<boolean> = async () => true;
    let wake = () => {};
    const schedule = scheduleDaily(
      clock,
      {
        after(ms, run) {
          waits.push(ms);
          wake = run;
          return () => {
            wake = () => {};
          };
        },
      },
      () => {
        runs.push(clock.day());
        return outcome();
      },
    );
    const turn = async () => {
      wake();
      await new Promise((resolve) => setImmediate(resolve));
    };
    return { clock, runs, waits, schedule, turn, set: (to: typeof outcome) => (outcome = to) };
  }

  it("runs once on each new day, also when days were slept through", async () => {
    const { clock, runs, turn } = played();
    await turn();
    expect(runs).toEqual([]);
    clock.next();
    await turn();
    await turn();
    clock.set("2026-03-09");
    await turn();
    await turn();
    expect(runs).toEqual(["2026-03-02", "2026-03-09"]);
  });

  it("tries again soon when a run fails or another process is at it", async () => {
    const { clock, runs, waits, turn, set } = played();
    clock.next();
    set(async () => {
      throw new Error("failed");
    });
    await turn();
    set(async () => false);
    await turn();
    set(async () => true);
    await turn();
    await turn();
    expect(runs).toHaveLength(3);
    expect(waits.slice(1, 3)).toEqual([30_000, 30_000]);
  });

  it("does not run when the clock is set back, and not after it was stopped", async () => {
    const { clock, runs, schedule, turn } = played();
    clock.set("2026-02-20");
    await turn();
    await schedule.stop();
    clock.set("2026-04-01");
    await turn();
    expect(runs).toEqual([]);
  });
});

describe("the board's keys", () => {
  it("are in a private file that the lock alone opens, and are never replaced", async () => {
    const dataDir = await temporaryFolder();
    const keys = await createBoardKeys({ dataDir, lock: LOCK, scryptLogN: 4 });
    const path = join(dataDir, "keys", "board.age");
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await readFile(path)).includes("age-encryption.org")).toBe(true);
    await expect(createBoardKeys({ dataDir, lock: LOCK, scryptLogN: 4 })).rejects.toMatchObject({
      code: "key-file-exists",
    });
    await expect(openBoardKeys({ dataDir, lock: { passphrase: "wrong" } })).rejects.toMatchObject({
      code: "wrong-passphrase",
    });
    const opened = await openBoardKeys({ dataDir, lock: LOCK });
    expect(opened.board.publicKey).toBe(keys.boardKey);
    expect([...opened.logs.keys()]).toEqual([keys.logKey]);
    expect(opened.logs.get(keys.logKey)).toMatchObject({ origin: keys.origin });
    await chmod(path, 0o644);
    await expect(openBoardKeys({ dataDir, lock: LOCK })).rejects.toMatchObject({ code: "open-to-others" });
  });

  it("keep what they were when a log key is added", async () => {
    const dataDir = await temporaryFolder();
    const first = await createBoardKeys({ dataDir, lock: LOCK, scryptLogN: 4 });
    const second = await addLogKey({ dataDir, lock: LOCK, scryptLogN: 4 });
    const { board, logs } = await openBoardKeys({ dataDir, lock: LOCK });
    expect(board.publicKey).toBe(first.boardKey);
    expect([...logs.keys()]).toEqual([first.logKey, second.logKey]);
  });

  it("are refused when the file is missing or is no age file", async () => {
    const dataDir = await temporaryFolder();
    await expect(openBoardKeys({ dataDir, lock: LOCK })).rejects.toMatchObject({ code: "key-file-missing" });
    await createBoardKeys({ dataDir, lock: LOCK, scryptLogN: 4 });
    await writeFile(join(dataDir, "keys", "board.age"), "not age", { mode: 0o600 });
    await expect(openBoardKeys({ dataDir, lock: LOCK })).rejects.toMatchObject({ code: "key-file-damaged" });
  });
});

describe("a registrar's statement", () => {
  const today = "2026-03-05";
  const board = signerFromSeed(seedOf("board"));
  const [registrar] = makeRegistrars(1);
  const workforce = encodeBase64url(seedOf("workforce"));
  const kit = { workforce, manifest: { evidence: [{ kind: "mailbox-code" }] } } as unknown as Kit;
  const statement = (change: Partial<IssuanceLeaf> = {}) =>
    Kit.prototype.statement.call(kit, registrar!, { epoch: 1, day: today }, change);
  const question = {
    workforce,
    epoch: 1,
    registrar: registrar!.identity,
    url: "http://127.0.0.1:1",
    last: null,
  };
  const ask = (answer: unknown, last: IssuanceLeaf | null = null) =>
    askIssuance(board, async () => answer as JsonValue, today, { ...question, last });

  it("is asked for in a request that the board has signed", async () => {
    await askIssuance(
      board,
      async (_url, request) => {
        expect(request).toMatchObject({ type: "issuance-request", workforce, epoch: 1, day: today });
        expect(await verifyObject(request, board.publicKey)).toBe(true);
        return null;
      },
      today,
      question,
    );
    expect.assertions(2);
  });

  it("is taken when it is what was asked for", async () => {
    const good = statement();
    expect(await ask(good)).toEqual(good);
    expect(await ask(good, good)).toEqual(good);
    expect(await ask(statement({ day: "2026-03-04" }))).toMatchObject({ day: "2026-03-04" });
  });

  it.each<[string, unknown, IssuanceLeaf | null, string]>([
    ["nothing", null, null, "malformed"],
    ["an error", { type: "error", v: 1, code: "busy", message: "Busy." }, null, "malformed"],
    ["another form", { ...statement(), note: "" }, null, "malformed"],
    ["another epoch", statement({ epoch: 2 }), null, "not-asked-for"],
    ["another workforce", statement({ workforce: registrar!.identity }), null, "not-asked-for"],
    ["another registrar", statement({ registrar: workforce }), null, "not-asked-for"],
    ["a changed number", { ...statement(), batch: 40 }, null, "signature-invalid"],
    ["an old day", statement({ day: "2026-03-03" }), null, "wrong-day"],
    ["a day before its last", statement({ day: "2026-03-04" }), statement(), "wrong-day"],
    ["a lower number", statement({ issued: [{ evidence: "mailbox-code", count: 20 }] }), statement(), "fell"],
  ])("is refused when it is %s", async (_name, answer, last, fault) => {
    expect(await ask(answer, last)).toBe(fault);
  });

  it("counts as unreachable when asking fails in any way", async () => {
    const failing = async () => {
      throw new TypeError("fetch failed");
    };
    expect(await askIssuance(board, failing, today, question)).toBe("unreachable");
  });

  it("is never asked for over plain HTTP on a network", async () => {
    await expect(
      fetchIssuanceByHttp("http://registrar.example.com", { type: "issuance-request" } as never),
    ).rejects.toThrow("plain HTTP");
  });

  it("is news when a number or the batch is another, and only then", () => {
    expect(saysMore(null, statement())).toBe(true);
    expect(saysMore(statement(), statement({ day: "2026-03-06" }))).toBe(false);
    expect(saysMore(statement(), statement({ batch: 10 }))).toBe(true);
    expect(saysMore(statement(), statement({ issued: [{ evidence: "mailbox-code", count: 100_020 }] }))).toBe(
      true,
    );
  });
});

describe("Ed25519 off the main thread", () => {
  const signer = signerFromSeed(seedOf("signer"));
  const publicKey = Uint8Array.from(Buffer.from(signer.publicKey, "base64url"));
  const messages = [randomBytes(10), randomBytes(500)] as const;
  const signed = messages.map((message) => ({ publicKey, message, signature: signer.sign(message) }));
  const pool = new SignaturePool();
  afterAll(() => pool.close());

  it("decides as core does", async () => {
    expect(await pool.verifyAll(signed)).toBe(true);
    for (const bit of [0, 100, 255, 256, 400, 511]) {
      const signature = signed[1]!.signature.slice();
      signature[bit >> 3]! ^= 1 << (bit & 7);
      expect(await pool.verifyAll([signed[0]!, { ...signed[1]!, signature }])).toBe(false);
    }
    expect(await pool.verifyAll([{ ...signed[0]!, message: messages[1] }])).toBe(false);
    // The neutral point as a key: with R = identity and S = 0 a loose verifier takes any message.
    const neutral = new Uint8Array(32);
    neutral[0] = 1;
    const forged = new Uint8Array(64);
    forged[0] = 1;
    expect(await pool.verifyAll([{ publicKey: neutral, message: messages[0], signature: forged }])).toBe(
      false,
    );
    expect(await pool.verifyAll([{ ...signed[0]!, publicKey: new Uint8Array(31) }])).toBe(false);
    expect(await pool.verifyAll([{ ...signed[0]!, signature: new Uint8Array(65) }])).toBe(false);
  });

  it("gives each caller the verdict on its own signatures, however many ask at once", async () => {
    const wrong = (i: number) => i % 7 === 3;
    const verdicts = await Promise.all(
      Array.from({ length: 500 }, (_, i) =>
        pool.verifyAll(wrong(i) ? [signed[1]!, { ...signed[0]!, message: messages[1] }] : signed),
      ),
    );
    expect(verdicts).toEqual(Array.from({ length: 500 }, (_, i) => !wrong(i)));
  });
});

/** A second party: whom it works for, how much, what it keeps, and how its key dies. */
import { copyFile, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { encodeBase64url, type JsonValue, type Signer, signerFromSeed, signObject } from "@undersigned/core";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import {
  closeSecondPartyEpoch,
  createSecondPartyKey,
  RegistrarError,
  secondPartyFingerprint,
} from "../src/index.ts";
import { blindInput } from "../src/second-party/voprf.ts";
import { newFolder, post, removeFolders } from "./kit.ts";
import { LOCK, OTHER_LOCK } from "./lock.ts";
import { startParty, stopParties } from "./second-party-kit.ts";
import { TestClock } from "./test-clock.ts";

afterEach(async () => {
  vi.useRealTimers();
  await stopParties();
});
afterAll(removeFolders);

const registrar = signerFromSeed(new Uint8Array(32).fill(21));
const another = signerFromSeed(new Uint8Array(32).fill(22));
const WORKFORCE = encodeBase64url(new Uint8Array(32).fill(7));
const OTHER_WORKFORCE = encodeBase64url(new Uint8Array(32).fill(8));

async function newParty(): Promise<{ dataDir: string; publicKey: string }> {
  const dataDir = await newFolder();
  return {
    dataDir,
    ...(await createSecondPartyKey({ dataDir, lock: LOCK, workforce: WORKFORCE, epoch: 1 })),
  };
}

function request(signer: Signer = registrar, changes: Record<string, JsonValue> = {}): JsonValue {
  const element = encodeBase64url(blindInput(Buffer.from("somebody")).element);
  const base = { type: "evaluation-request" as const, v: 1, workforce: WORKFORCE, epoch: 1 };
  return signObject({ ...base, registrar: signer.publicKey, element, ...changes }, signer);
}

async function ask(url: string, body: JsonValue = request()): Promise<string> {
  const answer = await post(url, "/v1/evaluations", body);
  return answer.status === 200 ? "evaluated" : `${answer.status} ${answer.body.code}`;
}

async function askTimes(url: string, times: number, body?: JsonValue): Promise<string[]> {
  const answers: string[] = [];
  for (let i = 0; i < times; i++) answers.push(await ask(url, body ?? request()));
  return answers;
}

const granted = (answers: readonly string[]) => answers.filter((answer) => answer === "evaluated").length;

async function refusal(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => new Error("it was done"),
    (reason: unknown) => reason,
  );
  if (!(error instanceof RegistrarError)) throw error;
  return error.code;
}

const recordFile = (dataDir: string) => join(dataDir, "keys", "second-party-1.record.json");
const keyFile = (dataDir: string) => join(dataDir, "keys", "second-party-1.age");

async function numberOnDisk(dataDir: string): Promise<number> {
  const record = JSON.parse(await readFile(recordFile(dataDir), "utf8"));
  return record.evaluations.find((item: { registrar: string }) => item.registrar === registrar.publicKey)
    .count;
}

describe("a second party evaluates", () => {
  it("for the registrars that it was told of, when they have signed this very request", async () => {
    const { dataDir } = await newParty();
    const { url } = await startParty(dataDir, [registrar.publicKey]);
    expect(await ask(url)).toBe("evaluated");
    expect(await ask(url, request(another))).toBe("403 not-allowed");
    const signed = request() as Record<string, JsonValue>;
    expect(await ask(url, { ...signed, element: (request() as typeof signed).element! })).toBe(
      "403 not-allowed",
    );
    expect(await ask(url, { ...signed, epoch: 2 })).toBe("403 not-allowed");
    // In the name of a registrar of the list, signed by somebody else.
    expect(await ask(url, request(another, { registrar: registrar.publicKey }))).toBe("403 not-allowed");
  });

  it("in its own workforce and its open epochs, nothing but elements, one each", async () => {
    const { dataDir } = await newParty();
    const { url } = await startParty(dataDir, [registrar.publicKey]);
    expect(await ask(url, request(registrar, { epoch: 2 }))).toBe("404 epoch-unknown");
    expect(await ask(url, request(registrar, { workforce: OTHER_WORKFORCE }))).toBe("404 workforce-unknown");
    for (const bytes of [new Uint8Array(32), new Uint8Array(32).fill(255)]) {
      expect(await ask(url, request(registrar, { element: encodeBase64url(bytes) }))).toBe("400 bad-element");
    }
    expect(await ask(url, request(registrar, { element: "AA" }))).toBe("400 bad-field");
    expect(await ask(url, request(registrar, { elements: [] }))).toBe("400 unknown-field");
  });

  it("under the key that it tells", async () => {
    const { dataDir, publicKey } = await newParty();
    const { url } = await startParty(dataDir, [registrar.publicKey]);
    const card = await (await fetch(`${url}/v1/second-party`)).json();
    const keys = [{ epoch: 1, publicKey }];
    expect(card).toEqual({ type: "second-party", v: 1, workforce: WORKFORCE, keys });
    expect(secondPartyFingerprint(publicKey)).toMatch(/^(?:[0-9a-f]{4} ){7}[0-9a-f]{4}$/);
    const other = await newParty();
    expect(secondPartyFingerprint(other.publicKey)).not.toBe(secondPartyFingerprint(publicKey));
  });

  it("and keeps, logs and tells nothing of what it evaluated", async () => {
    const { dataDir } = await newParty();
    const party = await startParty(dataDir, [registrar.publicKey], { perEpoch: 1 });
    const bodies = [request(), request()] as Record<string, JsonValue>[];
    const answers: string[] = [];
    for (const body of bodies) answers.push((await post(party.url, "/v1/evaluations", body)).text);
    await party.close();
    const element = JSON.parse(answers[0]!).element as string;
    const texts = [...party.log, answers[1]!];
    for (const name of await readdir(join(dataDir, "keys"))) {
      texts.push(await readFile(join(dataDir, "keys", name), "latin1"));
    }
    expect(party.log.some((line) => line.includes("evaluation-limit-reached"))).toBe(true);
    const secrets = [element, bodies[0]!.element as string, bodies[1]!.element as string];
    for (const text of texts) for (const secret of secrets) expect(text.includes(secret)).toBe(false);
  });
});

describe("the limits of a second party, against who has a registrar's identity key", () => {
  it("let so many through at once and so many an hour, and say when to come again", async () => {
    const { dataDir } = await newParty();
    const { url, clock, log } = await startParty(dataDir, [registrar.publicKey], { atOnce: 3, perHour: 6 });
    expect(await askTimes(url, 5)).toEqual([
      ...Array(3).fill("evaluated"),
      ...Array(2).fill("429 too-many-requests"),
    ]);
    const answer = await post(url, "/v1/evaluations", request());
    expect(answer.headers.get("retry-after")).toBe("600");
    clock.pass(20);
    expect(granted(await askTimes(url, 5))).toBe(2);
    // Not a line for each: an attacker would fill the disk.
    expect(log.filter((line) => line.includes("evaluation-limit-reached"))).toHaveLength(1);
  });

  it("are each registrar's own", async () => {
    const { dataDir } = await newParty();
    const { url } = await startParty(dataDir, [registrar.publicKey, another.publicKey], { atOnce: 2 });
    expect(granted(await askTimes(url, 4))).toBe(2);
    expect(await ask(url, request(another))).toBe("evaluated");
  });

  it("are not used up by who has no key of the list", async () => {
    const { dataDir } = await newParty();
    const { url } = await startParty(dataDir, [registrar.publicKey], { atOnce: 2, perEpoch: 2 });
    await askTimes(url, 5, request(another));
    await askTimes(url, 5, request(another, { registrar: registrar.publicKey }));
    expect(granted(await askTimes(url, 3))).toBe(2);
  });

  it("hold for the epoch over any number of restarts and crashes", async () => {
    const { dataDir } = await newParty();
    const limits = { atOnce: 20, perHour: 20, perEpoch: 50 };
    const first = await startParty(dataDir, [registrar.publicKey], limits);
    expect(granted(await askTimes(first.url, 20))).toBe(20);
    await first.close();
    expect(await numberOnDisk(dataDir)).toBe(32);
    const second = await startParty(dataDir, [registrar.publicKey], limits);
    expect(granted(await askTimes(second.url, 5))).toBe(5);
    // As after a crash: the numbers that were written ahead count as used.
    const third = await startParty(dataDir, [registrar.publicKey], limits);
    expect(await askTimes(third.url, 1)).toEqual(["429 too-many-requests"]);
    expect(await numberOnDisk(dataDir)).toBe(50);
  });

  it("write nothing when something is asked, and the same number whether little or nothing was", async () => {
    vi.useFakeTimers({ toFake: ["setInterval"] });
    const { dataDir } = await newParty();
    const limits = { atOnce: 10, perHour: 10 };
    const party = await startParty(dataDir, [registrar.publicKey], limits);
    const before = await readFile(recordFile(dataDir));
    expect(granted(await askTimes(party.url, 10))).toBe(10);
    expect(await readFile(recordFile(dataDir))).toEqual(before);
    expect(await numberOnDisk(dataDir)).toBe(32);
    await vi.advanceTimersByTimeAsync(3_600_000);
    await vi.waitFor(async () => expect(await numberOnDisk(dataDir)).toBe(32), 10_000);
    party.clock.pass(60);
    expect(granted(await askTimes(party.url, 10))).toBe(10);
    await vi.advanceTimersByTimeAsync(3_600_000);
    await vi.waitFor(async () => expect(await numberOnDisk(dataDir)).toBe(48), 10_000);
  });
});

describe("a second party's key", () => {
  it("is made once for an epoch, also where that was cut short", async () => {
    const { dataDir, publicKey } = await newParty();
    const of = { dataDir, lock: LOCK, workforce: WORKFORCE, epoch: 1 };
    expect(await createSecondPartyKey(of)).toEqual({ publicKey });
    await rm(recordFile(dataDir));
    expect(await createSecondPartyKey(of)).toEqual({ publicKey });
    expect(await refusal(createSecondPartyKey({ ...of, lock: OTHER_LOCK }))).toBe("keys-locked");
    expect((await createSecondPartyKey({ ...of, epoch: 2 })).publicKey).not.toBe(publicKey);
    expect(await refusal(createSecondPartyKey({ ...of, workforce: OTHER_WORKFORCE }))).toBe(
      "other-workforce",
    );
  });

  it("is not made anew when it is lost, and nothing is served without it", async () => {
    const { dataDir } = await newParty();
    await rm(keyFile(dataDir));
    const of = { dataDir, lock: LOCK, workforce: WORKFORCE, epoch: 1 };
    expect(await refusal(createSecondPartyKey(of))).toBe("second-party-key-missing");
    expect(await refusal(startParty(dataDir, [registrar.publicKey]))).toBe("second-party-key-missing");
  });

  it("that is missing stops the start before another epoch's numbers are written ahead", async () => {
    const { dataDir } = await newParty();
    await createSecondPartyKey({ dataDir, lock: LOCK, workforce: WORKFORCE, epoch: 2 });
    await rm(join(dataDir, "keys", "second-party-2.age"));
    const before = await readFile(recordFile(dataDir));
    expect(await refusal(startParty(dataDir, [registrar.publicKey]))).toBe("second-party-key-missing");
    expect(await readFile(recordFile(dataDir))).toEqual(before);
  });

  it("dies with its epoch: it is gone, is not made again, and a copy of it stays shut", async () => {
    const { dataDir } = await newParty();
    const copy = join(await newFolder(), "copy");
    await copyFile(keyFile(dataDir), copy);
    // What a crash leaves of writing a key file is the key, too.
    await copyFile(copy, join(dataDir, "keys", ".second-party-1.age.0123456789abcdef.tmp"));
    await closeSecondPartyEpoch({ dataDir, epoch: 1 });
    expect(await readdir(join(dataDir, "keys"))).toEqual(["second-party-1.record.json"]);
    await closeSecondPartyEpoch({ dataDir, epoch: 1 });
    await copyFile(copy, keyFile(dataDir));
    const of = { dataDir, lock: LOCK, workforce: WORKFORCE, epoch: 1 };
    expect(await refusal(createSecondPartyKey(of))).toBe("epoch-closed");
    expect(await refusal(startParty(dataDir, [registrar.publicKey]))).toBe("epoch-unknown");
    await createSecondPartyKey({ ...of, epoch: 2 });
    const { url } = await startParty(dataDir, [registrar.publicKey]);
    expect(await ask(url)).toBe("404 epoch-unknown");
    expect(await ask(url, request(registrar, { epoch: 2 }))).toBe("evaluated");
    // A closing that was cut short after its first step is gone on with.
    await closeSecondPartyEpoch({ dataDir, epoch: 1 });
    expect(await readdir(join(dataDir, "keys"))).not.toContain("second-party-1.age");
    expect(await refusal(closeSecondPartyEpoch({ dataDir, epoch: 9 }))).toBe("epoch-unknown");
  });

  it("leaves the memory of a second party that runs on, within the hour", async () => {
    vi.useFakeTimers({ toFake: ["setInterval"] });
    const { dataDir } = await newParty();
    const clock = new TestClock();
    const party = await startParty(dataDir, [registrar.publicKey], {}, clock);
    await closeSecondPartyEpoch({ dataDir, epoch: 1 });
    await vi.advanceTimersByTimeAsync(3_600_000);
    await vi.waitFor(async () => expect(await ask(party.url)).toBe("404 epoch-unknown"), 10_000);
    expect(party.log.some((line) => line.includes("second-party-epoch-closed"))).toBe(true);
    await party.close();
    expect(JSON.parse(await readFile(recordFile(dataDir), "utf8"))).toMatchObject({
      closed: true,
      evaluations: [],
    });
  });
});

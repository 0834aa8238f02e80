/**
 * What one seized machine is worth to who also has the staff directory: of the registrar everything but the second
 * party, of the second party everything but the registrar's tag key. Each search has a control that finds everybody,
 * so that it is known to search rightly.
 */
import { createHash, createHmac } from "node:crypto";
import { ristretto255_oprf } from "@noble/curves/ed25519.js";
import { decodeBase64url } from "@undersigned/core";
import { openKeyFile } from "@undersigned/service";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { readEpochKeyFile, readIdentity, readTagKey } from "../src/keys/key-files.ts";
import { askSecondParty } from "../src/second-party/ask-second-party.ts";
import { readKey } from "../src/second-party/key-file.ts";
import { blindInput, evaluateBlinded, finishInputs, keyOf } from "../src/second-party/voprf.ts";
import { tagInput } from "../src/tag/tagger.ts";
import { Person, PHRASE, removeFolders, start, stopAll } from "./kit.ts";
import { LOCK } from "./lock.ts";
import { closeFront, newPair, type Pair, startPartyOf, stopParties, storedRows } from "./second-party-kit.ts";

afterEach(async () => {
  await stopAll();
  await stopParties();
});
afterAll(async () => {
  await closeFront();
  await removeFolders();
});

const DIRECTORY = Array.from({ length: 30 }, (_, i) => `person${i}@example.com`);
const ENROLLED = DIRECTORY.filter((_, i) => i % 5 === 2);

/** Everybody of ENROLLED enrols, each three times over, as after lost answers. */
async function enrolAll(pair: Pair): Promise<void> {
  await startPartyOf(pair);
  const registrar = await start(pair);
  for (const mailbox of ENROLLED) {
    const person = new Person(pair, mailbox, PHRASE);
    const code = await person.askCode(registrar, mailbox);
    for (let i = 0; i < 3; i++) expect((await person.enrol(registrar, code)).status).toBe(200);
  }
  await stopAll();
  await stopParties();
}

const hmac = (key: Uint8Array, ...parts: readonly Uint8Array[]) => {
  const mac = createHmac("sha256", key);
  for (const part of parts) mac.update(part);
  return mac.digest();
};

/** By who has the key and asks nobody. */
function outputOf(secretKey: Uint8Array, input: Uint8Array): Uint8Array {
  const key = keyOf(secretKey);
  const blinded = blindInput(input);
  const { evaluated, proof } = evaluateBlinded(key, [blinded.element]);
  return finishInputs([{ ...blinded, input, evaluated: evaluated[0]! }], key.publicKey, proof)[0]!;
}

/** The point that an input is hashed to: what blinding with 1 shows. */
function pointOf(input: Uint8Array): Uint8Array {
  return blindInput(input, (length = 48) => new Uint8Array(length)).element;
}

/**
 * All that can be made of a mailbox with these keys: each as a key of an HMAC and as a scalar of the function, over
 * the mailbox, the input, its point and whatever those give, to two HMACs deep.
 */
function attempts(pair: Pair, mailbox: string, keys: readonly Uint8Array[]): Set<string> {
  const input = tagInput(pair.statement.workforce, 1, mailbox);
  const values: Uint8Array[] = [Buffer.from(mailbox), input, pointOf(input)];
  for (const key of keys) {
    try {
      keyOf(key);
    } catch {
      continue;
    }
    for (const value of values.slice(0, 2)) values.push(outputOf(key, value));
  }
  const once = keys.flatMap((key) => values.map((value) => hmac(key, value)));
  const hashes = values.map((value) => createHash("sha256").update(value).digest());
  const cut = values.filter((value) => value.length === 64).map((value) => value.subarray(0, 32));
  const twice = keys.flatMap((key) => [...once, ...hashes].map((value) => hmac(key, value)));
  return new Set([...once, ...hashes, ...cut, ...twice].map((bytes) => Buffer.from(bytes).toString("hex")));
}

/** Who of the directory can be told from the rows with these keys. */
function found(
  pair: Pair,
  rows: readonly { tag: string; mac: string }[],
  keys: readonly Uint8Array[],
): string[] {
  const known = new Set(rows.flatMap(({ tag, mac }) => [tag, mac]));
  return DIRECTORY.filter((mailbox) => [...attempts(pair, mailbox, keys)].some((tag) => known.has(tag)));
}

/** Every secret of a registrar with its keys unlocked. */
async function seizeRegistrar(pair: Pair): Promise<Uint8Array[]> {
  const { dataDir } = pair;
  const tag = (await readTagKey(dataDir, LOCK, 1))!;
  const file = (await readEpochKeyFile(dataDir, LOCK, 1))!;
  const identity = JSON.parse(
    Buffer.from(await openKeyFile(`${dataDir}/keys/identity.age`, LOCK)).toString(),
  ) as { seed: string };
  const texts = [file.mac, file.code, identity.seed, file.secondParty!.publicKey];
  return [tag, ...texts.map((text) => decodeBase64url(text, 32))];
}

const secondPartyKey = async (pair: Pair) => (await readKey(pair.partyDir, LOCK, 1))!.key.secretKey;

describe("with the whole registrar, its keys unlocked, and the staff directory", () => {
  it("nobody is found; with the second party's key too, exactly who enrolled", async () => {
    const pair = await newPair();
    await enrolAll(pair);
    const rows = await storedRows(pair);
    expect(rows).toHaveLength(ENROLLED.length);
    const seized = await seizeRegistrar(pair);
    expect(found(pair, rows, seized)).toEqual([]);
    expect(found(pair, rows, [...seized, await secondPartyKey(pair)])).toEqual(ENROLLED);
  });

  it("the second party can be asked with the stolen identity, and answers up to its limit and no further", async () => {
    const pair = await newPair();
    await enrolAll(pair);
    const stored = new Set((await storedRows(pair)).map((row) => row.tag));
    const tagKey = (await readTagKey(pair.dataDir, LOCK, 1))!;
    const identity = (await readIdentity(pair.dataDir, LOCK))!;
    const limit = 10;
    // What the enrolments took is spoken for on disk already, and counts.
    const party = await startPartyOf(pair, { atOnce: limit, perHour: 1 });
    const { workforce } = pair.statement;
    const tried: string[] = [];
    const matched: string[] = [];
    for (const mailbox of DIRECTORY) {
      const input = tagInput(workforce, 1, mailbox);
      try {
        const output = await askSecondParty(pair.pin, { workforce, epoch: 1, identity }, input);
        tried.push(mailbox);
        if (stored.has(hmac(tagKey, output).toString("hex"))) matched.push(mailbox);
      } catch (error) {
        expect(error).toMatchObject({ code: "second-party-down", limited: true });
      }
    }
    expect(tried).toEqual(DIRECTORY.slice(0, limit));
    // The attempts are real: of those that were let through, the right ones match.
    expect(matched).toEqual(ENROLLED.filter((mailbox) => tried.includes(mailbox)));
    expect(matched).toHaveLength(2);
    expect(party.log.some((line) => line.includes("evaluation-limit-reached"))).toBe(true);
  });
});

describe("with the whole second party, all that it ever saw, the directory and the registrar's database", () => {
  it("nobody is found; with the tag key too, exactly who enrolled", async () => {
    const pair = await newPair();
    await enrolAll(pair);
    const rows = await storedRows(pair);
    const key = await secondPartyKey(pair);
    const { seen } = pair.front;
    expect(seen).toHaveLength(3 * ENROLLED.length);
    const transcript = seen.flatMap(({ request, answer }) => [
      decodeBase64url(request.element as string, 32),
      decodeBase64url(answer.element as string, 32),
    ]);
    // Elements that it saw are tried as keys too, beside its own.
    expect(found(pair, rows, [key, ...transcript.slice(0, 8)])).toEqual([]);
    const tagKey = (await readTagKey(pair.dataDir, LOCK, 1))!;
    expect(found(pair, rows, [key, tagKey])).toEqual(ENROLLED);
  });

  it("no two requests look related, not even of one mailbox, and nothing else in them differs", async () => {
    const pair = await newPair();
    await enrolAll(pair);
    const { seen } = pair.front;
    const key = await secondPartyKey(pair);
    const elements = seen.flatMap(({ request, answer }) => [String(request.element), String(answer.element)]);
    expect(new Set(elements).size).toBe(elements.length);
    // Nor is one the evaluation, or the hashed point, of a mailbox as it stands.
    const points = DIRECTORY.flatMap((mailbox) => {
      const point = pointOf(tagInput(pair.statement.workforce, 1, mailbox));
      return [point, ristretto255_oprf.oprf.blindEvaluate(key, point)];
    });
    const known = new Set(points.map((point) => Buffer.from(point).toString("base64url")));
    expect(elements.filter((element) => known.has(element))).toEqual([]);
    const rest = seen.map(({ request: { element: _, sig: __, ...same } }) => JSON.stringify(same));
    expect(new Set(rest).size).toBe(1);
  });

  it("elements of one mailbox are spread as those of many", () => {
    // Exactly: an input's point generates a group of prime order, so for any element and any mailbox there is one blind
    // that leads there, and blinds are uniform. What a test can see is whether the code draws them so. The nibbles of
    // 3 bytes of 640 elements each are compared: chi-square of homogeneity, 15 degrees of freedom, each beyond 60 with
    // probability 2.6e-7; a blind of 8 random bits, or one that is used twice in a row, is far beyond.
    const inputs = [
      () => tagInput("w", 1, "one@example.com"),
      (i: number) => tagInput("w", 1, `person${i}@example.com`),
    ];
    const samples = inputs.map((input) =>
      Array.from({ length: 640 }, (_, i) => blindInput(input(i)).element),
    );
    for (const at of [3, 15, 28]) {
      const bins = samples.map((elements) => {
        const counts = new Array<number>(16).fill(0);
        for (const element of elements) counts[element[at]! >> 4]!++;
        return counts;
      });
      const statistic = bins[0]!.reduce((sum, a, i) => {
        const b = bins[1]![i]!;
        return a + b === 0 ? sum : sum + (a - b) ** 2 / (a + b);
      }, 0);
      expect(statistic).toBeLessThan(60);
    }
  });
});

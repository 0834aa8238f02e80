/** Enrolling at a registrar with a second party that answers, does not answer, or lies. */
import { cp, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { decodeBase64url, encodeBase64url, encodeCanonical, type JsonValue } from "@undersigned/core";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { createEpochKeys, RegistrarError, type SecondPartyPin } from "../src/index.ts";
import { readEpochKeyFile, writeEpochKeyFile } from "../src/keys/key-files.ts";
import { blindInput, evaluateBlinded, keyOf, makeSecretKey } from "../src/second-party/voprf.ts";
import {
  CLOSES,
  newFolder,
  newWorkforce,
  OPENS,
  OTHER_PHRASE,
  openTables,
  Person,
  type Running,
  removeFolders,
  start,
  stopAll,
} from "./kit.ts";
import { LOCK } from "./lock.ts";
import {
  askDirectly,
  closeFront,
  type Lie,
  newPair,
  type Pair,
  startPartyOf,
  stopParties,
  storedRows,
} from "./second-party-kit.ts";

afterEach(async () => {
  await stopAll();
  await stopParties();
});
afterAll(async () => {
  await closeFront();
  await removeFolders();
});

const events = (registrar: Running) =>
  registrar.log
    .map((line) => JSON.parse(line).event as string)
    .filter((name) => name.startsWith("second-party"));

async function counted(pair: Pair): Promise<number> {
  const tables = await openTables(pair);
  const rows = await tables.db.selectFrom("issued").select("count").execute();
  await tables.close();
  return rows.reduce((sum, row) => sum + row.count, 0);
}

describe("with a second party", () => {
  it("a mailbox enrols once, over restarts of both machines", async () => {
    const pair = await newPair();
    await startPartyOf(pair);
    let registrar = await start(pair);
    const person = new Person(pair, "Jo.Doe+x@mail.example.com");
    const code = await person.askCode(registrar);
    expect(await person.tokens(await person.enrol(registrar, code))).toHaveLength(16);
    const again = await person.enrol(registrar, code);
    expect(again.status).toBe(200);
    await stopAll();
    await stopParties();
    const rows = await storedRows(pair);
    await startPartyOf(pair);
    registrar = await start(pair);
    // The lost answer is given again, and another phrase for the same mailbox is refused: both need the same tag.
    expect((await person.enrol(registrar, await person.askCode(registrar))).body).toEqual(again.body);
    const other = new Person(pair, "jodoe@example.com", OTHER_PHRASE);
    const refused = await other.enrol(registrar, await other.askCode(registrar));
    expect(refused.body.code).toBe("already-enrolled");
    await stopAll();
    expect(await storedRows(pair)).toEqual(rows);
    expect(rows).toHaveLength(1);
  });

  it("another mailbox gets another tag", async () => {
    const pair = await newPair();
    await startPartyOf(pair);
    const registrar = await start(pair);
    for (const name of ["a", "b", "c"]) {
      const person = new Person(pair, `${name}@example.com`);
      const answer = await person.enrol(registrar, await person.askCode(registrar, `${name}@example.com`));
      expect(answer.status).toBe(200);
    }
    await stopAll();
    expect(new Set((await storedRows(pair)).map((row) => row.tag)).size).toBe(3);
  });

  it("is asked about one mailbox some times a day and no oftener, while others go on", async () => {
    const pair = await newPair();
    await startPartyOf(pair);
    const registrar = await start(pair);
    const person = new Person(pair, "again@example.com");
    const code = await person.askCode(registrar, "again@example.com");
    const answers = await Promise.all(Array.from({ length: 25 }, () => person.enrol(registrar, code)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(20);
    const refused = answers.filter(({ status }) => status !== 200);
    expect(new Set(refused.map(({ body }) => body.code))).toEqual(new Set(["too-many-requests"]));
    const other = new Person(pair, "other@example.com");
    expect((await other.enrol(registrar, await other.askCode(registrar, "other@example.com"))).status).toBe(
      200,
    );
    registrar.clock.pass(24 * 60);
    expect((await person.enrol(registrar, await person.askCode(registrar, "again@example.com"))).status).toBe(
      200,
    );
  });

  it("is asked only by who has the code of the mail, and so not by guessers", async () => {
    const pair = await newPair();
    await startPartyOf(pair);
    const registrar = await start(pair);
    const person = new Person(pair, "jodoe@example.com");
    const code = await person.askCode(registrar);
    const wrong = String((Number(code) + 1) % 100_000_000).padStart(8, "0");
    expect((await person.enrol(registrar, wrong)).body.code).toBe("wrong-code");
    expect(pair.front.seen).toEqual([]);
    expect((await person.enrol(registrar, code)).status).toBe(200);
    expect(pair.front.seen).toHaveLength(1);
  });
});

const answerOf = (element: Uint8Array, proof: Uint8Array, epoch = 1): JsonValue => ({
  type: "evaluation",
  v: 1,
  epoch,
  element: encodeBase64url(element),
  proof: encodeBase64url(proof),
});

const send =
  (make: (blinded: Uint8Array, honest: JsonValue & object) => JsonValue, pair: Pair): Lie =>
  async (body, response) => {
    const honest = (await (await askDirectly(pair.front.behind!, body)).json()) as JsonValue & object;
    const made = make(decodeBase64url(JSON.parse(body).element, 32), honest);
    response.writeHead(200, { "content-type": "application/json" }).end(Buffer.from(encodeCanonical(made)));
  };

const otherKey = keyOf(makeSecretKey());
const elsewhere = blindInput(Buffer.from("somebody else")).element;

type Case = readonly [what: string, event: "second-party-down" | "second-party-wrong", (pair: Pair) => Lie];

const LIES: readonly Case[] = [
  [
    "evaluates with another key, and proves that",
    "second-party-wrong",
    (pair) =>
      send((blinded) => {
        const { evaluated, proof } = evaluateBlinded(otherKey, [blinded]);
        return answerOf(evaluated[0]!, proof);
      }, pair),
  ],
  [
    "gives another element with the honest proof",
    "second-party-wrong",
    (pair) => send((_, honest) => ({ ...honest, element: encodeBase64url(elsewhere) }), pair),
  ],
  [
    "gives back the element that it was sent",
    "second-party-wrong",
    (pair) => send((blinded, honest) => ({ ...honest, element: encodeBase64url(blinded) }), pair),
  ],
  [
    "gives the identity",
    "second-party-wrong",
    (pair) => send((_, honest) => ({ ...honest, element: encodeBase64url(new Uint8Array(32)) }), pair),
  ],
  [
    "gives what is no element",
    "second-party-wrong",
    (pair) =>
      send((_, honest) => ({ ...honest, element: encodeBase64url(new Uint8Array(32).fill(255)) }), pair),
  ],
  [
    "gives a proof of zeros",
    "second-party-wrong",
    (pair) => send((_, honest) => ({ ...honest, proof: encodeBase64url(new Uint8Array(64)) }), pair),
  ],
  [
    "names another epoch",
    "second-party-wrong",
    (pair) => send((_, honest) => ({ ...honest, epoch: 2 }), pair),
  ],
  ["adds a field", "second-party-wrong", (pair) => send((_, honest) => ({ ...honest, note: 1 }), pair)],
  [
    "answers garbage",
    "second-party-wrong",
    () => (_, response) => void response.writeHead(200).end("<html>"),
  ],
  ["answers nothing", "second-party-wrong", () => (_, response) => void response.writeHead(200).end()],
  [
    "answers without end",
    "second-party-down",
    () => (_, response) => {
      response.writeHead(200);
      const more = () => {
        if (!response.destroyed) response.write(Buffer.alloc(65_536), () => setImmediate(more));
      };
      more();
    },
  ],
  [
    "sends the registrar to another address, which would answer",
    "second-party-down",
    (pair) => (_, response) =>
      void response.writeHead(307, { location: `${pair.front.behind}/v1/evaluations` }).end(),
  ],
  ["fails", "second-party-down", () => (_, response) => void response.writeHead(500).end("{}")],
  ["has had enough", "second-party-down", () => (_, response) => void response.writeHead(429).end("{}")],
  ["hangs up", "second-party-down", () => (_, response) => void response.destroy()],
];

async function expectRefusedThenCompleted(pair: Pair, lie: Lie, event: string): Promise<number> {
  const registrar = await start(pair);
  const person = new Person(pair, "jodoe@example.com");
  const code = await person.askCode(registrar);
  pair.front.lie = lie;
  const began = performance.now();
  const refused = await person.enrol(registrar, code);
  const took = performance.now() - began;
  expect([refused.status, refused.body.code]).toEqual([503, "second-party-down"]);
  expect(events(registrar)).toEqual([event]);
  for (const line of registrar.log) expect(line).not.toContain("jodoe");
  await stopAll();
  expect(await storedRows(pair)).toEqual([]);
  expect(await counted(pair)).toBe(0);
  pair.front.lie = null;
  const restarted = await start(pair);
  // The very same request, with the same code.
  const answer = await person.enrol(restarted, code);
  expect(await person.tokens(answer)).toHaveLength(16);
  expect(pair.front.seen).toHaveLength(1);
  await stopAll();
  expect(await storedRows(pair)).toHaveLength(1);
  expect(await counted(pair)).toBe(1);
  return took;
}

describe("nothing is stored, and the same request completes later, when the second party", () => {
  it.each(LIES)("%s", async (_, event, lieFor) => {
    const pair = await newPair();
    await startPartyOf(pair);
    await expectRefusedThenCompleted(pair, lieFor(pair), event);
  });

  it("does not answer, or drips: it is waited for some seconds and no longer", async () => {
    for (const lie of [
      () => {},
      ((_, response) => {
        response.writeHead(200);
        const drip = setInterval(() => response.write(" "), 500);
        response.on("close", () => clearInterval(drip));
      }) as Lie,
    ]) {
      const pair = await newPair();
      await startPartyOf(pair);
      const took = await expectRefusedThenCompleted(pair, lie, "second-party-down");
      expect(took).toBeGreaterThan(4_000);
    }
  });
});

describe("an epoch keeps the second party that it began with", () => {
  it("the registrar does not start without it, or with another", async () => {
    const pair = await newPair();
    const file = (await readEpochKeyFile(pair.dataDir, LOCK, 1))!;
    for (const secondParty of [null, { ...pair.pin, publicKey: encodeBase64url(otherKey.publicKey) }]) {
      await rm(join(pair.dataDir, "keys", "epoch-1.age"));
      await writeEpochKeyFile(pair.dataDir, LOCK, { ...file, secondParty });
      await expect(start(pair)).rejects.toMatchObject({ code: "epoch-keys-differ" });
    }
    const plain = await newWorkforce();
    const without = (await readEpochKeyFile(plain.dataDir, LOCK, 1))!;
    await rm(join(plain.dataDir, "keys", "epoch-1.age"));
    await writeEpochKeyFile(plain.dataDir, LOCK, { ...without, secondParty: pair.pin });
    await expect(start(plain)).rejects.toMatchObject({ code: "epoch-keys-differ" });
  });

  it("and its keys are given again for the same one only", async () => {
    const pair = await newPair();
    const { dataDir, manifestFile, pin } = pair;
    const of = { dataDir, lock: LOCK, manifestFile, epoch: 1, opens: OPENS, closes: CLOSES };
    expect((await createEpochKeys({ ...of, secondParty: pin })).statement).toEqual(pair.statementFile);
    const moved = { ...pin, url: "https://elsewhere.example.com" };
    for (const secondParty of [undefined, moved]) {
      await expect(createEpochKeys({ ...of, secondParty })).rejects.toMatchObject({ code: "epoch-exists" });
    }
  });

  it("no keys are made for one that does not answer rightly", async () => {
    const pair = await newPair();
    await startPartyOf(pair);
    const { url, publicKey } = pair.pin;
    const cases: readonly (readonly [string, SecondPartyPin])[] = [
      ["second-party-wrong", { url, publicKey: encodeBase64url(otherKey.publicKey) }],
      ["second-party-down", { url: "http://127.0.0.1:9", publicKey }],
      ["bad-element", { url, publicKey: encodeBase64url(new Uint8Array(32)) }],
      ["bad-address", { url: "http://second.example.com", publicKey }],
      ["bad-address", { url: "ftp://127.0.0.1", publicKey }],
      ["bad-address", { url: "https://user@second.example.com", publicKey }],
      ["bad-address", { url: "second.example.com", publicKey }],
    ];
    for (const [code, secondParty] of cases) {
      const folder = await copyOfIdentity(pair.dataDir);
      const of = { dataDir: folder, lock: LOCK, manifestFile: pair.manifestFile, epoch: 1 };
      const error = await createEpochKeys({ ...of, opens: OPENS, closes: CLOSES, secondParty }).catch(
        (e) => e,
      );
      expect(error).toBeInstanceOf(RegistrarError);
      expect(error.code).toBe(code);
      expect(await readdir(join(folder, "keys"))).not.toContain("epoch-1.age");
    }
  });
});

async function copyOfIdentity(from: string): Promise<string> {
  const folder = await newFolder();
  await cp(join(from, "keys"), join(folder, "keys"), {
    recursive: true,
    filter: (path) => !/(?:epoch|tag)-1/.test(path),
  });
  return folder;
}

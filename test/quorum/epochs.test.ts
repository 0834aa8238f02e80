/**
 * A workforce over two epochs, with three registrars of whom two must agree: the seventeenth letter, people who come late
 * and people who have left, and the death of the first epoch's keys, after which copies made before are worth nothing.
 */
import { cp, rename, rm } from "node:fs/promises";
import { endorse, enrol, prepareEndorsement } from "@undersigned/client";
import {
  addDays,
  type EndorsementLeaf,
  type EndorsementRequest,
  type EnrolmentTokens,
  encodeLeaf,
  type JsonValue,
  type LetterRequest,
  leafName,
  makeEndorsement,
  makeWithdrawal,
  parseKeyStatement,
  requestsHash,
} from "@undersigned/core";
import { closeEpoch } from "@undersigned/registrar";
import { httpSource, recount } from "@undersigned/verify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SeededRandom } from "../kit/seeded-random.ts";
import {
  ANONYMOUS,
  blindedSlots,
  codeFor,
  enrolDirectly,
  errorCode,
  makePeople,
  type Person,
  post,
  postRaw,
} from "../kit/servers/crowd.ts";
import { codeReader } from "../kit/servers/mailed-codes.ts";
import { type EpochSecrets, openEpochSecrets } from "../kit/servers/mint-tokens.ts";
import { readLeaves } from "../kit/servers/public-leaves.ts";
import { CLOSES, OPENS, startWorld, type World } from "../kit/servers/world.ts";

const SLOTS = 16;
const EARLY_CLOSE = addDays(OPENS, 4);
const LAST_DAY = addDays(CLOSES, 3);
/** The letter on slot 2 is closed before the others. */
const EARLY = 2;

let world: World;
let first: EpochSecrets;
const random = new SeededRandom(71);
const [stays, leaves, late, ...crowd] = makePeople(random, 28) as [Person, Person, Person, ...Person[]];
let tokens: EnrolmentTokens;
let leaversTokens: EnrolmentTokens;
let seventeenth = "";
const copyOf = (i: number, name: string) => `${world.registrars[i]!.dataDir}.${name}`;

beforeAll(async () => {
  world = await startWorld({
    registrars: 3,
    quorum: 2,
    epochs: 2,
    letters: SLOTS,
    epochCloses: (epoch) => (epoch === 1 ? LAST_DAY : "2031-08-31"),
    text: (slot, epoch) => ({
      ...(slot === EARLY && { closes: EARLY_CLOSE, delivers: LAST_DAY }),
      ...(epoch === 2 && { opens: addDays(OPENS, 1) }),
    }),
  });
  first = await openEpochSecrets(world);
}, 240_000);
afterAll(() => world?.close());

async function enrolIn(epoch: number, { mailbox, secrets }: Person, timeoutMs = 20_000) {
  const view = await world.view();
  const read = codeReader(world, mailbox, timeoutMs);
  const askCode = (registrar: { readonly name: string }) => read(registrar).catch(() => null);
  const evidence = { kind: "mailbox-code" as const, mailbox, askCode };
  return enrol({ view, secrets, epoch, evidence, name: null, fetch });
}

async function sign(person: Person, of: EnrolmentTokens, slot: number): Promise<void> {
  const choice = { view: await world.view(), secrets: person.secrets, letter: letterOn(slot), tokens: of };
  await endorse({ ...choice, appearance: ANONYMOUS, remainder: "release" }, { fetch });
}

/** Slot 16 is the seventeenth letter. */
function letterOn(slot: number): string {
  return slot === SLOTS ? seventeenth : world.letters[slot]!;
}

async function endorsementsBy(person: Person): Promise<EndorsementLeaf[]> {
  const keys = [
    ...Array.from({ length: SLOTS }, (_, slot) => ({ epoch: 1, slot })),
    { epoch: 2, slot: 0 },
  ].map((at) => person.secrets.slotSigner({ workforce: world.workforce, ...at }).publicKey);
  return (await readLeaves(world.files)).flatMap(({ leaf }) =>
    leaf.type === "endorsement" && keys.includes(leaf.key) ? [leaf] : [],
  );
}

const recounted = async () => {
  const report = await recount(httpSource(world.files), { workforce: world.workforce });
  expect(report.failures).toEqual([]);
  return report;
};

describe("sixteen letters and one more", { timeout: 120_000 }, () => {
  it("one enrolment is good for the first and the sixteenth", async () => {
    // For later: what somebody could keep who copies a registrar's machine on its first day.
    await world.registrars[1]!.end("stop");
    await cp(world.registrars[1]!.dataDir, copyOf(1, "first-day"), { recursive: true });
    await world.registrars[1]!.begin();

    ({ tokens } = await enrolIn(1, stays));
    ({ tokens: leaversTokens } = await enrolIn(1, leaves));
    await sign(stays, tokens, 0);
    await sign(stays, tokens, SLOTS - 1);
    await sign(leaves, leaversTokens, 0);
  });

  it("the seventeenth letter finds no slot in the epoch", async () => {
    const { previous } = await lastLetter();
    const refused = await postRaw(
      `${world.files}v1/letters`,
      world.letterRequest(15, previous) as unknown as JsonValue,
    );
    expect(errorCode(refused.text)).toMatch(/epoch-full|slot-taken/);
  });

  it("and opens in the next one, which begins while the first goes on", async () => {
    await world.moveTo(addDays(OPENS, 1));
    const statements = world.statements[1]!.map(parseKeyStatement);
    await post(`${world.files}v1/epochs`, {
      type: "epoch-request",
      v: 1,
      statements,
    } as unknown as JsonValue);
    const { previous } = await lastLetter();
    const request = world.letterRequest(0, previous, 2);
    const { leaf, manifest } = request;
    await post(`${world.files}v1/letters`, {
      type: "letter-request",
      v: 1,
      leaf,
      manifest,
      unlisted: null,
    } as unknown as JsonValue);
    seventeenth = leaf.letter;
    expect((await world.view()).letters.get(seventeenth)?.leaf).toMatchObject({ epoch: 2, slot: 0 });
  });

  it("tokens of the first epoch are worth nothing there: not to the client, and not to the board", async () => {
    const view = await world.view();
    const choice = { view, secrets: stays.secrets, letter: seventeenth, tokens };
    await expect(
      prepareEndorsement({ ...choice, appearance: ANONYMOUS, remainder: "release" }),
    ).rejects.toMatchObject({ code: "wrong-enrolment" });
    const at = { workforce: world.workforce, epoch: 2, slot: 0, letter: seventeenth };
    const forced: EndorsementRequest = makeEndorsement(stays.secrets, at, {
      class: "mailbox",
      tokens: tokens.tokens
        .filter(({ slot }) => slot === 0)
        .map(({ registrar, prefix, signature }) => ({ registrar, prefix, signature })),
      quorum: 2,
      appearance: ANONYMOUS,
      remainder: "release",
    });
    const { text } = await postRaw(`${world.files}v1/endorsements`, forced as unknown as JsonValue);
    expect(errorCode(text)).toBe("token-invalid");
  });

  it("with the same phrase one enrols once more, and signs it", async () => {
    const result = await enrolIn(2, stays);
    expect(result.answered).toBe(3);
    await sign(stays, result.tokens, SLOTS);
    await world.moveTo(addDays(OPENS, 2));
    const { letters } = await recounted();
    const counted = new Map(letters.map(({ letter, counted }) => [letter, counted.mailbox]));
    expect([0, SLOTS - 1, SLOTS].map((slot) => counted.get(letterOn(slot)))).toEqual([2, 1, 1]);
  });

  it("and nothing in the log says that three of the signatures are one person's", async () => {
    const own = await endorsementsBy(stays);
    expect(own).toHaveLength(3);
    const bytes = own.map(({ key, commitment, sig, tokens: used }) => [
      ...[key, commitment, sig],
      ...used.flatMap(({ prefix, signature }) => [prefix, signature]),
    ]);
    // Registrars and the letter are all that two leaves can have in common.
    expect(new Set(bytes.flat()).size).toBe(bytes.flat().length);
  });
});

describe("who comes late", { timeout: 60_000 }, () => {
  it("signs what is open, and not what was closed before", async () => {
    await world.moveTo(addDays(EARLY_CLOSE, 1));
    const { tokens: own } = await enrolIn(1, late);
    await sign(late, own, EARLY + 1);
    await expect(sign(late, own, EARLY)).rejects.toMatchObject({ remote: "letter-not-open" });
  });
});

describe("who has left", { timeout: 60_000 }, () => {
  it("gets no mail any more, and so does not enrol in the next epoch", async () => {
    world.smtp.refuse((to) => to === leaves.mailbox);
    const { answered } = await enrolIn(2, leaves, 1_000);
    expect(answered).toBe(0);
    await expect(enrolIn(2, leaves, 1_000)).resolves.toMatchObject({ answered: 0 });
  });

  it("still may take back what was signed in the first one", async () => {
    const at = { workforce: world.workforce, epoch: 1, slot: 0, letter: letterOn(0) };
    const [leaf] = await endorsementsBy(leaves);
    const withdrawal = makeWithdrawal(leaves.secrets, at, { seq: 0, leaf: leafName(encodeLeaf(leaf!)) });
    await post(`${world.files}v1/withdrawals`, withdrawal as unknown as JsonValue);
    await world.moveTo(addDays(EARLY_CLOSE, 2));
    const { letters } = await recounted();
    expect(letters.find(({ letter }) => letter === letterOn(0))).toMatchObject({
      counted: { mailbox: 1 },
      withdrawn: { mailbox: 1 },
    });
  });
});

describe("the death of an epoch's keys", { timeout: 120_000 }, () => {
  it("before it, a registrar set back to its first day enrols nobody: the log has its number", async () => {
    const second = await openEpochSecrets(world, world.registrars[1]);
    for (const person of crowd) {
      await enrolDirectly(
        world,
        second,
        person,
        blindedSlots(random, person, second, 0),
        world.registrars[1],
      );
    }
    await world.moveTo(addDays(EARLY_CLOSE, 3));
    const registrar = world.registrars[1]!;
    await registrar.end("stop");
    await rename(registrar.dataDir, copyOf(1, "kept"));
    await cp(copyOf(1, "first-day"), registrar.dataDir, { recursive: true });
    await registrar.begin();
    expect(await tryToEnrol(second, 1, crowd[0]!)).toBe("set-back");
    await registrar.end("stop");
    await rm(registrar.dataDir, { recursive: true });
    await rename(copyOf(1, "kept"), registrar.dataDir);
    await registrar.begin();
    expect(await tryToEnrol(second, 1, crowd[0]!)).toBe("already-enrolled");
  });

  it("cannot be stated while the epoch goes on", async () => {
    await world.registrars[0]!.end("stop");
    const at = { dataDir: world.registrars[0]!.dataDir, lock: { identity: world.identity }, epoch: 1 };
    await expect(closeEpoch({ ...at, day: LAST_DAY })).rejects.toMatchObject({ code: "epoch-not-over" });
    await world.registrars[0]!.begin();
  });

  it("is in the log afterwards, and named by a recount", async () => {
    const day = addDays(LAST_DAY, 1);
    await world.moveTo(day);
    for (const [i, registrar] of world.registrars.entries()) {
      await registrar.end("stop");
      await cp(registrar.dataDir, copyOf(i, "before"), { recursive: true });
      const { dataDir } = registrar;
      const leaf = await closeEpoch({ dataDir, lock: { identity: world.identity }, epoch: 1, day });
      await post(`${world.files}v1/destructions`, {
        type: "destruction-request",
        v: 1,
        leaf,
      } as unknown as JsonValue);
      await registrar.begin();
    }
    const { issuance, letters } = await recounted();
    const inFirst = issuance.filter(({ epoch }) => epoch === 1);
    expect(inFirst.map(({ destroyed }) => destroyed)).toEqual([day, day, day]);
    expect(issuance.filter(({ epoch }) => epoch === 2).map(({ destroyed }) => destroyed)).toEqual([
      null,
      null,
      null,
    ]);
    expect(letters.find(({ letter }) => letter === letterOn(0))?.counted.mailbox).toBe(1);
  });

  it("the next epoch goes on", async () => {
    const [person] = makePeople(random, 1) as [Person];
    expect((await enrolIn(2, person)).answered).toBe(3);
  });

  it("a copy made before, with its clock turned back, enrols nobody: the log says that its keys are dead", async () => {
    const now = world.clock.time;
    const registrar = world.registrars[0]!;
    await registrar.end("stop");
    await rename(registrar.dataDir, copyOf(0, "after"));
    await cp(copyOf(0, "before"), registrar.dataDir, { recursive: true });
    await world.setTime(Date.parse(`${LAST_DAY}T12:00:00Z`));
    await registrar.begin();
    const [person] = makePeople(random, 1) as [Person];
    expect(await tryToEnrol(first, 0, person)).toBe("keys-destroyed");
    await registrar.end("stop");
    await rm(registrar.dataDir, { recursive: true });
    await rename(copyOf(0, "after"), registrar.dataDir);
    await world.setTime(now);
    await registrar.begin();
  });
});

/** The code of the refusal, or `enrolled`. */
async function tryToEnrol(epoch: EpochSecrets, i: number, { mailbox, ...person }: Person): Promise<string> {
  const { workforce, registrar } = epoch.statement;
  const slots = blindedSlots(random, { mailbox, ...person }, epoch, 0);
  const requests = requestsHash({ workforce, epoch: 1, class: "mailbox", registrar, slots, invitations: [] });
  const { status, text } = await postRaw(`${world.registrars[i]!.url}/v1/enrolments`, {
    type: "enrolment-request",
    v: 1,
    ...{ workforce, epoch: 1, class: "mailbox", slots, invitations: [], name: null, work: null },
    evidence: { kind: "mailbox-code", mailbox, code: codeFor(epoch, mailbox, requests, world.clock.time) },
  });
  return status === 200 ? "enrolled" : errorCode(text);
}

async function lastLetter(): Promise<{ previous: LetterRequest }> {
  const all = await readLeaves(world.files);
  const leaf = all.map(({ leaf: one }) => one).findLast((one) => one.type === "letter");
  return { previous: { leaf } as unknown as LetterRequest };
}

/**
 * Three of five registrars over a bad network, with the client that people have: two are behind a partition, one takes
 * many seconds for each answer, one is killed in the middle of its answers and starts again. Some people give up and
 * begin again from the phrase; later some try to get a second signature with a second phrase. Nobody loses one, and
 * nobody gets two.
 */
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as pause } from "node:timers/promises";
import { type EnrolmentResult, endorse, enrol } from "@undersigned/client";
import { addDays, type EnrolmentTokens } from "@undersigned/core";
import { httpSource, recount, type WorkforceView } from "@undersigned/verify";
import { afterAll, beforeAll, expect, it } from "vitest";
import { SeededRandom } from "../kit/seeded-random.ts";
import { ANONYMOUS, makePeople, type Person } from "../kit/servers/crowd.ts";
import { codeReader } from "../kit/servers/mailed-codes.ts";
import { readLeaves } from "../kit/servers/public-leaves.ts";
import { OPENS, startWorld, type World } from "../kit/servers/world.ts";
import { sized } from "../kit/size.ts";

const PEOPLE = 12;
/** By their place among the people: who gives up after some seconds, and who wants two signatures. */
const GIVE_UP = [2, 5];
const GREEDY = [3, 7];
const [FIRST_AWAY, SECOND_AWAY, SLOW, , KILLED] = [0, 1, 2, 3, 4] as const;
const SLOW_MS = sized(6_000, 30_000);
const PATIENCE_MS = sized(3_000, 8_000);

let world: World;
let view: WorkforceView;
const random = new SeededRandom(91);
const people = makePeople(random, PEOPLE);
const tokens = new Map<Person, EnrolmentTokens>();

beforeAll(async () => {
  world = await startWorld({ registrars: 5, quorum: 3, gates: true });
  view = await world.view();
}, 120_000);
afterAll(() => world?.close());

function enrolOnce(
  { mailbox, secrets }: Person,
  options: { earlier?: EnrolmentTokens | undefined; signal?: AbortSignal } = {},
): Promise<EnrolmentResult> {
  const read = codeReader(world, mailbox, 30_000);
  // A registrar that is killed forgets the mails that it has not sent: who waits in vain goes on without, and asks again.
  const askCode = (registrar: { readonly name: string }) => read(registrar).catch(() => null);
  const evidence = { kind: "mailbox-code" as const, mailbox, askCode };
  return enrol({ view, secrets, epoch: 1, evidence, name: null, fetch, ...options });
}

/** As a person does it: again, until it is enough, with what has come. */
async function enrolUntilEnough(person: Person): Promise<void> {
  for (let tries = 0; tries < 3; tries++) {
    const result = await enrolOnce(person, { earlier: tokens.get(person) });
    tokens.set(person, result.tokens);
    if (result.answered >= result.quorum) return;
  }
}

async function giveUpAndBeginAgain(person: Person): Promise<void> {
  const leaving = AbortSignal.timeout(PATIENCE_MS);
  await expect(enrolOnce(person, { signal: leaving })).rejects.toThrow();
  // Nothing was kept but the phrase.
  await enrolUntilEnough(person);
}

/** Ends the registrar when it is about to answer the first codes, and starts it again some seconds later. */
async function killInTheMiddle(): Promise<void> {
  while (world.gates[KILLED]!.came("/v1/enrolments") === 0) await pause(5);
  await world.registrars[KILLED]!.end("kill");
  await pause(2_000);
  await world.registrars[KILLED]!.begin();
}

it("everybody is enrolled in the end, some of them at the second try", { timeout: 240_000 }, async () => {
  for (const i of [FIRST_AWAY, SECOND_AWAY]) await world.gates[i]!.set({ is: "partition" });
  await world.gates[SLOW]!.set({ is: "slow", ms: SLOW_MS });
  const restarted = killInTheMiddle();
  const begun = Date.now();
  await Promise.all(
    people.map((person, i) => (GIVE_UP.includes(i) ? giveUpAndBeginAgain(person) : enrolUntilEnough(person))),
  );
  await restarted;
  // The slow one was needed, for its reservation and for its signatures.
  expect(Date.now() - begun).toBeGreaterThan(2 * SLOW_MS);
  for (const person of people) {
    const answered = new Set(tokens.get(person)?.tokens.map(({ registrar }) => registrar));
    expect(answered.size).toBeGreaterThanOrEqual(3);
  }
  expect(world.gates[FIRST_AWAY]!.came("/v1/reservations")).toBeGreaterThan(0);
});

it("a second phrase gets at most the registrars that were away, which is too few", {
  timeout: 120_000,
}, async () => {
  for (const gate of world.gates) await gate.set({ is: "open" });
  await Promise.all(
    GREEDY.map(async (i) => {
      const person = people[i]!;
      const [other] = makePeople(random, 1) as [Person];
      const result = await enrolOnce({ ...other, mailbox: person.mailbox });
      const refused = result.outcomes.filter(
        (outcome) => outcome.state === "failed" && outcome.code === "already-enrolled",
      );
      expect(refused).toHaveLength(3);
      expect(result.answered).toBe(2);
    }),
  );
});

it("all sign, each once, and a recount says so", { timeout: 60_000 }, async () => {
  for (const person of people) {
    const choice = { view, secrets: person.secrets, letter: world.letters[0]!, tokens: tokens.get(person)! };
    await endorse({ ...choice, appearance: ANONYMOUS, remainder: "release" }, { fetch });
  }
  await world.moveTo(addDays(OPENS, 1));
  const keys = (await readLeaves(world.files)).flatMap(({ leaf }) =>
    leaf.type === "endorsement" ? [leaf.key] : [],
  );
  const at = { workforce: world.workforce, epoch: 1, slot: 0, letter: world.letters[0]! };
  expect(keys.sort()).toEqual(people.map(({ secrets }) => secrets.slotSigner(at).publicKey).sort());
  const report = await recount(httpSource(world.files), { workforce: world.workforce });
  expect(report.failures).toEqual([]);
  expect(report.letters[0]!.counted.mailbox).toBe(PEOPLE);
});

it("no registrar has counted a mailbox twice", async () => {
  for (const registrar of world.registrars) await registrar.end("stop");
  const counts = world.registrars.map(({ dataDir }) => {
    const database = new DatabaseSync(join(dataDir, "registrar.sqlite"), { readOnly: true });
    const { issued } = database.prepare("select sum(count) as issued from issued").get() as {
      issued: number;
    };
    const { tags } = database.prepare("select count(*) as tags from enrolment").get() as { tags: number };
    database.close();
    expect(issued).toBe(tags);
    return issued;
  });
  expect(counts.slice(2)).toEqual([PEOPLE, PEOPLE, PEOPLE]);
  for (const count of counts.slice(0, 2)) expect(count).toBeLessThanOrEqual(PEOPLE);
});

/**
 * kill -9 at any moment. After each restart every receipt's leaf is pending or in the log, every checkpoint that anyone has
 * seen is one that the later ones extend, and every enrolment that was answered is answered with the same bytes.
 */
import { setTimeout as pause } from "node:timers/promises";
import { addDays, type EndorsementRequest, type JsonValue, utf8Encode } from "@undersigned/core";
import { startPostgres } from "@undersigned/service/testing";
import { httpSource, recount } from "@undersigned/verify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SeededRandom } from "../kit/seeded-random.ts";
import {
  blindedSlots,
  enrolDirectly,
  makePeople,
  mintEndorsement,
  type Person,
  postRaw,
} from "../kit/servers/crowd.ts";
import { type EpochSecrets, openEpochSecrets } from "../kit/servers/mint-tokens.ts";
import { readCheckpoint, readLeaves, sizeOf } from "../kit/servers/public-leaves.ts";
import { CLOSES, OPENS, startWorld, type World } from "../kit/servers/world.ts";
import { sized, someOf } from "../kit/size.ts";

const PEOPLE = sized(24, 60);
const ROUNDS = sized(2, 3);

describe.each(someOf(["sqlite", "postgres"] as const, 1))("on %s", (engine) => {
  // Printed with the name of every failure: the moments follow from it.
  const seed = Number(process.env.CRASH_SEED ?? Math.floor(Math.random() * 1e9));
  const random = new SeededRandom(seed);
  let world: World;
  let epoch: EpochSecrets;
  let people: Person[];
  let postgres: Awaited<ReturnType<typeof startPostgres>> | undefined;

  beforeAll(async () => {
    postgres = engine === "postgres" ? await startPostgres() : undefined;
    world = await startWorld({
      boardDatabase: await postgres?.createDatabase(),
      registrarDatabase: await postgres?.createDatabase(),
    });
    epoch = await openEpochSecrets(world);
    people = makePeople(random, PEOPLE);
  });
  afterAll(async () => {
    await world?.close();
    await postgres?.stop();
  });

  it(`a registrar killed in the middle of enrolments answers each of them with the same bytes (seed ${seed})`, async () => {
    const jobs = people.map((person) => ({ person, slots: blindedSlots(random, person, epoch, 0) }));
    const answered = new Map<Person, string>();
    const enrol = async ({ person, slots }: (typeof jobs)[number]) => {
      const answer = await enrolDirectly(world, epoch, person, slots).catch(() => null);
      if (answer === null) return;
      const text = JSON.stringify(answer);
      expect(answered.get(person) ?? text, `seed ${seed}`).toBe(text);
      answered.set(person, text);
    };
    for (let round = 0; round < ROUNDS; round++) {
      const under = Promise.all(jobs.map(enrol));
      await pause(20 + random.below(400));
      await world.registrar.end("kill");
      await under;
      await world.registrar.begin();
      // Before anything is repeated: what was answered is stored, or this other request of theirs would be signed.
      for (const person of answered.keys()) {
        const other = blindedSlots(random, person, epoch, 0);
        await expect(enrolDirectly(world, epoch, person, other), `seed ${seed}`).rejects.toThrow(
          "already-enrolled",
        );
      }
    }
    await Promise.all(jobs.map(enrol));
    expect(answered.size, `seed ${seed}`).toBe(PEOPLE);
  });

  it(`a board killed in the middle of posts and of ticks loses no leaf that has a receipt (seed ${seed})`, async () => {
    const view = await world.view();
    const letter = world.letters[0]!;
    const requests = new Map<Person, EndorsementRequest>();
    for (const person of people) requests.set(person, await mintEndorsement(view, epoch, person, letter));
    const receipts = new Map<Person, string>();
    const checkpoints: string[] = [await readCheckpoint(world.files)];
    const post = async (person: Person) => {
      const url = `${world.files}v1/endorsements`;
      const answer = await postRaw(url, requests.get(person) as unknown as JsonValue).catch(() => null);
      if (answer === null || answer.status !== 200) return;
      expect(receipts.get(person) ?? answer.text, `seed ${seed}`).toBe(answer.text);
      receipts.set(person, answer.text);
    };
    for (let round = 0; round < ROUNDS; round++) {
      const some = people.slice(0, Math.ceil((PEOPLE * (round + 1)) / ROUNDS));
      const fresh = some.filter((person) => !receipts.has(person));
      const under = Promise.all(fresh.map(post));
      await pause(random.below(120));
      await world.board.end("kill");
      await under;
      await world.board.begin();
      checkpoints.push(await readCheckpoint(world.files));
      // Those only that have no receipt: a leaf that was promised and lost must not be brought back by posting it.
      await Promise.all(some.filter((person) => !receipts.has(person)).map(post));
      expect(receipts.size, `seed ${seed}`).toBe(some.length);

      // The next day's tick, killed at some moment of it; the start after it makes good for it.
      const day = addDays(OPENS, round + 1);
      const time = Date.parse(`${day}T00:01:00Z`);
      await world.setTime(time);
      const tick = world.board.process.tick().catch(() => null);
      await pause(random.below(60));
      const seen = await readCheckpoint(world.files).catch(() => null);
      if (seen !== null) checkpoints.push(seen);
      await world.board.end("kill");
      await tick;
      await world.board.begin();
      checkpoints.push(await readCheckpoint(world.files));
      const names = new Set((await readLeaves(world.files)).map(({ name }) => name));
      for (const [person, receipt] of receipts) {
        const { leaf } = JSON.parse(receipt) as { leaf: string };
        expect(names.has(leaf), `seed ${seed}, round ${round}`).toBe(true);
        await post(person);
      }
    }
    expect(receipts.size, `seed ${seed}`).toBe(PEOPLE);
    await world.moveTo(addDays(CLOSES, 1));
    checkpoints.push(await readCheckpoint(world.files));

    // Everyone who kept a checkpoint finds the log to extend it; the sizes never fell.
    const sizes = checkpoints.map(sizeOf);
    expect(sizes).toEqual(sizes.toSorted((a, b) => a - b));
    for (const note of new Set(checkpoints)) {
      const known = utf8Encode(note);
      const report = await recount(httpSource(world.files), { workforce: world.workforce, known });
      expect(report.failures, `seed ${seed}`).toEqual([]);
    }
    const leaves = (await readLeaves(world.files)).filter(({ leaf }) => leaf.type === "endorsement");
    expect(leaves, `seed ${seed}`).toHaveLength(PEOPLE);
  });
});

/**
 * Plays the plan: day by day people enrol, sign, change and withdraw, and each next day begins with a batch. Once `stop` is
 * aborted nothing new is begun, and DemoError `interrupted` is thrown when what was under way has ended.
 */
import { addDays } from "@undersigned/core";
import { DemoError } from "./demo-error.ts";
import { earlierSigners, type Plan } from "./plan.ts";
import type { Progress } from "./progress.ts";
import type { Job } from "./signatories/signatory-jobs.ts";
import type { SignatoryPool } from "./signatories/signatory-pool.ts";
import type { Stopwatch } from "./stages.ts";
import { keepTally, type TallyKeeper } from "./tally.ts";
import type { World } from "./world/world.ts";

/** On so many days every dishonest registrar forges, and helps two employees to sign twice. */
const ATTACKS = 3;

export async function runDays(
  plan: Plan,
  world: World,
  pool: SignatoryPool,
  watch: Stopwatch,
  keeper: TallyKeeper,
  progress: Progress,
  stop: AbortSignal,
): Promise<void> {
  const enrolled = new Set<number>();
  const signed = new Set<number>();
  let attacks = 0;
  const { further } = world;
  const earlier = further === null || further.letter === world.letter ? new Set() : earlierSigners(plan);

  /** The other letter's signatures are in nobody's numbers: its own counts tell whether they all arrived. */
  const signEarlier = async (people: readonly number[]): Promise<void> => {
    if (further === null || people.length === 0) return;
    const own = keepTally();
    await pool.run(
      people.map((person) => ({
        act: "sign",
        person,
        losesAnswer: false,
        twice: false,
        letter: further.letter,
      })),
      own.add,
    );
    const [failure] = own.tally().failures.values();
    if (failure !== undefined) throw new DemoError("not-as-planned", failure.message);
  };

  const run = (jobs: readonly Job[]): Promise<void> =>
    pool.run(jobs, (job, outcome) => {
      keeper.add(job, outcome);
      if (job.act === "enrol") {
        progress.enrolled();
        if (outcome.ok) enrolled.add(job.person);
      }
      if (job.act === "sign") {
        progress.signed();
        if (outcome.ok) signed.add(job.person);
      }
    });

  for (const day of plan.days) {
    const today = world.clock.day();
    progress.day(today);
    await watch.during("enrol", async () => {
      await run(
        day.enrol.map((person) => ({ act: "enrol", person, losesAnswer: plan.losesEnrolment.has(person) })),
      );
      const again = day.enrol.filter((person) => plan.triesAgain.has(person) && enrolled.has(person));
      await run(again.map((person) => ({ act: "try-again", person })));
    });
    await watch.during("sign", async () => {
      await run(
        day.sign
          .filter((person) => enrolled.has(person))
          .map((person) => ({
            act: "sign",
            person,
            losesAnswer: plan.losesEndorsement.has(person),
            twice: plan.postsTwice.has(person),
          })),
      );
      await signEarlier(day.sign.filter((person) => earlier.has(person) && signed.has(person)));
      const changes = [
        ...day.revise.map((person) => ({ act: "revise" as const, person, today })),
        ...day.withdraw.map((person) => ({ act: "withdraw" as const, person, today })),
      ];
      await run(changes.filter(({ person }) => signed.has(person)));
    });
    // They do their worst early, and once more when honest registrars' tokens stand in the log.
    if (day.sign.length > 0 && !stop.aborted && attacks++ < ATTACKS) await world.attack();
    if (stop.aborted) throw new DemoError("interrupted", "The demo was stopped before all had signed.");
    await nextDay(world, watch);
  }
  while (further !== null && world.clock.day() < further.life.lastDay && !stop.aborted) {
    progress.day(world.clock.day());
    await nextDay(world, watch);
  }
}

async function nextDay(world: World, watch: Stopwatch): Promise<void> {
  const day = addDays(world.clock.day(), 1);
  await watch.during("batches", () => world.moveTo(day));
  await watch.during("answered", async () => world.further?.life.onDay(day));
}

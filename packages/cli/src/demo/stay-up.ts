/**
 * What goes on once all are counted: a day passes every half minute, and on each a few more people sign, at least as many
 * as a batch needs, so that a visitor's signature comes out with theirs.
 */
import { addDays } from "@undersigned/core";
import { readCounts } from "./public-counts.ts";
import { pick, seeded } from "./random.ts";
import type { Job } from "./signatories/signatory-jobs.ts";
import type { SignatoryPool } from "./signatories/signatory-pool.ts";
import { keepTally } from "./tally.ts";
import type { World } from "./world/world.ts";

/** How many sign on a day; the batch minimum is 20 at most. */
const TRICKLE: readonly number[] = [20, 21, 22, 23, 24, 25];
/** Mailboxes of the workforce that are left to visitors. */
const FOR_VISITORS = 100;

/** Runs until `stop` is aborted; never in the middle of a day's work. `first` is the number of the next person. */
export async function stayUp(
  world: World,
  pool: SignatoryPool,
  first: number,
  secondsADay: number,
  stop: AbortSignal,
  say: (line: string) => void,
): Promise<void> {
  const random = seeded(first);
  let next = first;
  while (await pause(secondsADay * 1000, stop)) {
    const today = world.clock.day();
    const open = today <= world.manifest.closes;
    const number = open ? Math.min(pick(random, TRICKLE), world.employees - FOR_VISITORS - next + 1) : 0;
    const keeper = keepTally();
    const people = Array.from({ length: Math.max(0, number) }, (_, i) => next + i);
    next += people.length;
    await pool.run(
      people.map((person): Job => ({ act: "enrol", person, losesAnswer: false })),
      keeper.add,
    );
    if (keeper.tally().enrolled === people.length) {
      await pool.run(
        people.map((person): Job => ({ act: "sign", person, losesAnswer: false, twice: false })),
        keeper.add,
      );
    }
    if (stop.aborted) return;
    await world.moveTo(addDays(today, 1));
    for (const [name, { message }] of keeper.tally().failures) say(`${name}: ${message}`);
    const { counted, endorsements } = await readCounts(world);
    const more = !open
      ? "the letter has closed"
      : people.length === 0
        ? "everybody has signed who would"
        : `${keeper.tally().signed} more signed`;
    say(`${world.clock.day()}: ${more}; ${counted} counted of ${endorsements} in the log.`);
  }
}

/** Whether the time passed before `stop` was aborted. */
function pause(milliseconds: number, stop: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    if (stop.aborted) {
      resolve(false);
      return;
    }
    const aborted = (): void => {
      clearTimeout(timer);
      resolve(false);
    };
    const timer = setTimeout(() => {
      stop.removeEventListener("abort", aborted);
      resolve(true);
    }, milliseconds);
    stop.addEventListener("abort", aborted, { once: true });
  });
}

/** One demo from start to end: everything is set up, everybody signs, all is counted again, and perhaps it stays up. */
import { availableParallelism } from "node:os";
import { utcDay } from "@undersigned/service";
import { httpSource } from "@undersigned/verify";
import { type Answered, answeredDifferences, makeAnswered } from "./answered/answered-result.ts";
import type { CleanUp } from "./clean-up.ts";
import { type Flags, isAnswered } from "./flags.ts";
import { followedProblems, makeFollowed } from "./followed/followed-result.ts";
import { type SecondBoard, startSecondBoard } from "./followed/second-board.ts";
import { makePlan, type Plan } from "./plan.ts";
import type { Progress } from "./progress.ts";
import { isGood, makeResult, type Recounted, type Result, recountOverHttp } from "./result.ts";
import { runDays } from "./run-days.ts";
import { type SignatoryPool, startSignatoryPool } from "./signatories/signatory-pool.ts";
import { type Stopwatch, startStopwatch } from "./stages.ts";
import { stayUp } from "./stay-up.ts";
import { keepTally } from "./tally.ts";
import { addresses, letterPage, visitorGuide } from "./visitor-guide.ts";
import { inWords } from "./words.ts";
import { type DataFolder, openDataFolder } from "./world/data-folder.ts";
import { startWorld, type World } from "./world/world.ts";

export type Output = {
  /** Standard output: what is asked for. */
  readonly print: (text: string) => void;
  /** Standard error: how it goes. */
  readonly progress: Progress;
};

type Running = { readonly world: World; readonly pool: SignatoryPool };

async function start(
  flags: Flags,
  plan: Plan,
  folder: DataFolder,
  stop: AbortSignal,
  cleanUp: CleanUp,
  { progress }: Output,
): Promise<Running> {
  const started = `Starting a board, ${inWords(flags)} and a mail server`;
  progress.say(
    folder.temporary
      ? `${started} in a temporary folder, which is removed at the end.`
      : `${started}. The folder stays, but not the keys to its key files.`,
  );
  const world = await startWorld(flags, plan, folder, utcDay(Date.now()), cleanUp);
  for (const { name, role } of world.registrars) {
    if (role === "down") progress.say(`${name} has made its keys, and is down from now on.`);
    if (role === "lying") progress.say(`${name} has made its keys, and is dishonest from now on.`);
  }
  const { board, workforce, letter, epoch, catcher, registrars } = world;
  const senders = Object.fromEntries(registrars.map(({ identity, sender }) => [identity, sender]));
  const setting = { board, workforce, letter, epoch, senders };
  const pool = await startSignatoryPool(availableParallelism(), setting, catcher, stop);
  cleanUp.add(() => pool.close());
  return { world, pool };
}

/** Everybody signs, and the public files are counted again. */
async function play(
  flags: Flags,
  plan: Plan,
  folder: DataFolder,
  { world, pool }: Running,
  watch: Stopwatch,
  stop: AbortSignal,
  cleanUp: CleanUp,
  { print, progress }: Output,
): Promise<{ readonly result: Result; readonly second: SecondBoard | null }> {
  const keeper = keepTally();
  const firstDay = world.clock.day();
  progress.begin(flags.signatories, firstDay);
  try {
    await runDays(plan, world, pool, watch, keeper, progress, stop);
  } finally {
    progress.end();
  }
  const confessions = await world.confess();
  progress.say("Counting again from the public files alone.");
  const recounted = await watch.during("recount", () => recountOverHttp(world));
  const further = await furtherOf(flags, world, recounted, folder);
  const second =
    flags.through === "followed" || !flags.exit
      ? await watch.during("followed", () => follow(world, folder, stop, cleanUp, progress))
      : null;
  const followed =
    flags.through === "followed" && second !== null
      ? await watch.during("followed", () => makeFollowed(world, second, recounted.report, stop))
      : null;
  const result = makeResult({
    world,
    further,
    followed,
    signatories: flags.signatories,
    plan,
    tally: keeper.tally(),
    recounted,
    confessions,
    seconds: watch.seconds(),
    firstDay,
  });
  print(`\n${recounted.sentence}\n`);
  if (result.recount !== "ok") {
    for (const { code, leaf, message } of result.recount) {
      progress.say(`${code}${leaf === null ? "" : ` (leaf ${leaf})`}: ${message}`);
    }
  }
  for (const sentence of followedProblems(result)) progress.say(sentence);
  if (flags.registrars > 1) {
    for (const [share, people] of Object.entries(result.answered)) {
      progress.say(`Tokens of ${share} registrars: ${people} signatories.`);
    }
  }
  if (further?.answered) sayAnswered(further.answered, progress);
  for (const [kind, { tried, succeeded }] of Object.entries(result.attempts)) {
    progress.say(`Dishonest registrars tried ${kind} ${tried} times; ${succeeded} succeeded.`);
  }
  print(JSON.stringify(result));
  return { result, second };
}

/** Another board follows the letter's, and has recounted it. */
async function follow(
  world: World,
  folder: DataFolder,
  stop: AbortSignal,
  cleanUp: CleanUp,
  { say }: Progress,
): Promise<SecondBoard> {
  const second = await startSecondBoard(letterPage(world), folder.path, world.clock, stop, cleanUp);
  say(`A second board, at ${second.url}, recounts what it follows.`);
  await second.recount();
  return second;
}

/** What became of the letter that is answered; the files to look at where that is what the demo was asked for. */
async function furtherOf(flags: Flags, world: World, { report }: Recounted, folder: DataFolder) {
  if (world.further === null) return null;
  const { letter, life } = world.further;
  const outcome = life.outcome();
  const counted = report.letters.find((entry) => entry.letter === letter);
  if (outcome === null || counted === undefined)
    return { answered: null, differences: ["The letter that should be answered was not."] };
  const source = httpSource(world.files);
  return {
    answered: isAnswered(flags)
      ? await makeAnswered(counted, outcome, source, world.workforce, folder)
      : null,
    differences: answeredDifferences(counted, outcome),
  };
}

function sayAnswered({ pdf, bundle, delivered, answers, register }: Answered, { say }: Progress): void {
  say(`Handed over on ${delivered.day}: “${delivered.acceptance}”.`);
  say(`${answers.verified} answer was published, and ${answers.refused} forged ones were refused.`);
  say(`The register of dealings has ${register.rows} rows.`);
  say(`The letter: ${pdf.path} (${pdf.pages} pages). All that is public: ${bundle}`);
}

/**
 * 0 if all were counted, nobody else was, no attempt succeeded and the recount is without fault, else 1; and the result.
 * Throws what stopped it before that. The flags' quorum is not judged here: see `requireBearable`.
 */
export async function runDemo(
  flags: Flags,
  stop: AbortSignal,
  cleanUp: CleanUp,
  output: Output,
): Promise<{ readonly exitCode: number; readonly result: Result }> {
  const { print, progress } = output;
  const watch = startStopwatch();
  // With one registrar, some withdraw. With several the point is that every single person is counted.
  const plan = makePlan(flags.signatories, { allStay: flags.registrars > 1 || flags.lying > 0 });
  const folder = await openDataFolder(flags.data);
  cleanUp.add(() => {
    folder.remove();
    if (folder.temporary) progress.say("The temporary folder of the demo has been removed.");
  });
  const running = await watch.during("start", () => start(flags, plan, folder, stop, cleanUp, output));
  const { world, pool } = running;
  print(addresses(world, folder.path));
  const played = play(flags, plan, folder, running, watch, stop, cleanUp, output);
  const { result, second } = await Promise.race([played, world.failed]);
  if (!flags.exit) {
    print(visitorGuide(world, second?.url ?? null, flags.tick));
    const followed: World = {
      ...world,
      async moveTo(day) {
        await world.moveTo(day);
        await second?.recount();
      },
    };
    await Promise.race([
      stayUp(followed, pool, flags.signatories + 1, flags.tick, stop, progress.say),
      world.failed,
    ]);
  }
  return { exitCode: isGood(result) ? 0 : 1, result };
}

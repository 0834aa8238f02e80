/** The demo: arguments in, exit code out. See bin/demo.js for how it is started. */
import { availableParallelism } from "node:os";
import { debuglog } from "node:util";
import { utcDay } from "@undersigned/service";
import { presentError } from "../present-error.ts";
import { type CleanUp, createCleanUp } from "./clean-up.ts";
import { DemoError } from "./demo-error.ts";
import { type Flags, parseFlags, USAGE } from "./flags.ts";
import { makePlan } from "./plan.ts";
import { createProgress } from "./progress.ts";
import { makeResult, type Result, recountOverHttp } from "./result.ts";
import { runDays } from "./run-days.ts";
import { type SignatoryPool, startSignatoryPool } from "./signatories/signatory-pool.ts";
import { type Stopwatch, startStopwatch } from "./stages.ts";
import { stayUp } from "./stay-up.ts";
import { keepTally } from "./tally.ts";
import { addresses, visitorGuide } from "./visitor-guide.ts";
import { type DataFolder, openDataFolder } from "./world/data-folder.ts";
import { startWorld, type World } from "./world/world.ts";

const say = (line: string): void => void process.stderr.write(`${line}\n`);
const print = (text: string): void => void process.stdout.write(`${text}\n`);

const progress = createProgress(process.stderr);

type Running = { readonly world: World; readonly pool: SignatoryPool };

async function start(
  flags: Flags,
  folder: DataFolder,
  stop: AbortSignal,
  cleanUp: CleanUp,
): Promise<Running> {
  progress.say(
    folder.temporary
      ? "Starting a board, a registrar and a mail server in a temporary folder, which is removed at the end."
      : "Starting a board, a registrar and a mail server. The folder stays, but not the key to its key files.",
  );
  const world = await startWorld(flags, folder, utcDay(Date.now()), cleanUp);
  const { board, workforce, letter, epoch, catcher } = world;
  const setting = { board, workforce, letter, epoch };
  const pool = await startSignatoryPool(availableParallelism(), setting, catcher, stop);
  cleanUp.add(() => pool.close());
  return { world, pool };
}

/** Everybody signs, and the public files are counted again. */
async function play(
  flags: Flags,
  { world, pool }: Running,
  watch: Stopwatch,
  stop: AbortSignal,
): Promise<Result> {
  const plan = makePlan(flags.signatories);
  const keeper = keepTally();
  const firstDay = world.clock.day();
  progress.begin(flags.signatories, firstDay);
  try {
    await runDays(plan, world, pool, watch, keeper, progress, stop);
  } finally {
    progress.end();
  }
  progress.say("Counting again from the public files alone.");
  const recounted = await watch.during("recount", () => recountOverHttp(world));
  const result = makeResult({
    world,
    signatories: flags.signatories,
    plan,
    tally: keeper.tally(),
    recounted,
    seconds: watch.seconds(),
    firstDay,
  });
  print(`\n${recounted.sentence}\n`);
  if (result.recount !== "ok") {
    for (const { code, leaf, message } of result.recount) {
      say(`${code}${leaf === null ? "" : ` (leaf ${leaf})`}: ${message}`);
    }
  }
  print(JSON.stringify(result));
  return result;
}

/** 0 if all were counted and the recount is without fault, else 1. Throws what stopped it before that. */
async function demo(flags: Flags, stop: AbortSignal, cleanUp: CleanUp): Promise<number> {
  const watch = startStopwatch();
  const folder = await openDataFolder(flags.data);
  cleanUp.add(() => {
    folder.remove();
    if (folder.temporary) say("The temporary folder of the demo has been removed.");
  });
  const running = await watch.during("start", () => start(flags, folder, stop, cleanUp));
  const { world, pool } = running;
  print(addresses(world, folder.path));
  const result = await Promise.race([play(flags, running, watch, stop), world.failed]);
  if (!flags.exit) {
    print(visitorGuide(world, flags.tick));
    await Promise.race([stayUp(world, pool, flags.signatories + 1, flags.tick, stop, say), world.failed]);
  }
  return result.recount === "ok" ? 0 : 1;
}

const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

async function main(args: readonly string[]): Promise<number> {
  const cleanUp = createCleanUp();
  const stop = new AbortController();
  let signalled = 1;
  for (const [signal, code] of Object.entries(SIGNALS)) {
    process.on(signal, () => {
      // npm and the terminal may both pass it on: only the first counts.
      if (stop.signal.aborted) return;
      signalled = code;
      stop.abort();
      say("Stopping.");
    });
  }
  let exitCode: number;
  try {
    const flags = parseFlags(args);
    if (flags.help) {
      print(USAGE);
      return 0;
    }
    exitCode = await demo(flags, stop.signal, cleanUp);
  } catch (error) {
    progress.end();
    exitCode = present(error, signalled);
  }
  try {
    await cleanUp.run();
  } catch (error) {
    exitCode = Math.max(exitCode, present(error, 1));
  }
  return exitCode;
}

/** With NODE_DEBUG=undersigned-demo, errors are shown whole: nobody in a demo is real. */
const debug = debuglog("undersigned-demo");

function present(error: unknown, signalled: number): number {
  debug("%O", error);
  if (!(error instanceof DemoError)) {
    const { line, exitCode } = presentError(error);
    if (line !== null) say(line);
    return exitCode === 0 ? 1 : exitCode;
  }
  say(`${error.code}: ${error.message}`);
  if (error.code === "usage") say(`\n${USAGE}`);
  if (error.code === "interrupted") return signalled;
  return error.code === "usage" ? 2 : 1;
}

process.exitCode = await main(process.argv.slice(2));
// Whatever a library may have left open must not keep a finished demo from ending.
setTimeout(() => process.exit(), 3000).unref();

/** The demo: arguments in, exit code out. See bin/demo.js for how it is started. */
import { debuglog } from "node:util";
import { presentError } from "../present-error.ts";
import { createCleanUp } from "./clean-up.ts";
import { DemoError } from "./demo-error.ts";
import { parseFlags, USAGE } from "./flags.ts";
import { createProgress } from "./progress.ts";
import { runDemo } from "./run-demo.ts";

const print = (text: string): void => void process.stdout.write(`${text}\n`);
const progress = createProgress(process.stderr);
const { say } = progress;

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
    ({ exitCode } = await runDemo(flags, stop.signal, cleanUp, { print, progress }));
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

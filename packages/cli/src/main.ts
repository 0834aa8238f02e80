/** The process: arguments in, exit code out. See bin/undersigned.js for how it is started. */

import { printable } from "./io/output.ts";
import { presentError } from "./present-error.ts";
import { runArguments } from "./run-arguments.ts";

// A reader that goes away, as `head` does, is no failure of ours.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit();
    throw error;
  });
}
// Node would print the error with its stack.
const unforeseen = (error: unknown) => {
  process.stderr.write(`${printable(presentError(error).line ?? "internal: stopped.")}\n`);
  process.exit(1);
};
process.on("uncaughtException", unforeseen);
process.on("unhandledRejection", unforeseen);

process.exitCode = await runArguments(process.argv.slice(2));

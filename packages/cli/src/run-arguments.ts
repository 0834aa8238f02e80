/** A command's arguments in, its exit code out: what a process of it does. */
import { idsBehindOptions } from "./ids-behind-options.ts";
import { printable } from "./io/output.ts";
import { refuseSecretArguments } from "./options/secret-arguments.ts";
import { presentError } from "./present-error.ts";
import { buildProgram } from "./program.ts";

/** Says on standard error what went wrong; never throws. */
export async function runArguments(args: readonly string[]): Promise<number> {
  try {
    refuseSecretArguments(args);
    await (await buildProgram(...args.slice(0, 2))).parseAsync(idsBehindOptions(args), { from: "user" });
    return Number(process.exitCode ?? 0);
  } catch (error) {
    const { line, exitCode } = presentError(error);
    if (line !== null) process.stderr.write(`${printable(line)}\n`);
    return exitCode;
  }
}

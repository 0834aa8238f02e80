/**
 * A server in the foreground: one line on standard output when it can be reached, then until it is told to stop.
 * Log lines go to standard error.
 */
import { print, say } from "./io/output.ts";

export interface Running {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Prints the address and the lines that belong to it (`also`), waits for SIGTERM or SIGINT (or for `failed`), and closes. A signal that comes twice, as from a
 * terminal and a parent, means the same as once. Resolves to the exit code.
 */
export async function runUntilStopped(
  name: string,
  running: Running,
  { failed, also = [] }: { readonly failed?: Promise<unknown>; readonly also?: readonly string[] } = {},
): Promise<number> {
  let stop = () => {};
  const signalled = new Promise<"stop">((resolve) => {
    stop = () => resolve("stop");
  });
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  print(`${name}: ${running.url}`, ...also);
  const why = await Promise.race([
    signalled,
    (failed ?? new Promise<never>(() => {})).then(() => "failed" as const),
  ]);
  await running.close();
  if (why === "stop") return 0;
  say(
    "lock-lost: The database's lock was lost, and another process may be active. Start again when that is clear.",
  );
  return 1;
}

/**
 * Processes of their own, spoken to by named calls over Node's channel: a server, a load generator and the harness never
 * share an event loop, a heap or a CPU account.
 */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { compiledBefore } from "../../packages/cli/bin/pinned-node.js";

type Call = { readonly id: number; readonly name: string; readonly input: unknown };
type Answer = { readonly id: number; readonly output?: unknown; readonly error?: string };

/** What each call takes and gives. Values go over as JSON. */
// biome-ignore lint/suspicious/noExplicitAny: a handler's own types are what callers see.
export type Calls = Record<string, (input: any) => unknown>;

export interface Child<C extends Calls> {
  call<N extends keyof C & string>(name: N, input: Parameters<C[N]>[0]): Promise<Awaited<ReturnType<C[N]>>>;
  stop(): Promise<void>;
}

/** CPU and memory of the process that answers. */
export interface Usage {
  /** Seconds since the process began, all threads, user and system. */
  readonly cpuSeconds: number;
  readonly rssBytes: number;
  readonly peakRssBytes: number;
}

export function usage(): Usage {
  const { user, system } = process.cpuUsage();
  return {
    cpuSeconds: (user + system) / 1e6,
    rssBytes: process.memoryUsage.rss(),
    peakRssBytes: process.resourceUsage().maxRSS * 1024,
  };
}

/** In the child: answers calls until the parent stops it. Calls may overlap. */
export function answer(calls: Calls): void {
  process.on("message", async ({ id, name, input }: Call) => {
    const reply: Answer = await Promise.resolve()
      .then(() => calls[name]!(input))
      .then(
        (output) => ({ id, output }),
        (error: unknown) => ({
          id,
          error: error instanceof Error ? (error.stack ?? error.message) : String(error),
        }),
      );
    process.send?.(reply);
  });
  process.on("disconnect", () => process.exit(0));
}

/**
 * As the command starts what it runs. `nodeOptions`: flags of Node for the child, such as --cpu-prof. `environment` is added
 * to this process's own.
 */
export function startChild<C extends Calls>(
  file: URL,
  nodeOptions: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {},
): Child<C> {
  const child: ChildProcess = fork(fileURLToPath(file), {
    execArgv: [...nodeOptions],
    env: { ...process.env, ...compiledBefore(process.execPath), ...environment },
    stdio: ["ignore", 2, 2, "ipc"],
  });
  const waiting = new Map<number, { resolve(value: never): void; reject(error: Error): void }>();
  let nextId = 0;
  const exited = once(child, "exit");
  void exited.then(([code]) => {
    for (const { reject } of waiting.values()) reject(new Error(`A measured process ended with ${code}.`));
    waiting.clear();
  });
  child.on("message", ({ id, output, error }: Answer) => {
    const one = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) one?.resolve(output as never);
    else one?.reject(new Error(error));
  });
  return {
    call: (name, input) =>
      new Promise((resolve, reject) => {
        const id = nextId++;
        waiting.set(id, { resolve, reject });
        child.send({ id, name, input } satisfies Call, (error) => {
          if (error !== null) reject(error);
        });
      }),
    async stop() {
      if (child.connected) child.disconnect();
      await exited;
    },
  };
}

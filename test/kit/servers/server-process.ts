/** A test's side of a server's process. */
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { FaultKind } from "./faults.ts";
import type { ServerCall, ServerOptions, ServerReply } from "./server-calls.ts";

const SCRIPT = fileURLToPath(new URL("./server-main.ts", import.meta.url));

export type ServerProcess = {
  readonly pid: number;
  readonly url: string;
  readonly alive: () => boolean;
  /** All that it has written to standard output and standard error. */
  readonly output: () => string;
  readonly setTime: (time: number) => Promise<void>;
  readonly tick: () => Promise<unknown>;
  readonly arm: (kind: FaultKind, after: number) => Promise<void>;
  /** Whether the fault had not happened yet. */
  readonly disarm: () => Promise<boolean>;
  readonly snapshot: (path: string) => Promise<void>;
  readonly stop: () => Promise<void>;
  /** kill -9; resolves when the process is gone. */
  readonly kill: () => Promise<void>;
};

/** Resolves when the server listens. Rejects with the code of the error that stopped it. `temporary` is its TMPDIR. */
export async function startServer(options: ServerOptions & { temporary: string }): Promise<ServerProcess> {
  const { temporary, ...start } = options;
  const child = fork(SCRIPT, [], {
    serialization: "advanced",
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    execArgv: ["--expose-gc", "--disable-warning=ExperimentalWarning"],
    env: {
      PATH: process.env.PATH,
      TMPDIR: temporary,
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
      NODE_OPTIONS: process.env.NODE_OPTIONS,
    },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  const waiting = new Map<number, { resolve: (answer: unknown) => void; reject: (error: Error) => void }>();
  let last = 0;
  const ended = new Promise<void>((resolve) => {
    child.on("close", () => {
      for (const { reject } of waiting.values())
        reject(new Error(`the server has ended: ${output.slice(-2000)}`));
      waiting.clear();
      resolve();
    });
  });
  child.on("message", (reply: ServerReply) => {
    const call = waiting.get(reply.id);
    waiting.delete(reply.id);
    if ("error" in reply) call?.reject(new Error(reply.error));
    else call?.resolve(reply.answer);
  });
  const call = (of: ServerCall): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const id = ++last;
      waiting.set(id, { resolve, reject });
      child.send({ id, call: of }, (error) => {
        if (error !== null) reject(error);
      });
    });
  const kill = async () => {
    child.kill("SIGKILL");
    await ended;
  };

  let url: string;
  try {
    url = (await call({ do: "start", ...start })) as string;
  } catch (error) {
    await kill();
    throw error;
  }
  return {
    pid: child.pid ?? 0,
    url,
    alive: () => child.exitCode === null && child.signalCode === null && child.connected,
    output: () => output,
    async setTime(time) {
      await call({ do: "set-time", time });
    },
    tick: () => call({ do: "tick" }),
    async arm(kind, after) {
      await call({ do: "arm", kind, after });
    },
    disarm: async () => (await call({ do: "disarm" })) as boolean,
    async snapshot(path) {
      await call({ do: "snapshot", path });
    },
    async stop() {
      await call({ do: "stop" }).catch(() => undefined);
      await ended;
    },
    kill,
  };
}

/** The demo's side of a registrar's process: one call, one answer. */
import { type ChildProcess, fork } from "node:child_process";
import { mkdir } from "node:fs/promises";
import type { Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { DemoError } from "../demo-error.ts";
import type {
  CodeAnswer,
  CodeQuestion,
  FromRegistrar,
  RegistrarAnswers,
  RegistrarCall,
  RegistrarRequest,
  RegistrarSetting,
} from "./registrar-messages.ts";

export type RegistrarChild = {
  /** Rejects with DemoError `registrar-refused` and what the registrar said, or `registrar-stopped` if its process ended. */
  readonly call: <C extends RegistrarCall>(call: C) => Promise<RegistrarAnswers[C["do"]]>;
  /** Rejects when the process ends before `stop` was called; never resolves. */
  readonly failed: Promise<never>;
  /** Stops the server and waits for the process to end. Safe to call twice. */
  readonly stop: () => Promise<void>;
};

const PROGRAMS = {
  honest: new URL("./registrar-process.ts", import.meta.url),
  dishonest: new URL("../liar/liar-process.ts", import.meta.url),
} as const;

const STOP_WITHIN_MS = 15_000;

type Waiting = { readonly resolve: (answer: never) => void; readonly reject: (error: Error) => void };

/** `identity` (an age identity line) goes through a pipe: neither arguments nor environment show it. */
export async function startRegistrarProcess(options: {
  readonly program: keyof typeof PROGRAMS;
  readonly setting: RegistrarSetting;
  readonly identity: string;
  /** Reads a mail of an employee who helps a dishonest registrar. */
  readonly readMail: (question: CodeQuestion) => Promise<string | null>;
}): Promise<RegistrarChild> {
  const { setting, identity, readMail } = options;
  await mkdir(setting.dataDir, { recursive: true, mode: 0o700 });
  const child: ChildProcess = fork(fileURLToPath(PROGRAMS[options.program]), [JSON.stringify(setting)], {
    serialization: "advanced",
    // Nothing that this process was itself started with.
    execArgv: [],
    stdio: ["ignore", process.stderr, process.stderr, "pipe", "ipc"],
  });
  const pipe = child.stdio[3] as Writable;
  // The child may have ended already; then its exit says so.
  pipe.on("error", () => {});
  pipe.end(`${identity}\n`);

  const waiting = new Map<number, Waiting>();
  let last = 0;
  let stopping = false;
  const failure = Promise.withResolvers<never>();
  failure.promise.catch(() => {});
  const ended = new Promise<void>((resolve) => {
    const end = (): void => {
      resolve();
      const error = new DemoError(
        "registrar-stopped",
        "A registrar's process has ended. Its last lines say why.",
      );
      for (const { reject } of waiting.values()) reject(error);
      waiting.clear();
      if (!stopping) failure.reject(error);
    };
    child.on("exit", end);
    child.on("error", end);
  });
  child.on("message", (message: FromRegistrar) => {
    if ("ask" in message) {
      void readMail(message).then((code) => {
        if (child.connected) child.send({ told: message.ask, code } satisfies CodeAnswer, () => {});
      });
      return;
    }
    const call = waiting.get(message.id);
    waiting.delete(message.id);
    if ("error" in message) call?.reject(new DemoError("registrar-refused", message.error));
    else call?.resolve(message.answer as never);
  });

  function call<C extends RegistrarCall>(of: C): Promise<RegistrarAnswers[C["do"]]> {
    return new Promise((resolve, reject) => {
      const id = ++last;
      waiting.set(id, { resolve, reject });
      const request: RegistrarRequest = { id, call: of };
      child.send(request, (error) => {
        if (error === null) return;
        waiting.delete(id);
        reject(new DemoError("registrar-stopped", "A registrar's process does not listen any more."));
      });
    });
  }

  return {
    call,
    failed: failure.promise,
    async stop() {
      if (!stopping) {
        stopping = true;
        await call({ do: "stop" }).catch(() => {});
        if (child.connected) child.disconnect();
      }
      const kill = setTimeout(() => child.kill("SIGKILL"), STOP_WITHIN_MS);
      await ended;
      clearTimeout(kill);
    },
  };
}

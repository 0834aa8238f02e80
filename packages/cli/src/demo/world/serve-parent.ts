/** A registrar's process answers the demo's calls, one after the other, and ends with the demo, however that ends. */
import { readFileSync } from "node:fs";
import type { Lock } from "@undersigned/service";
import { presentError } from "../../present-error.ts";
import { DemoError } from "../demo-error.ts";
import type {
  CodeAnswer,
  CodeQuestion,
  FromRegistrar,
  RegistrarAnswers,
  RegistrarCall,
  RegistrarSetting,
  ToRegistrar,
} from "./registrar-messages.ts";

/** What it was started with. The age identity that its key files are locked with comes as one line on descriptor 3. */
export function readSetting(): { readonly setting: RegistrarSetting; readonly lock: Lock } {
  const setting = JSON.parse(process.argv[2] as string) as RegistrarSetting;
  return { setting, lock: { identity: readFileSync(3, "utf8").trim() } };
}

export type Parent = { readonly askCode: (mailbox: string, registrar: string) => Promise<string | null> };

export function serveParent(serving: {
  readonly answer: (call: RegistrarCall) => Promise<RegistrarAnswers[RegistrarCall["do"]]>;
  readonly close: () => Promise<void>;
}): Parent {
  const asked = new Map<number, (code: string | null) => void>();
  let lastAsked = 0;
  // One call after the other, in the order in which they came.
  let queue: Promise<void> = Promise.resolve();

  process.on("message", (message: ToRegistrar) => {
    if ("told" in message) {
      tell(message);
      return;
    }
    const { id, call } = message;
    queue = queue.then(async () => {
      try {
        send({ id, answer: await serving.answer(call) });
        if (call.do === "stop") process.disconnect?.();
      } catch (error) {
        send({ id, error: lineOf(error) });
      }
    });
  });

  function tell({ told, code }: CodeAnswer): void {
    asked.get(told)?.(code);
    asked.delete(told);
  }

  // A terminal's Ctrl-C reaches this process too; its parent says when to stop.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => {});
  process.on("disconnect", () => {
    void (async () => {
      await serving.close();
      process.exit(0);
    })();
  });

  return {
    askCode: (mailbox, registrar) =>
      new Promise((resolve) => {
        const ask = ++lastAsked;
        asked.set(ask, resolve);
        send({ ask, mailbox, registrar } satisfies CodeQuestion);
      }),
  };
}

function lineOf(error: unknown): string {
  if (error instanceof DemoError) return `${error.code}: ${error.message}`;
  return presentError(error).line ?? "internal";
}

function send(message: FromRegistrar): void {
  // The parent may be gone by now; then nobody waits for this.
  if (process.connected) process.send?.(message, () => {});
}

/** The signatories' threads. A person stays with one thread, which holds that person's phrase and tokens. */
import { Worker } from "node:worker_threads";
import { DemoError } from "../demo-error.ts";
import type { MailCatcher } from "../mail/mail-catcher.ts";
import type { FromThread, Job, Outcome, SignatorySetting, ToThread } from "./signatory-jobs.ts";

export type SignatoryPool = {
  /**
   * Does the jobs, several at a time, each told to `done` as it ends. Begins none after `stop` was aborted. Rejects with
   * DemoError `worker-stopped`.
   */
  readonly run: (jobs: readonly Job[], done: (job: Job, outcome: Outcome) => void) => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Jobs of one thread at a time: while one waits for its mail, another computes. */
const AT_ONCE = 6;
const MAIL_WITHIN_MS = 60_000;
/** After a wrong code: how long a person looks for another mail of that registrar before they go on without it. */
const OTHER_MAIL_WITHIN_MS = 4_000;

type Thread = {
  readonly act: (job: Job) => Promise<Outcome>;
  readonly close: () => Promise<void>;
};

export async function startSignatoryPool(
  threads: number,
  setting: SignatorySetting,
  catcher: MailCatcher,
  stop: AbortSignal,
): Promise<SignatoryPool> {
  const started = await Promise.allSettled(
    Array.from({ length: threads }, () => startThread(setting, catcher)),
  );
  const pool = started.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  const close = async (): Promise<void> => {
    await Promise.all(pool.map((thread) => thread.close()));
  };
  const failed = started.find((result) => result.status === "rejected");
  if (failed !== undefined) {
    await close();
    throw failed.reason;
  }

  return {
    async run(jobs, done) {
      await Promise.all(
        pool.flatMap((thread, index) => {
          const own = jobs.filter((job) => job.person % threads === index);
          let next = 0;
          return Array.from({ length: AT_ONCE }, async () => {
            for (let job = own[next++]; job !== undefined && !stop.aborted; job = own[next++]) {
              done(job, await thread.act(job));
            }
          });
        }),
      );
    },
    close,
  };
}

async function startThread(setting: SignatorySetting, catcher: MailCatcher): Promise<Thread> {
  const worker = new Worker(new URL("./signatory-thread.ts", import.meta.url), { workerData: setting });
  const send = (message: ToThread): void => worker.postMessage(message);
  const waiting = new Map<number, { resolve: (outcome: Outcome) => void; reject: (error: Error) => void }>();
  const ready = Promise.withResolvers<void>();
  let last = 0;
  let broken: Error | null = null;

  function readMail({ inbox, registrar, again }: Extract<FromThread, { kind: "code-wanted" }>) {
    const sender = setting.senders[registrar] ?? "";
    return catcher.takeCode(inbox, sender, again ? OTHER_MAIL_WITHIN_MS : MAIL_WITHIN_MS);
  }

  function fail(error: Error): void {
    broken ??= error;
    ready.reject(broken);
    for (const { reject } of waiting.values()) reject(broken);
    waiting.clear();
  }
  worker.on("error", (error) => fail(error instanceof Error ? error : stopped()));
  worker.on("exit", () => fail(stopped()));
  worker.on("message", (message: FromThread) => {
    switch (message.kind) {
      case "ready":
        ready.resolve();
        return;
      case "done":
        waiting.get(message.id)?.resolve(message.outcome);
        waiting.delete(message.id);
        return;
      case "code-wanted":
        readMail(message).then(
          (code) => send({ kind: "code", id: message.id, code }),
          () => send({ kind: "code", id: message.id, code: null }),
        );
    }
  });
  await ready.promise;

  return {
    act: (job) =>
      new Promise((resolve, reject) => {
        if (broken !== null) {
          reject(broken);
          return;
        }
        const id = ++last;
        waiting.set(id, { resolve, reject });
        send({ kind: "job", id, job });
      }),
    async close() {
      await worker.terminate();
    },
  };
}

function stopped(): DemoError {
  return new DemoError("worker-stopped", "A thread of signatories has ended before its work was done.");
}

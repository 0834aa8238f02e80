/**
 * The thread that composes mails and speaks with the mail server, so that this work (encryption, above all) is not done
 * on the thread that answers requests. Blanks go there and back as mails do.
 */
import { type Clock, type SmtpOptions, utcDay } from "@undersigned/service";
import { Piscina } from "piscina";
import type { Mail, SendMail } from "./mail-queue.ts";
import type { MailTask } from "./mail-worker.ts";
import type { SendOutcome } from "./smtp.ts";

export class MailThread {
  readonly #pool: Piscina<MailTask | null, SendOutcome>;
  readonly #clock: Pick<Clock, "now">;

  /** `connections`: mails that are in mid-send at once. */
  constructor(options: { smtp: SmtpOptions; connections: number; clock: Pick<Clock, "now"> }) {
    this.#clock = options.clock;
    this.#pool = new Piscina({
      filename: new URL("./mail-worker.ts", import.meta.url).href,
      name: "send",
      minThreads: 1,
      maxThreads: 1,
      concurrentTasksPerWorker: options.connections,
      // Never blocked in waiting for a task: a connection that is closing still has something to do.
      atomics: "disabled",
      niceIncrement: 10,
      recordTiming: false,
      workerData: options.smtp,
    });
  }

  readonly send: SendMail = (mail: Mail | null) =>
    // The day is enough; the mail servers on the way add times of their own.
    this.#pool.run(mail === null ? null : { ...mail, day: utcDay(this.#clock.now()) });

  async close(): Promise<void> {
    await this.#pool.close({ force: true });
  }
}

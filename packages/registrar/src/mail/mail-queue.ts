/**
 * Code mails on their way to the mail server. In memory only: a restart forgets them, and the person asks again. The
 * queue is bounded, and a mail that is still waiting when its code is about to expire is dropped.
 *
 * When a mail is handed over is decided by a beat and not by the request that asked for it, and a blank (null) takes
 * the place of each mail that is not to be sent. So neither the time of an answer nor that of a following one, nor
 * when the queue is full, tells whether a request led to a mail.
 */
import type { Clock } from "@undersigned/service";

export type Mail = { readonly to: string; readonly subject: string; readonly text: string };

/** Sends one mail, or rejects. `permanent` says that the server will never take it. A blank takes as long as a mail. */
export type SendMail = (
  mail: Mail | null,
) => Promise<{ readonly sent: true } | { readonly sent: false; readonly permanent: boolean }>;

export type MailFailure = { attempt: number; permanent: boolean; last: boolean };

type Waiting = { mail: Mail | null; expires: number; attempt: number };

export class MailQueue {
  readonly #send: SendMail;
  readonly #clock: Pick<Clock, "now">;
  readonly #capacity: number;
  readonly #concurrency: number;
  readonly #lifetimeMs: number;
  readonly #retryMs: readonly number[];
  readonly #onFailure: (failure: MailFailure) => void;
  readonly #beat: NodeJS.Timeout;
  readonly #ready: Waiting[] = [];
  readonly #timers = new Map<NodeJS.Timeout, Waiting>();
  readonly #sending = new Set<Promise<void>>();
  #closed = false;

  constructor(options: {
    send: SendMail;
    clock: Pick<Clock, "now">;
    /** What can wait for its first attempt, and as many that wait for another. */
    capacity: number;
    concurrency: number;
    /** How often mails are handed over, at most `concurrency` at a time. */
    beatMs: number;
    /** How long a mail is worth sending. */
    lifetimeMs: number;
    /** Pauses before the second and further attempts. */
    retryMs: readonly number[];
    onFailure: (failure: MailFailure) => void;
  }) {
    this.#send = options.send;
    this.#clock = options.clock;
    this.#capacity = options.capacity;
    this.#concurrency = options.concurrency;
    this.#lifetimeMs = options.lifetimeMs;
    this.#retryMs = options.retryMs;
    this.#onFailure = options.onFailure;
    this.#beat = setInterval(() => this.#handOver(), options.beatMs).unref();
  }

  get full(): boolean {
    return this.#ready.length >= this.#capacity;
  }

  /** Takes the mail or the blank and returns before anything is sent. False if the queue is full or closed. */
  offer(mail: Mail | null): boolean {
    if (this.#closed || this.full) return false;
    this.#ready.push({ mail, expires: this.#clock.now() + this.#lifetimeMs, attempt: 1 });
    return true;
  }

  /** Waits for mails in mid-send and returns how many others were dropped. */
  async close(): Promise<number> {
    this.#closed = true;
    clearInterval(this.#beat);
    for (const timer of this.#timers.keys()) clearTimeout(timer);
    const dropped = this.#ready.filter(({ mail }) => mail !== null).length + this.#timers.size;
    this.#ready.length = 0;
    this.#timers.clear();
    await Promise.all(this.#sending);
    return dropped;
  }

  #handOver(): void {
    while (this.#sending.size < this.#concurrency) {
      const next = this.#ready.shift();
      if (next === undefined) return;
      const sending = this.#try(next).finally(() => this.#sending.delete(sending));
      this.#sending.add(sending);
    }
  }

  async #try(waiting: Waiting): Promise<void> {
    // A sender that throws says no more to us than one that fails: its error may quote the address.
    const outcome = await this.#send(waiting.mail).catch(() => ({ sent: false, permanent: false }) as const);
    if (outcome.sent || waiting.mail === null) return;
    const pause = this.#retryMs[waiting.attempt - 1];
    const again =
      !outcome.permanent &&
      !this.#closed &&
      pause !== undefined &&
      this.#timers.size < this.#capacity &&
      this.#clock.now() + pause < waiting.expires;
    this.#onFailure({ attempt: waiting.attempt, permanent: outcome.permanent, last: !again });
    if (!again) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#ready.push({ ...waiting, attempt: waiting.attempt + 1 });
    }, pause);
    timer.unref();
    this.#timers.set(timer, waiting);
  }
}

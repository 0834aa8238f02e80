/**
 * Code mails on their way to the mail server. In memory only: a restart forgets them, and the person asks again. The
 * queue is bounded, and a mail that is still waiting when its code is about to expire is dropped.
 */
import type { Clock } from "@undersigned/service";

export type Mail = { readonly to: string; readonly subject: string; readonly text: string };

/** Sends one mail, or rejects. `permanent` says that the server will never take it. */
export type SendMail = (mail: Mail) => Promise<{ sent: true } | { sent: false; permanent: boolean }>;

export type MailFailure = { attempt: number; permanent: boolean; last: boolean };

type Waiting = { mail: Mail; expires: number; attempt: number };

export class MailQueue {
  readonly #send: SendMail;
  readonly #clock: Pick<Clock, "now">;
  readonly #capacity: number;
  readonly #concurrency: number;
  readonly #lifetimeMs: number;
  readonly #retryMs: readonly number[];
  readonly #onFailure: (failure: MailFailure) => void;
  readonly #ready: Waiting[] = [];
  readonly #timers = new Map<NodeJS.Timeout, Waiting>();
  readonly #sending = new Set<Promise<void>>();
  #closed = false;

  constructor(options: {
    send: SendMail;
    clock: Pick<Clock, "now">;
    capacity: number;
    concurrency: number;
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
  }

  get full(): boolean {
    return this.#ready.length + this.#timers.size + this.#sending.size >= this.#capacity;
  }

  /** Takes the mail and returns before anything is sent. False if the queue is full or closed. */
  offer(mail: Mail): boolean {
    if (this.#closed || this.full) return false;
    this.#ready.push({ mail, expires: this.#clock.now() + this.#lifetimeMs, attempt: 1 });
    // Not in this turn: how long composing a mail takes shall not be part of the answer's time.
    setImmediate(() => this.#pump());
    return true;
  }

  /** Waits for mails in mid-send and returns how many others were dropped. */
  async close(): Promise<number> {
    this.#closed = true;
    for (const timer of this.#timers.keys()) clearTimeout(timer);
    const dropped = this.#ready.length + this.#timers.size;
    this.#ready.length = 0;
    this.#timers.clear();
    await Promise.all(this.#sending);
    return dropped;
  }

  #pump(): void {
    while (this.#sending.size < this.#concurrency) {
      const next = this.#ready.shift();
      if (next === undefined) return;
      const sending = this.#try(next).finally(() => {
        this.#sending.delete(sending);
        this.#pump();
      });
      this.#sending.add(sending);
    }
  }

  async #try(waiting: Waiting): Promise<void> {
    // A sender that throws says no more to us than one that fails: its error may quote the address.
    const outcome = await this.#send(waiting.mail).catch(() => ({ sent: false, permanent: false }) as const);
    if (outcome.sent) return;
    const pause = this.#retryMs[waiting.attempt - 1];
    const again =
      !outcome.permanent &&
      !this.#closed &&
      pause !== undefined &&
      this.#clock.now() + pause < waiting.expires;
    this.#onFailure({ attempt: waiting.attempt, permanent: outcome.permanent, last: !again });
    if (!again) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#ready.push({ ...waiting, attempt: waiting.attempt + 1 });
      this.#pump();
    }, pause);
    timer.unref();
    this.#timers.set(timer, waiting);
  }
}

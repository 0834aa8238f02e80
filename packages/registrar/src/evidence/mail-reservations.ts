/**
 * Which mail is reserved for which requests (decision 13). A mail proves a mailbox to whoever gets it, so a registrar that
 * gets one first could use it at the others: its owner reserves it everywhere before it is shown to anybody. What reserves it
 * is a hash that says nothing of the mail, and another one for each registrar.
 *
 * In memory only, some 15 MiB when full; a restart forgets it, and clients reserve again.
 */
import type { Clock } from "@undersigned/service";

export const MAIL_MINUTES = 60;

export class MailReservations {
  readonly #clock: Pick<Clock, "now">;
  readonly #most: number;
  /** The one that ends first is first. */
  readonly #held = new Map<string, { readonly requests: string; readonly until: number }>();

  constructor(clock: Pick<Clock, "now">, most: number) {
    this.#clock = clock;
    this.#most = most;
  }

  /** Reserves for `MAIL_MINUTES` from now. `others`: it is reserved for other requests; `full`: no further one can be held. */
  hold(epoch: number, mail: string, requests: string): "held" | "others" | "full" {
    const now = this.#clock.now();
    this.#forget(now);
    const key = `${epoch} ${mail}`;
    const held = this.#held.get(key);
    if (held !== undefined && held.requests !== requests) return "others";
    if (held === undefined && this.#held.size >= this.#most) return "full";
    this.#held.delete(key);
    this.#held.set(key, { requests, until: now + MAIL_MINUTES * 60_000 });
    return "held";
  }

  isHeld(epoch: number, mail: string, requests: string): boolean {
    this.#forget(this.#clock.now());
    return this.#held.get(`${epoch} ${mail}`)?.requests === requests;
  }

  #forget(now: number): void {
    for (const [key, { until }] of this.#held) {
      if (until > now) return;
      this.#held.delete(key);
    }
  }
}

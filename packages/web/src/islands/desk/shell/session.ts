/**
 * Whether somebody is in, and for how long. The session's key lives in memory; it goes with the tab, after a quarter of an hour
 * without use, by a button, or when the board says that the session is over. What was typed stays sealed (outbox/).
 */
import type { ActAnswer, ActBody, DeskActName, Signer } from "@undersigned/core";
import { codeOf, PageError } from "./code-of.ts";
import type { DeskIn } from "./door.ts";

/** Why somebody who was in is not: said on the page by which they come in again. */
export type Why = "idle" | "locked" | "signed-out" | "over";

export type Standing =
  | { readonly at: "out"; readonly why: Why | null }
  | { readonly at: "in"; readonly desk: DeskIn };

export const IDLE_MS = 15 * 60_000;

export class Sessions {
  readonly #now: () => number;
  readonly #listeners = new Set<() => void>();
  #standing: Standing = { at: "out", why: null };
  #used = 0;

  /** `now`: milliseconds of a clock that goes on while a device sleeps. */
  constructor(now: () => number) {
    this.#now = now;
  }

  get standing(): Standing {
    return this.#standing;
  }

  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  enter(desk: DeskIn): void {
    this.#used = this.#now();
    this.#set({ at: "in", desk });
  }

  /** Somebody has pressed, typed, moved. */
  touch(): void {
    // Too late: whoever comes back after that time comes in anew, even where no timer has run meanwhile.
    if (!this.#isIdle()) this.#used = this.#now();
  }

  /** To be called now and then, and whenever the page is looked at again. */
  checkIdle(): void {
    if (this.#standing.at === "in" && this.#isIdle()) this.leave("idle");
  }

  /** Forgets the session's key at once; the board is told, and nobody waits for that. */
  leave(why: "idle" | "locked" | "signed-out"): void {
    const standing = this.#standing;
    if (standing.at !== "in") return;
    this.#set({ at: "out", why });
    const forget = () => standing.desk.forget();
    standing.desk.call("sign-out", {}).then(forget, forget);
  }

  /** An act of the session that is in. Rejects as the desk's `call` does; a session that is over ends here. */
  async call<A extends DeskActName>(act: A, body: ActBody<A>, organiser?: Signer): Promise<ActAnswer<A>> {
    const standing = this.#standing;
    if (standing.at !== "in") throw new PageError("session-over");
    try {
      return await standing.desk.call(act, body, organiser);
    } catch (error) {
      if (codeOf(error) === "session-over" && this.#standing === standing)
        this.#set({ at: "out", why: "over" });
      throw error;
    }
  }

  #isIdle(): boolean {
    return this.#now() - this.#used >= IDLE_MS;
  }

  #set(standing: Standing): void {
    this.#standing = standing;
    for (const listener of [...this.#listeners]) listener();
  }
}

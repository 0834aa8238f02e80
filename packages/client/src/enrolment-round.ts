/**
 * One round of all registrars, in which a slow one delays nobody (decision 8).
 *
 * All reserve at once. As soon as the quorum has (those that answered in an earlier round count), each is handed its
 * evidence in the order of arrival; a later reservation joins the line. Codes are asked for one question at a time; an
 * answer that takes long does not hold up the next question. What needs no question goes to all at once, and an invitation
 * goes out without reserving. Once the quorum has answered, whatever is still out gets a short grace and is then
 * aborted: the same can be asked for any day, with the same answer. Who has reserved by then is still asked for its
 * code. Where the quorum was there from the start, the round is for the others, and they get their full time.
 */
import { CoreError } from "@undersigned/core";
import type { EnrolmentStep, EnrolOptions, RegistrarOutcome } from "./enrol.ts";
import { ClientError } from "./errors.ts";
import type { CodeOffer } from "./evidence.ts";
import { type Asking, blindFor, type Given, type Job, type Registrar } from "./registrar-visit.ts";
import type { KeyedRegistrar } from "./registrars-of.ts";
import type { Visiting } from "./visiting.ts";

/** The registrar's word for a code that does not fit: worth asking the person again. */
const WRONG_CODE = "wrong-code";
const CODE_TRIES = 5;
const GRACE_MS = 5_000;
const PATIENCE_MS = 3_000;
/** One that takes half a minute is borne; one that never answers is waited for once. */
const TIMEOUT_MS = 45_000;

/** One registrar's visit. */
interface Visit {
  readonly registrar: Registrar;
  readonly abort: AbortController;
  job: Job | null;
  wrong: number;
  grace: ReturnType<typeof setTimeout> | undefined;
}

interface RoundOf {
  readonly asking: EnrolOptions & Asking;
  readonly visiting: Visiting;
  readonly todo: readonly KeyedRegistrar[];
  /** Who has answered before. Some of them may be asked for more. */
  readonly answered: ReadonlySet<string>;
  readonly quorum: number;
}

export class EnrolmentRound {
  readonly #of: RoundOf;
  readonly #outcomes = new Map<string, RegistrarOutcome>();
  readonly #given = new Map<string, Given>();
  /** To be handed their evidence. */
  readonly #line: Visit[] = [];
  /** Those with a request on its way. */
  readonly #out = new Set<Visit>();
  /** Those that have reserved or answered, now or before. */
  readonly #ready: Set<string>;
  /** What is no registrar's failure ends the round. */
  #broken: { readonly error: unknown } | null = null;
  #ring: () => void = () => {};

  constructor(of: RoundOf) {
    this.#of = of;
    this.#ready = new Set(of.answered);
  }

  /** `given`: by registrar, from those that have answered now. */
  async run(): Promise<{
    readonly outcomes: ReadonlyMap<string, RegistrarOutcome>;
    readonly given: ReadonlyMap<string, Given>;
  }> {
    const { signal, enough } = this.#of.asking;
    const end = () => {
      for (const visit of this.#out) visit.abort.abort();
      this.#ring();
    };
    signal?.addEventListener("abort", end);
    enough?.addEventListener("abort", end);
    try {
      signal?.throwIfAborted();
      for (const keyed of this.#of.todo) this.#prepare(keyed);
      await this.#handOverInTurn();
    } finally {
      signal?.removeEventListener("abort", end);
      enough?.removeEventListener("abort", end);
      for (const visit of this.#out) {
        clearTimeout(visit.grace);
        visit.abort.abort();
      }
    }
    return { outcomes: this.#outcomes, given: this.#given };
  }

  /** Until nobody is in line and nothing is on its way. */
  async #handOverInTurn(): Promise<void> {
    for (;;) {
      if (this.#broken !== null) throw this.#broken.error;
      this.#of.asking.signal?.throwIfAborted();
      if (this.#isEnded()) for (const visit of this.#line.splice(0)) this.#settle(visit, "later");
      const next = this.#mayHandOver() ? this.#line.shift() : undefined;
      if (next !== undefined) await this.#handOver(next);
      else if (this.#out.size > 0) await this.#change();
      else return;
    }
  }

  /** Until anything has come, or the time is up. */
  #change(ms?: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = ms === undefined ? undefined : setTimeout(resolve, ms);
      this.#ring = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** No evidence goes out before the quorum has reserved. */
  #mayHandOver(): boolean {
    return this.#of.visiting.reserve === null || this.#ready.size >= this.#of.quorum;
  }

  #isEnded(): boolean {
    return this.#of.asking.enough?.aborted ?? false;
  }

  #prepare(keyed: KeyedRegistrar): void {
    const { asking: options, visiting } = this.#of;
    const { registrar } = keyed;
    const visit: Visit = { registrar, abort: new AbortController(), job: null, wrong: 0, grace: undefined };
    this.#begin(visit, "reserving", async (asking) => {
      this.#tell(visit, "blinding");
      visit.job = await blindFor(options, keyed);
      asking.signal.throwIfAborted();
      if (visiting.reserve !== null) {
        this.#tell(visit, "reserving");
        await visiting.reserve(asking, visit.job);
        this.#ready.add(registrar.identity);
        this.#settle(visit, "reserved");
      }
      this.#line.push(visit);
    });
  }

  async #handOver(visit: Visit): Promise<void> {
    const { asking: options, visiting } = this.#of;
    const code = visiting.askCode === null ? "" : await this.#answerFor(visit, visiting.askCode);
    if (code === undefined) return;
    if (code === null) {
      this.#settle(visit, this.#isEnded() ? "later" : "skipped");
      return;
    }
    this.#begin(visit, "enrolling", async (asking) => {
      const { identity } = visit.registrar;
      try {
        this.#tell(visit, "enrolling");
        this.#given.set(identity, await visiting.handOver(asking, visit.job as Job, code));
      } catch (error) {
        if (!isWrongCode(error) || ++visit.wrong >= CODE_TRIES) throw error;
        // Their mail is at hand: they are asked before anybody else.
        this.#settle(visit, "reserved");
        this.#line.unshift(visit);
        return;
      }
      this.#settle(visit, "enrolled");
      if (this.#hasQuorum()) for (const other of this.#out) this.#startGrace(other);
    });
    if (visiting.askCode === null) return;
    const until = Date.now() + (options.patienceMs ?? PATIENCE_MS);
    for (let left = 1; left > 0 && this.#out.has(visit); left = until - Date.now()) {
      await this.#change(left);
    }
  }

  /** What the person says; undefined when the round ended over it. */
  async #answerFor(visit: Visit, askCode: CodeOffer["askCode"]): Promise<string | null | undefined> {
    const { signal, enough } = this.#of.asking;
    let stop = () => {};
    const ended = new Promise<null>((resolve) => {
      stop = () => resolve(null);
    });
    signal?.addEventListener("abort", stop);
    enough?.addEventListener("abort", stop);
    try {
      return await Promise.race([askCode(visit.registrar, visit.wrong), ended]);
    } catch (error) {
      this.#broken = { error };
      return undefined;
    } finally {
      signal?.removeEventListener("abort", stop);
      enough?.removeEventListener("abort", stop);
    }
  }

  /** Has something on its way to a registrar. What fails is that registrar's outcome, and never an exception. */
  #begin(
    visit: Visit,
    doing: "reserving" | "enrolling",
    does: (asking: Asking & { readonly signal: AbortSignal }) => Promise<void>,
  ): void {
    const { asking: options } = this.#of;
    this.#out.add(visit);
    if (this.#hasQuorum()) this.#startGrace(visit);
    const { timeoutMs = TIMEOUT_MS, timeouts = 1 } = options;
    does({
      ...options,
      timeoutMs,
      timeouts,
      signal: visit.abort.signal,
      onWork: (state) => this.#tell(visit, state === "begun" ? "working" : doing),
    })
      .catch((error: unknown) => this.#fail(visit, error))
      .finally(() => {
        clearTimeout(visit.grace);
        visit.grace = undefined;
        this.#out.delete(visit);
        this.#ring();
      });
  }

  /** Whether this round has brought the quorum about. */
  #hasQuorum(): boolean {
    const { answered, quorum } = this.#of;
    return answered.size < quorum && new Set([...answered, ...this.#given.keys()]).size >= quorum;
  }

  #startGrace(visit: Visit): void {
    visit.grace ??= setTimeout(() => visit.abort.abort(), this.#of.asking.graceMs ?? GRACE_MS);
  }

  #tell(visit: Visit, step: EnrolmentStep): void {
    if (this.#of.asking.signal?.aborted) return;
    this.#of.asking.onProgress?.(visit.registrar, step);
  }

  #settle(visit: Visit, state: "reserved" | "enrolled" | "skipped" | "later"): void {
    this.#outcomes.set(visit.registrar.identity, { registrar: visit.registrar, state });
    this.#tell(visit, state);
  }

  #fail(visit: Visit, error: unknown): void {
    const { registrar, abort } = visit;
    if (abort.signal.aborted) {
      this.#settle(visit, "later");
    } else if (error instanceof ClientError || error instanceof CoreError) {
      const code = error instanceof ClientError ? (error.remote ?? error.code) : error.code;
      this.#outcomes.set(registrar.identity, { registrar, state: "failed", code, message: error.message });
      this.#tell(visit, "failed");
    } else {
      this.#broken = { error };
    }
  }
}

function isWrongCode(error: unknown): boolean {
  return error instanceof ClientError && (error.code === "code-malformed" || error.remote === WRONG_CODE);
}

/**
 * One round of all registrars, in which a slow one delays nobody (decision 8).
 *
 * All reserve at once. As soon as the quorum has (those that answered in an earlier round count), codes are asked for
 * in the order of arrival, one question at a time; a later reservation joins the line. An answer that takes long does
 * not hold up the next question. Once the quorum has answered, whatever is still out gets a short grace and is then
 * aborted: the same can be asked for any day, with the same answer. Who has reserved by then is still asked for its
 * code. Where the quorum was there from the start, the round is for the others, and they get their full time.
 */
import { CoreError, type EnrolmentTokens } from "@undersigned/core";
import type { EnrolmentStep, EnrolOptions, RegistrarOutcome } from "./enrol.ts";
import { ClientError } from "./errors.ts";
import { blindFor, handOver, type Job, type Registrar, reserve, tidyCode } from "./registrar-visit.ts";
import type { KeyedRegistrar } from "./registrars-of.ts";

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
  readonly options: EnrolOptions;
  /** In its canonical form. */
  readonly mailbox: string;
  readonly todo: readonly KeyedRegistrar[];
  /** How many have answered before. */
  readonly known: number;
  readonly quorum: number;
}

export class EnrolmentRound {
  readonly #of: RoundOf;
  readonly #outcomes = new Map<string, RegistrarOutcome>();
  readonly #tokens: EnrolmentTokens["tokens"] = [];
  /** Reserved, and to be asked for their code. */
  readonly #line: Visit[] = [];
  /** Those with a request on its way. */
  readonly #out = new Set<Visit>();
  #reserved = 0;
  #enrolled = 0;
  /** What is no registrar's failure ends the round. */
  #broken: { readonly error: unknown } | null = null;
  #ring: () => void = () => {};

  constructor(of: RoundOf) {
    this.#of = of;
  }

  async run(): Promise<{ outcomes: Map<string, RegistrarOutcome>; tokens: EnrolmentTokens["tokens"] }> {
    const { signal, enough } = this.#of.options;
    const end = () => {
      for (const visit of this.#out) visit.abort.abort();
      this.#ring();
    };
    signal?.addEventListener("abort", end);
    enough?.addEventListener("abort", end);
    try {
      signal?.throwIfAborted();
      for (const keyed of this.#of.todo) this.#reserve(keyed);
      await this.#askInTurn();
    } finally {
      signal?.removeEventListener("abort", end);
      enough?.removeEventListener("abort", end);
      for (const visit of this.#out) {
        clearTimeout(visit.grace);
        visit.abort.abort();
      }
    }
    return { outcomes: this.#outcomes, tokens: this.#tokens };
  }

  /** Until nobody is in line and nothing is on its way. */
  async #askInTurn(): Promise<void> {
    for (;;) {
      if (this.#broken !== null) throw this.#broken.error;
      this.#of.options.signal?.throwIfAborted();
      if (this.#isEnded()) for (const visit of this.#line.splice(0)) this.#settle(visit, "later");
      const next = this.#mayAsk() ? this.#line.shift() : undefined;
      if (next !== undefined) await this.#ask(next);
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
  #mayAsk(): boolean {
    return this.#of.known + this.#reserved >= this.#of.quorum;
  }

  #isEnded(): boolean {
    return this.#of.options.enough?.aborted ?? false;
  }

  #reserve({ registrar, keys }: KeyedRegistrar): void {
    const { options, mailbox } = this.#of;
    const visit: Visit = { registrar, abort: new AbortController(), job: null, wrong: 0, grace: undefined };
    this.#begin(visit, "reserving", async (asking) => {
      this.#tell(visit, "blinding");
      visit.job = await blindFor(options, registrar, keys);
      asking.signal.throwIfAborted();
      this.#tell(visit, "reserving");
      await reserve(asking, mailbox, visit.job);
      this.#reserved++;
      this.#settle(visit, "reserved");
      this.#line.push(visit);
    });
  }

  async #ask(visit: Visit): Promise<void> {
    const code = await this.#answerFor(visit);
    if (code === undefined) return;
    if (code === null) {
      this.#settle(visit, this.#isEnded() ? "later" : "skipped");
      return;
    }
    const { mailbox, options } = this.#of;
    this.#begin(visit, "enrolling", async (asking) => {
      try {
        const digits = tidyCode(code);
        this.#tell(visit, "enrolling");
        this.#tokens.push(...(await handOver(asking, mailbox, visit.job as Job, digits)));
      } catch (error) {
        if (!isWrongCode(error) || ++visit.wrong >= CODE_TRIES) throw error;
        // Their mail is at hand: they are asked before anybody else.
        this.#settle(visit, "reserved");
        this.#line.unshift(visit);
        return;
      }
      this.#settle(visit, "enrolled");
      this.#enrolled++;
      if (this.#hasQuorum()) for (const other of this.#out) this.#startGrace(other);
    });
    const until = Date.now() + (options.patienceMs ?? PATIENCE_MS);
    for (let left = 1; left > 0 && this.#out.has(visit); left = until - Date.now()) {
      await this.#change(left);
    }
  }

  /** What the person says; undefined when the round ended over it. */
  async #answerFor(visit: Visit): Promise<string | null | undefined> {
    const { askCode, signal, enough } = this.#of.options;
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
    does: (asking: EnrolOptions & { readonly signal: AbortSignal }) => Promise<void>,
  ): void {
    const { options } = this.#of;
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
    const { known, quorum } = this.#of;
    return known < quorum && known + this.#enrolled >= quorum;
  }

  #startGrace(visit: Visit): void {
    visit.grace ??= setTimeout(() => visit.abort.abort(), this.#of.options.graceMs ?? GRACE_MS);
  }

  #tell(visit: Visit, step: EnrolmentStep): void {
    if (this.#of.options.signal?.aborted) return;
    this.#of.options.onProgress?.(visit.registrar, step);
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

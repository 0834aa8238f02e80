/**
 * Proof of work for when a registrar is under attack (PROTOCOL §9, Work; decision 11). A challenge is signed and not
 * stored: asking for many costs nothing here. A solution is good once; that is remembered until its challenge has
 * expired, and where there is no room to remember, nothing is taken any more.
 *
 * It makes guessing and flooding dear for who has few machines. It stops nobody with many: what bounds a guesser then
 * are the limits in code-guard.ts.
 */
import { randomBytes } from "node:crypto";
import type { Clock } from "@undersigned/service";
import { createChallenge, verifySolution } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/sha";
import { RegistrarError } from "../errors.ts";
import { readSolvedWork, type SolvedWork } from "./solved-work.ts";

export type WorkLimits = {
  /** Hashes for each of the 4,096 tries that a solution takes on average; checking one takes as many hashes once. */
  readonly rounds: number;
  /** What `rounds` rises to as solutions come in: once more its value for every thousand of the last minutes. */
  readonly mostRounds: number;
  /** How many solutions can be remembered. */
  readonly remembered: number;
};

const LIFETIME_MS = 300_000;
const KEY_PREFIX = "000";
const STEP = 1_000;

export class WorkDesk {
  readonly #clock: Pick<Clock, "now">;
  readonly #limits: WorkLimits;
  readonly #secret = randomBytes(32).toString("hex");
  /** Signatures of challenges whose solutions were taken in the present stretch of `LIFETIME_MS`, and in the one before. */
  #taken = new Set<string>();
  #takenBefore = new Set<string>();
  #stretch: number;

  constructor(clock: Pick<Clock, "now">, limits: WorkLimits) {
    this.#clock = clock;
    this.#limits = limits;
    this.#stretch = Math.floor(clock.now() / LIFETIME_MS);
  }

  /** A challenge as text: a new one each time, good for five minutes and until the process ends. */
  async challenge(): Promise<string> {
    this.#turn();
    const { rounds, mostRounds } = this.#limits;
    const cost = Math.min(rounds * (1 + Math.floor(this.#remembered / STEP)), Math.max(rounds, mostRounds));
    const until = Math.floor((this.#clock.now() + LIFETIME_MS) / 1000);
    const made = await createChallenge({
      algorithm: "SHA-256",
      cost,
      // Not the library's own field, which goes by the machine's clock.
      data: { until },
      deriveKey,
      keyLength: 32,
      keyPrefix: KEY_PREFIX,
      hmacSignatureSecret: this.#secret,
    });
    return JSON.stringify(made);
  }

  /**
   * Takes a solution, once. Throws `work-needed` for null, `work-wrong` for one that does not hold, has expired or was
   * taken before, and `busy` where no more can be remembered.
   */
  async take(work: string | null): Promise<void> {
    if (work === null) throw workNeeded();
    const solved = readSolvedWork(work);
    if (solved === null || !(await this.#holds(solved))) throw workWrong();
    // Without a pause from here on: of two requests with one solution, one is first.
    this.#turn();
    const { parameters, signature } = solved.challenge;
    const expired = parameters.data.until * 1000 < this.#clock.now();
    if (expired || this.#taken.has(signature) || this.#takenBefore.has(signature)) throw workWrong();
    if (this.#remembered >= this.#limits.remembered) {
      throw new RegistrarError("busy", "This registrar is being flooded. Try again in some minutes.");
    }
    this.#taken.add(signature);
  }

  async #holds({ challenge, solution }: SolvedWork): Promise<boolean> {
    const { verified } = await verifySolution({
      challenge,
      solution,
      deriveKey,
      hmacSignatureSecret: this.#secret,
    });
    return verified;
  }

  get #remembered(): number {
    return this.#taken.size + this.#takenBefore.size;
  }

  /** Forgets what has expired. A clock that was set back forgets nothing. */
  #turn(): void {
    const stretch = Math.floor(this.#clock.now() / LIFETIME_MS);
    const passed = stretch - this.#stretch;
    if (passed <= 0) return;
    this.#takenBefore = passed === 1 ? this.#taken : new Set();
    this.#taken = new Set();
    this.#stretch = stretch;
  }
}

function workNeeded(): RegistrarError {
  return new RegistrarError(
    "work-needed",
    "This registrar is being flooded and asks every device for some work first. Use a client that does it, or try again later.",
  );
}

function workWrong(): RegistrarError {
  return new RegistrarError(
    "work-wrong",
    "The work does not hold: it has expired, was used before, or is not this registrar's. Ask for a new challenge.",
  );
}

/**
 * Whether the registrar is under attack (decision 11): from a sign of it on, until five minutes have passed without
 * another. What makes a sign is decided where it is seen: code-guard.ts, reserve.ts, enrol.ts.
 */
import type { Clock, Logger } from "@undersigned/service";
import type { RegistrarEvents } from "../events.ts";

export type AttackSign = RegistrarEvents["under-attack"]["sign"][number];

const CALM_MS = 300_000;

export class AttackWatch {
  readonly #clock: Pick<Clock, "now">;
  readonly #logger: Logger<RegistrarEvents>;
  #since = Number.NEGATIVE_INFINITY;

  constructor(clock: Pick<Clock, "now">, logger: Logger<RegistrarEvents>) {
    this.#clock = clock;
    this.#logger = logger;
  }

  /** Logs the sign if it begins an attack. */
  notice(sign: AttackSign): void {
    if (!this.underAttack) this.#logger.event("under-attack", { sign });
    this.#since = this.#clock.now();
  }

  get underAttack(): boolean {
    // In both directions, so that a clock that is set back ends it too.
    return Math.abs(this.#clock.now() - this.#since) < CALM_MS;
  }
}

/**
 * How much a second party evaluates. Who has seized a registrar, its identity key and a staff directory can try that
 * directory only against this, so the limits are the defence: for each registrar so many at once, so many an hour, and
 * so many in an epoch. The last holds over restarts; see record.ts.
 */
import { type Clock, createLimiter, type Limiter, ServiceError } from "@undersigned/service";
import { readRecord, writeRecord } from "./record.ts";

export type SecondPartyLimits = {
  readonly atOnce: number;
  readonly perHour: number;
  /** For each epoch and registrar. What a workforce needs is one for each mailbox, and some for attempts that failed. */
  readonly perEpoch: number;
};

/** For a workforce of about a thousand. Its directory is then tried in half a day at best, or not, if the key is taken away. */
export const DEFAULT_SECOND_PARTY_LIMITS: SecondPartyLimits = { atOnce: 100, perHour: 200, perEpoch: 3_000 };

/** Numbers on disk are multiples of this, unless the limit is not. */
const STEP = 16;
const HOUR_SECONDS = 3_600;

type Count = { used: number; reserved: number };

export class Allowance {
  readonly #options: AllowanceOptions;
  readonly #rates: Limiter;
  readonly #counts = new Map<string, Count>();
  #closed = false;

  private constructor(options: AllowanceOptions) {
    const { limits, clock, registrars } = options;
    this.#options = options;
    this.#rates = createLimiter({
      capacity: limits.atOnce,
      refillPerSecond: limits.perHour / HOUR_SECONDS,
      maxKeys: registrars.length,
      clock,
    });
  }

  /** With room reserved until the first `reserve`. Durable on return. */
  static async open(options: AllowanceOptions): Promise<Allowance> {
    const allowance = new Allowance(options);
    const record = await readRecord(options.dataDir, options.epoch);
    for (const registrar of options.registrars) {
      const count = record?.evaluations.find((item) => item.registrar === registrar)?.count ?? 0;
      allowance.#counts.set(registrar, { used: count, reserved: count });
    }
    await allowance.reserve();
    return allowance;
  }

  /** Whether the epoch was closed by another process. */
  get closed(): boolean {
    return this.#closed;
  }

  /**
   * Takes one evaluation, or throws ServiceError `too-many-requests`. For a registrar of the list. A refusal takes
   * nothing.
   */
  take(registrar: string): void {
    const count = this.#counts.get(registrar)!;
    if (this.#closed || count.used >= count.reserved) {
      throw tooMany("This registrar has had all evaluations that it can have in this epoch.", HOUR_SECONDS);
    }
    const taken = this.#rates.take(registrar);
    if (!taken.ok) {
      throw tooMany("This registrar asks faster than it may. Ask again later.", taken.retryAfterSeconds);
    }
    count.used++;
  }

  /** Writes ahead what the rate can let through in the coming hour. To be called every hour, asked or not. */
  reserve(): Promise<void> {
    const { atOnce, perHour, perEpoch } = this.#options.limits;
    return this.#write((used) => Math.min(perEpoch, roundUp(used + atOnce + perHour)));
  }

  /** Gives back what was written ahead and not used. Nothing is given from its call on. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#write((used) => Math.min(this.#options.limits.perEpoch, roundUp(used)));
  }

  /** Calls must not overlap. Between `reserve`s numbers on disk only grow, so what is taken meanwhile is in them. */
  async #write(target: (used: number) => number): Promise<void> {
    const { dataDir, epoch } = this.#options;
    const record = await readRecord(dataDir, epoch);
    if (record === null || record.closed) {
      this.#closed = true;
      return;
    }
    // Registrars that are not in the list any more keep their number; and a limit that was lowered frees nothing.
    const kept = record.evaluations.filter((item) => !this.#counts.has(item.registrar));
    const written = new Map<string, number>();
    for (const [registrar, { used }] of this.#counts) written.set(registrar, Math.max(used, target(used)));
    const evaluations = [...kept, ...[...written].map(([registrar, count]) => ({ registrar, count }))];
    evaluations.sort((a, b) => (a.registrar < b.registrar ? -1 : 1));
    await writeRecord(dataDir, { ...record, evaluations });
    for (const [registrar, reserved] of written) this.#counts.get(registrar)!.reserved = reserved;
  }
}

export type AllowanceOptions = {
  readonly dataDir: string;
  readonly epoch: number;
  /** Identity keys, base64url. */
  readonly registrars: readonly string[];
  readonly limits: SecondPartyLimits;
  readonly clock: Pick<Clock, "now">;
};

function roundUp(count: number): number {
  return Math.ceil(count / STEP) * STEP;
}

function tooMany(message: string, retryAfterSeconds: number): ServiceError {
  return new ServiceError("too-many-requests", message, { retryAfterSeconds });
}

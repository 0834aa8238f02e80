/**
 * States how many people have enrolled (PROTOCOL §4, issuance leaf; §9). Only the board may ask: the number's growth would
 * tell an onlooker when people enrol. Rounded down to whole batches for the same reason.
 */
import {
  daysBetween,
  type IssuanceLeaf,
  type IssuanceRequest,
  issuanceLeaf,
  type JsonValue,
  signObject,
  verifyObject,
} from "@undersigned/core";
import { RegistrarError } from "../errors.ts";
import { type IssuedCounts, writeIssuanceRecord } from "../keys/issuance-record.ts";
import { type Registrar, requireActive, requireEpoch } from "../registrar.ts";
import { ISSUANCE_BATCH, stateIssuance } from "../storage/stated-issuance.ts";

/** Asks one at a time, and keeps in mind what the records beside the tag keys say. */
export class IssuanceDesk {
  readonly #registrar: Registrar;
  readonly #recorded = new Map<number, string>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(registrar: Registrar) {
    this.#registrar = registrar;
    for (const [number, { recorded }] of registrar.epochs)
      this.#recorded.set(number, JSON.stringify(recorded));
  }

  /**
   * The signed leaf for the day asked for, with every kind of evidence of the epoch. Its counts are durable, in the
   * database and beside the tag key, before it is signed, and never fall. Throws `workforce-unknown`, `epoch-unknown`,
   * `not-the-board`, `wrong-day` (more than a day from the registrar's own), `log-not-read`, ServiceError `unavailable`.
   * Nor are they lower than what the log has: a database that was set back does not make its registrar contradict itself.
   */
  async state(request: IssuanceRequest): Promise<IssuanceLeaf> {
    const { clock, identity, log, logger } = this.#registrar;
    requireActive(this.#registrar);
    const epoch = requireEpoch(this.#registrar, request.workforce, request.epoch);
    if (!(await verifyObject(request, epoch.manifest.board.key))) {
      throw new RegistrarError("not-the-board", "Only the workforce's board may ask how many have enrolled.");
    }
    if (Math.abs(daysBetween(request.day, clock.day())) > 1) {
      throw new RegistrarError(
        "wrong-day",
        "The day asked for is not today. Check the clocks of the board and of this registrar.",
      );
    }
    const logged = await log.requireRead(epoch.number);
    const issued = await this.#inTurn(() => this.#persist(epoch.number));
    logger.event("issuance-stated", { epoch: epoch.number, changed: issued.changed });
    const leaf = signObject(
      {
        type: "issuance" as const,
        v: 1 as const,
        workforce: request.workforce,
        epoch: epoch.number,
        registrar: identity.publicKey,
        day: request.day,
        batch: ISSUANCE_BATCH,
        issued: issued.issued.map(({ evidence, count }) => ({
          evidence,
          count: Math.max(count, logged.get(evidence) ?? 0),
        })),
      },
      identity,
    );
    return issuanceLeaf.check(leaf as unknown as JsonValue, "");
  }

  async #persist(epoch: number): Promise<{ issued: IssuedCounts; changed: boolean }> {
    const stated = await stateIssuance(this.#registrar.database, epoch);
    const text = JSON.stringify(stated.issued);
    // Compared with what was written and not with `changed`: a crash may have come between database and record.
    if (this.#recorded.get(epoch) !== text) {
      await writeIssuanceRecord(this.#registrar.dataDir, epoch, stated.issued);
      this.#recorded.set(epoch, text);
    }
    return stated;
  }

  /** Two answers at once must not write an older record over a newer one. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work, work);
    this.#last = result.catch(() => undefined);
    return result;
  }
}

/**
 * Holds the registrar to what it has said in the log. A database, or a whole machine, that was set back to an older day
 * has forgotten some enrolments and would allow them again; the log has not. So after each start nobody is enrolled in an
 * epoch before the log was read and says nothing against it. It is read until it has spoken of every epoch that has keys.
 *
 * An epoch is judged once. What happens later needs no second look: whatever this process states, its database has.
 */
import { type Day, mailClosesBefore, type Signer } from "@undersigned/core";
import type { Logger } from "@undersigned/service";
import { VerifyError } from "@undersigned/verify";
import type { RegistrarEvents } from "../events.ts";
import type { Epoch } from "../keys/load-epochs.ts";
import { type IssuedRow, listIssued } from "../storage/epoch-rows.ts";
import type { RegistrarDatabase } from "../storage/schema.ts";
import type { LoggedState, ReadLog } from "./read-log.ts";
import { isSettled, judge, refusal, statedIn, type Verdict } from "./verdict.ts";

/** The whole reading, however many files it takes. */
const READ_TIMEOUT_MS = 60_000;
/** From the end of a reading to the next one, if nobody asks; doubled each time. */
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 300_000;
/** The same, if somebody asks: strangers can make a registrar read no oftener than this. */
const ASKED_PAUSE_MS = 500;
/** How long who asks is kept waiting for a reading. */
const PATIENCE_MS = 5_000;
const COMPLAINT_PAUSE_MS = 60_000;

type Reason = "unavailable" | "refused" | "database";

export type LogGuardOptions = {
  readonly epochs: ReadonlyMap<number, Epoch>;
  readonly database: RegistrarDatabase;
  readonly identity: Signer;
  readonly readLog: ReadLog;
  /** The board's address, where it is not the one of the newest epoch's manifest any more. */
  readonly board?: string | undefined;
  readonly logger: Logger<RegistrarEvents>;
};

export class LogGuard {
  readonly #options: LogGuardOptions;
  readonly #verdicts = new Map<number, Verdict>();
  readonly #stated = new Map<number, ReadonlyMap<string, number>>();
  readonly #mailCloses = new Map<number, readonly Day[]>();
  readonly #closing = new AbortController();
  #read = false;
  #reading: Promise<void> | null = null;
  #endedAt = Number.NEGATIVE_INFINITY;
  #pause = FIRST_PAUSE_MS;
  #timer: NodeJS.Timeout | null = null;
  #waiting: (() => void)[] = [];
  #complaint: { readonly why: Reason; readonly at: number } | null = null;

  constructor(options: LogGuardOptions) {
    this.#options = options;
  }

  /** Begins to read, and goes on in the background. */
  start(): void {
    if (this.#options.epochs.size > 0) void this.#readOnce();
  }

  /** Throws `set-back`, `keys-destroyed`: what the log says against the epoch, if it was read. */
  requireNothingAgainst(epoch: number): void {
    const verdict = this.#verdictOn(epoch);
    if (verdict === "set-back" || verdict === "destroyed") throw refusal(verdict);
  }

  /**
   * Resolves if the log has the epoch as this registrar does, for which it waits a little. Throws as above, and
   * `log-not-read`, `epoch-not-logged`.
   */
  async requireRight(epoch: number): Promise<void> {
    if (!isSettled(this.#verdictOn(epoch))) await this.#soon();
    const verdict = this.#verdictOn(epoch);
    if (verdict !== "right") throw refusal(verdict);
  }

  /** What the log has of this registrar's counts, by kind of evidence. Throws `log-not-read`. */
  async requireRead(epoch: number): Promise<ReadonlyMap<string, number>> {
    if (!this.#read) await this.#soon();
    if (!this.#read) throw refusal("unread");
    return this.#stated.get(epoch) ?? new Map();
  }

  /**
   * Closing days of the earlier epochs that accepted existing mail, by the log and by this registrar's own statements. Only
   * where `requireRight` has found the epoch in the log, which then has all earlier ones. Throws `log-not-read`.
   */
  mailClosesBefore(epoch: number): readonly Day[] {
    const closes = this.#mailCloses.get(epoch);
    if (closes === undefined) throw refusal("unread");
    return closes;
  }

  /** Nothing reads any more when it resolves. */
  async close(): Promise<void> {
    this.#closing.abort();
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#reading;
  }

  #verdictOn(epoch: number): Verdict {
    return this.#verdicts.get(epoch) ?? "unread";
  }

  /** Resolves with the next reading's end, or when patience is over. */
  async #soon(): Promise<void> {
    if (this.#reading === null) this.#schedule(this.#endedAt + ASKED_PAUSE_MS - performance.now());
    await new Promise<void>((resolve) => {
      const patience = setTimeout(resolve, PATIENCE_MS);
      this.#waiting.push(() => {
        clearTimeout(patience);
        resolve();
      });
    });
  }

  #schedule(milliseconds: number): void {
    if (this.#closing.signal.aborted) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#readOnce(), Math.max(0, milliseconds));
    this.#timer.unref();
  }

  async #readOnce(): Promise<void> {
    this.#timer = null;
    this.#reading ??= this.#judge();
    await this.#reading;
    this.#reading = null;
    this.#endedAt = performance.now();
    for (const resolve of this.#waiting.splice(0)) resolve();
    if (this.#isDone()) return;
    this.#schedule(this.#pause);
    this.#pause = Math.min(LONGEST_PAUSE_MS, this.#pause * 2);
  }

  /** One reading is made for all epochs; further ones only for those in which people may enrol. */
  #isDone(): boolean {
    const { epochs } = this.#options;
    const waits = ({ number, secrets }: Epoch) => secrets !== null && !isSettled(this.#verdictOn(number));
    return this.#read && ![...epochs.values()].some(waits);
  }

  async #judge(): Promise<void> {
    const { epochs, database, readLog } = this.#options;
    const signal = AbortSignal.any([this.#closing.signal, AbortSignal.timeout(READ_TIMEOUT_MS)]);
    try {
      const newest = [...epochs.values()].reduce((a, b) => (a.number > b.number ? a : b));
      const logged = await orAborted(
        readLog(this.#options.board ?? newest.manifest.board.url, newest.statement.workforce, signal),
        signal,
      );
      // After the log: what was stated meanwhile is in both.
      const issued = await listIssued(database);
      for (const epoch of epochs.values()) this.#judgeOne(epoch, logged, issued);
      this.#read = true;
    } catch (error) {
      if (!this.#closing.signal.aborted) this.#complain(reasonOf(error, signal));
    }
  }

  /** Once a minute at most, unless the reason changes: strangers who ask must not fill the log lines. */
  #complain(why: Reason): void {
    const now = performance.now();
    if (this.#complaint?.why === why && now - this.#complaint.at < COMPLAINT_PAUSE_MS) return;
    this.#complaint = { why, at: now };
    this.#options.logger.event("log-not-read", { why });
  }

  #judgeOne(epoch: Epoch, logged: LoggedState, issued: readonly IssuedRow[]): void {
    const { number } = epoch;
    const before = this.#verdictOn(number);
    if (isSettled(before)) return;
    const { identity, logger } = this.#options;
    const stated = statedIn(logged, number, identity.publicKey);
    this.#stated.set(number, stated);
    this.#mailCloses.set(number, this.#closesBefore(number, logged));
    const verdict = judge(epoch, logged, identity.publicKey, stated, issued);
    this.#verdicts.set(number, verdict);
    if (verdict === before) return;
    if (verdict === "destroyed") logger.event("keys-destroyed", { epoch: number });
    if (verdict === "set-back") logger.event("set-back", { epoch: number });
    if (verdict === "not-logged") logger.event("epoch-not-logged", { epoch: number });
  }

  #closesBefore(epoch: number, logged: LoggedState): Day[] {
    const own = [...this.#options.epochs.values()].map((known) => known.statement);
    const others = [...logged.epochs.values()].flatMap((known) => [...known.statements.values()]);
    return mailClosesBefore(epoch, [...own, ...others]);
  }
}

/** Also where the reader does not heed the signal. */
function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason as Error);
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}

/** A moment's silence of the board or of the way to it; a database that fails; or files that are not the log. */
function reasonOf(error: unknown, signal: AbortSignal): Reason {
  if (signal.aborted) return "unavailable";
  if (!(error instanceof VerifyError)) return "database";
  return ["source-unavailable", "file-missing"].includes(error.code) ? "unavailable" : "refused";
}

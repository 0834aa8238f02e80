/** What the commands of a running registrar work with, and the first questions that they all ask. */
import type { EndorsementClass, EvidenceKind, Signer } from "@undersigned/core";
import { type Clock, type Logger, ServiceError } from "@undersigned/service";
import type { CodeGuard } from "./code-guard.ts";
import { RegistrarError } from "./errors.ts";
import type { RegistrarEvents } from "./events.ts";
import type { MailKeys } from "./evidence/mail-keys.ts";
import type { MailReservations } from "./evidence/mail-reservations.ts";
import type { Epoch, EpochSecrets } from "./keys/load-epochs.ts";
import type { Limiters } from "./limits.ts";
import type { LogGuard } from "./log/log-guard.ts";
import { refusal } from "./log/verdict.ts";
import type { MailQueue } from "./mail/mail-queue.ts";
import type { SignPool } from "./signing/sign-pool.ts";
import type { EnrolmentWriter } from "./storage/enrolment-writer.ts";
import type { RegistrarDatabase } from "./storage/schema.ts";
import type { Tagger } from "./tag/tagger.ts";
import type { AttackWatch } from "./work/attack-watch.ts";
import type { WorkDesk } from "./work/work-desk.ts";

export type Registrar = {
  readonly dataDir: string;
  readonly identity: Signer;
  /** All that this registrar has keys for, of one workforce. */
  readonly epochs: ReadonlyMap<number, Epoch>;
  readonly database: RegistrarDatabase;
  readonly log: LogGuard;
  readonly writer: EnrolmentWriter;
  readonly pool: SignPool;
  readonly tagger: Tagger;
  readonly mails: MailQueue;
  /** Of existing mails. */
  readonly reservations: MailReservations;
  readonly mailKeys: MailKeys;
  readonly limiters: Limiters;
  readonly guard: CodeGuard;
  readonly attack: AttackWatch;
  readonly work: WorkDesk;
  readonly clock: Clock;
  readonly logger: Logger<RegistrarEvents>;
  /** Whether another process may have become the active one. */
  lost: boolean;
};

/** Throws ServiceError `unavailable` once the database's lock was lost. */
export function requireActive(registrar: Registrar): void {
  if (registrar.lost)
    throw new ServiceError("unavailable", "This registrar is being restarted. Try again in a minute.");
}

/** Throws, under attack only, `work-needed`, `work-wrong`, `busy`. In quiet times nobody is asked, and `work` is not looked at. */
export async function requireWork(registrar: Registrar, work: string | null): Promise<void> {
  if (registrar.attack.underAttack) await registrar.work.take(work);
}

/** Throws `workforce-unknown`, `epoch-unknown`. */
export function requireEpoch(registrar: Registrar, workforce: string, number: number): Epoch {
  const epoch = registrar.epochs.get(number);
  if (workforceOf(registrar) !== workforce) {
    throw new RegistrarError(
      "workforce-unknown",
      "This registrar does not serve this workforce. Check the link that you followed.",
    );
  }
  if (epoch === undefined) {
    throw new RegistrarError(
      "epoch-unknown",
      "This registrar has no keys for this epoch. Load the page again.",
    );
  }
  return epoch;
}

/**
 * An epoch in which people can enrol today, with its secrets. Waits a little for the log, if it has not been read. Throws
 * as `requireEpoch`, `epoch-not-open`, `keys-destroyed`, `keys-missing`, `set-back`, `log-not-read`, `epoch-not-logged`.
 */
export async function requireOpenEpoch(
  registrar: Registrar,
  workforce: string,
  number: number,
): Promise<{ epoch: Epoch; secrets: EpochSecrets }> {
  const epoch = requireEpoch(registrar, workforce, number);
  const { secrets } = epoch;
  if (epoch.destroyed !== null) throw refusal("destroyed");
  registrar.log.requireNothingAgainst(number);
  if (epoch.lost) {
    throw new RegistrarError(
      "keys-missing",
      "This registrar has lost its keys of this epoch and enrols nobody in it. The other registrars do.",
    );
  }
  if (secrets === null || !isOpen(epoch, registrar.clock.day())) {
    throw new RegistrarError(
      "epoch-not-open",
      "Nobody can enrol in this epoch today: it has not begun or is over.",
    );
  }
  await registrar.log.requireRight(number);
  return { epoch, secrets };
}

export function isOpen(epoch: Epoch, day: string): boolean {
  return epoch.statement.opens <= day && day <= epoch.statement.closes;
}

/** Throws `evidence-not-accepted` unless the epoch's statement gives tokens of the class for evidence of the kind. */
export function requireEvidence(epoch: Epoch, kind: EvidenceKind, of: EndorsementClass): void {
  if (!epoch.statement.evidence.some((item) => item.kind === kind && item.class === of)) {
    throw new RegistrarError(
      "evidence-not-accepted",
      "This workforce does not accept this evidence for this class.",
    );
  }
}

/** The one workforce, or null before the first epoch. */
export function workforceOf(registrar: Pick<Registrar, "epochs">): string | null {
  for (const epoch of registrar.epochs.values()) return epoch.statement.workforce;
  return null;
}

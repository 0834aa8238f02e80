/**
 * All that a registrar can log. No event tells of a mailbox, a network or a moment, and none is written for a single
 * person's act that succeeds.
 */
import { defineEvents, httpEvents } from "@undersigned/service";

export const registrarEvents = defineEvents({
  ...httpEvents,
  "registrar-started": { epochs: "count", workers: "count" },
  "registrar-stopped": { mailsDropped: "count" },
  /** `permanent`: the mail server refused for good. `last`: no further attempt follows. */
  "mail-failed": { attempt: "count", permanent: "flag", last: "flag" },
  "mail-queue-full": {},
  "sign-queue-full": {},
  /** From now on everybody is asked for work, until five minutes pass without a sign. */
  "under-attack": { sign: ["wrong-codes", "reservations", "sign-queue", "mail-reservations"] },
  /** A signature did not verify under its own key, or a worker died: look at the machine's memory and logs. */
  "signing-failed": {},
  /** No answer from DNS about a key of mails: known records stand in. Once, until it answers again. */
  "dns-unreachable": {},
  "issuance-stated": { epoch: "count", changed: "flag" },
  /** The second party gave no answer, or refused one: an enrolment waits for it. `limited`: it has had enough for now. */
  "second-party-down": { epoch: "count", limited: "flag" },
  /** Its answer was none, or not by the key that the epoch began with: ask its operator. */
  "second-party-wrong": { epoch: "count" },
  /** Nobody is enrolled until it succeeds; tried again. `refused`: what the board gives is not the workforce's log. */
  "log-not-read": { why: ["unavailable", "refused", "database"] },
  /** The log has no epoch of this number under this registrar's statement (yet): nobody is enrolled in it. */
  "epoch-not-logged": { epoch: "count" },
  /** The log says more issued than the database holds, which is an old copy: nobody is enrolled in the epoch. */
  "set-back": { epoch: "count" },
  /** The log says that the keys are destroyed, and the database knows nothing of it: close the epoch once more. */
  "keys-destroyed": { epoch: "count" },
  /** The epoch is not over and its keys are not there, as after restoring a backup: nobody is enrolled in it. */
  "keys-missing": { epoch: "count" },
  /** Another process may be active on this database. */
  "lock-lost": {},
});

export type RegistrarEvents = typeof registrarEvents;

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
  /** A signature did not verify under its own key, or a worker died: look at the machine's memory and logs. */
  "signing-failed": {},
  "issuance-stated": { epoch: "count", changed: "flag" },
  /** Another process may be active on this database. */
  "lock-lost": {},
});

export type RegistrarEvents = typeof registrarEvents;

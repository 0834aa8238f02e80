/** All that a second party can log: nothing of elements, and nothing for a request that was answered. */
import { defineEvents, httpEvents } from "@undersigned/service";

export const secondPartyEvents = defineEvents({
  ...httpEvents,
  "second-party-started": { epochs: "count", registrars: "count" },
  "second-party-stopped": {},
  /** Once an hour at most: a registrar asked for more than it may. If it has not that many people, it was seized. */
  "evaluation-limit-reached": { epoch: "count" },
  /** Another process closed the epoch: its key is out of memory now. */
  "second-party-epoch-closed": { epoch: "count" },
  /** The record could not be written: once what it allows is used up, everything is refused. */
  "second-party-record-failed": { epoch: "count" },
});

export type SecondPartyEvents = typeof secondPartyEvents;

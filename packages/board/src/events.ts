/**
 * All that a board can log. The numbers are those of the public log; nothing counts what is still pending, and nothing
 * is written for a single person's act.
 */
import { defineEvents } from "@undersigned/service";

export const boardEvents = defineEvents({
  "board-started": { workforces: "count" },
  "workforce-added": { version: "count" },
  "epoch-opened": { epoch: "count" },
  "destruction-logged": { epoch: "count" },
  "letter-published": { epoch: "count", slot: "count" },
  "letter-revealed": { epoch: "count", slot: "count" },
  "early-closing-logged": { epoch: "count", slot: "count" },
  "delivery-logged": { epoch: "count", slot: "count" },
  "record-logged": {
    epoch: "count",
    slot: "count",
    kind: ["response", "judgement", "dealings", "chronicle"],
  },
  "record-withheld": { epoch: "count", slot: "count" },
  "client-logged": {},
  /** What is followed of other boards: how many workforces, and of how many something was wrong. */
  "followed-recounted": { workforces: "count", problems: "count" },
  "tick-done": { endorsements: "count", revisions: "count", withdrawals: "count", closings: "count" },
  "tick-failed": { kind: ["log-damaged", "log-behind", "database-busy", "database-unavailable", "other"] },
  /** A registrar's stated number is missing or too low for what would be released: ask its operator. */
  "held-for-issuance": { epoch: "count", slot: "count", class: ["mailbox", "vouched"] },
  "issuance-logged": { epoch: "count" },
  /** `registrar`: its place in the manifest, from 0. */
  "issuance-missing": {
    epoch: "count",
    registrar: "count",
    reason: ["unreachable", "malformed", "not-asked-for", "signature-invalid", "wrong-day", "fell"],
  },
});

export type BoardEvents = typeof boardEvents;

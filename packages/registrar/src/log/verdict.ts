/** What the log says about one epoch of this registrar, and with which words enrolments are refused for it. */
import { encodeKeyStatement, equalBytes } from "@undersigned/core";
import { RegistrarError } from "../errors.ts";
import type { Epoch } from "../keys/load-epochs.ts";
import type { IssuedRow } from "../storage/epoch-rows.ts";
import type { LoggedState } from "./read-log.ts";

/** `unread` and `not-logged` may change; the others stay until the next start. */
export type Verdict = "unread" | "not-logged" | "right" | "set-back" | "destroyed";

export function isSettled(verdict: Verdict): boolean {
  return verdict !== "unread" && verdict !== "not-logged";
}

/** The registrar's last logged counts for the epoch, by kind of evidence; empty where it has stated none. */
export function statedIn(logged: LoggedState, epoch: number, registrar: string): ReadonlyMap<string, number> {
  const issued = logged.issuance.get(`${epoch} ${registrar}`)?.issued ?? [];
  return new Map(issued.map(({ evidence, count }) => [evidence, count]));
}

export function judge(
  epoch: Epoch,
  logged: LoggedState,
  registrar: string,
  stated: ReadonlyMap<string, number>,
  issued: readonly IssuedRow[],
): Verdict {
  // A registrar that knows of its own destruction needs not be told.
  if (logged.destructions.has(`${epoch.number} ${registrar}`) && epoch.destroyed === null) return "destroyed";
  const counted = (evidence: string) =>
    issued.find((row) => row.epoch === epoch.number && row.evidence === evidence)?.count ?? 0;
  if ([...stated].some(([evidence, count]) => count > counted(evidence))) return "set-back";
  const statement = logged.epochs.get(epoch.number)?.statements.get(registrar);
  const own = statement !== undefined && equalBytes(encodeKeyStatement(statement), epoch.statementFile);
  return own ? "right" : "not-logged";
}

export function refusal(verdict: Exclude<Verdict, "right">): RegistrarError {
  const [code, message] = REFUSALS[verdict];
  return new RegistrarError(code, message);
}

const REFUSALS = {
  unread: ["log-not-read", "This registrar has not read the workforce's log yet. Try again in a minute."],
  "not-logged": [
    "epoch-not-logged",
    "The log does not have this epoch with this registrar's keys. Try again in some minutes.",
  ],
  "set-back": [
    "set-back",
    "This registrar was set back to an older day and enrols nobody in this epoch. The other registrars do.",
  ],
  destroyed: [
    "keys-destroyed",
    "This registrar has destroyed its keys of this epoch and enrols nobody in it any more.",
  ],
} as const;

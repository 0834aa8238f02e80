/** How far registrars are, in words. One that is slow or fails is no alarm where the others are enough. */

import type { EnrolmentStep } from "@undersigned/client";
import type { EvidenceKind } from "@undersigned/core";
import { say } from "../../say.ts";
import { KINDS } from "./kinds.ts";

/** What a registrar has done that is done with this person. */
export function enrolledWords(kind: EvidenceKind): string {
  return say("sign-signing.step.enrolled", { kind: KINDS[kind] });
}

export interface StepOf {
  readonly kind: EvidenceKind;
  /** Undefined before anything was told. */
  readonly step: EnrolmentStep | undefined;
  /** Codes of others are being typed already. */
  readonly behind: boolean;
  /** The others are enough, or can be. */
  readonly dispensable: boolean;
}

export function stepWords({ kind, step, behind, dispensable }: StepOf): string {
  const calm = dispensable ? "yes" : "no";
  if (step === undefined) return say("sign-signing.step.waiting");
  if (step === "failed") return say("sign-signing.step.failed", { calm });
  if (behind && (step === "blinding" || step === "reserving")) return say("sign-signing.step.slow", { calm });
  if (step === "reserving" || step === "reserved" || step === "enrolling" || step === "enrolled")
    return say(`sign-signing.step.${step}`, { kind: KINDS[kind] });
  return say(`sign-signing.step.${step}`);
}

/** `2 of 3 needed confirmations have come.` */
export function confirmationWords(confirmed: number, needed: number): string {
  if (confirmed === needed) return say("sign-signing.confirmations.all", { needed });
  return say(confirmed > needed ? "sign-signing.confirmations.more" : "sign-signing.confirmations.some", {
    confirmed,
    needed,
  });
}

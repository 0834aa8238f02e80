/** How far registrars are, in words. One that is slow or fails is no alarm where the others are enough. */
import type { EnrolmentStep } from "@undersigned/client";

const STEPS: Readonly<Record<EnrolmentStep, string>> = {
  blinding: "Preparing …",
  reserving: "Asking for a code …",
  working: "Busy with many requests. Your device is doing a sum for it, which takes some seconds.",
  reserved: "Has sent a code to your mailbox.",
  enrolling: "Checking the code …",
  enrolled: "Has confirmed your mailbox.",
  skipped: "You went on without it.",
  later: "Was slow and not waited for.",
  failed: "Has not answered as it should.",
};

export interface StepOf {
  /** Undefined before anything was told. */
  readonly step: EnrolmentStep | undefined;
  /** Codes of others are being typed already. */
  readonly behind: boolean;
  /** The others are enough, or can be. */
  readonly dispensable: boolean;
}

export function stepWords({ step, behind, dispensable }: StepOf): string {
  if (step === undefined) return "Waiting …";
  const calm = dispensable ? " You can do without it." : "";
  if (step === "failed") return STEPS.failed + calm;
  if (behind && (step === "blinding" || step === "reserving")) return `Slow to answer.${calm}`;
  return STEPS[step];
}

/** `2 of 3 needed confirmations have come.` */
export function confirmationWords(confirmed: number, needed: number): string {
  if (confirmed >= needed) {
    return confirmed === needed
      ? `You have enough: all ${needed} needed confirmations have come.`
      : `You have enough: ${confirmed} confirmations have come, and ${needed} are needed.`;
  }
  return `${confirmed} of ${needed} needed confirmations ${confirmed === 1 ? "has" : "have"} come.`;
}

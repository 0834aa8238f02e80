/** How far registrars are, in words. One that is slow or fails is no alarm where the others are enough. */
import type { EnrolmentStep } from "@undersigned/client";
import type { EvidenceKind } from "@undersigned/core";

type Words = Readonly<Record<"reserving" | "reserved" | "enrolling" | "enrolled", string>>;

const BY_KIND: Readonly<Record<EvidenceKind, Words>> = {
  "mailbox-code": {
    reserving: "Asking for a code …",
    reserved: "Has sent a code to your mailbox.",
    enrolling: "Checking the code …",
    enrolled: "Has confirmed your mailbox.",
  },
  "existing-mail": {
    reserving: "Hearing that a mail will come …",
    reserved: "Waits for your mail, until enough others do.",
    enrolling: "Checking your mail …",
    enrolled: "Has confirmed your mailbox.",
  },
  vouch: {
    reserving: "Preparing …",
    reserved: "Preparing …",
    enrolling: "Checking your invitation …",
    enrolled: "Has taken your invitation.",
  },
};

const STEPS: Readonly<Record<Exclude<EnrolmentStep, keyof Words>, string>> = {
  blinding: "Preparing …",
  working: "Busy with many requests. Your device is doing a sum for it, which takes some seconds.",
  skipped: "You went on without it.",
  later: "Was slow and not waited for.",
  failed: "Has not answered as it should.",
};

/** What a registrar has done that is done with this person. */
export function enrolledWords(kind: EvidenceKind): string {
  return BY_KIND[kind].enrolled;
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
  if (step === undefined) return "Waiting …";
  const calm = dispensable ? " You can do without it." : "";
  if (step === "failed") return STEPS.failed + calm;
  if (behind && (step === "blinding" || step === "reserving")) return `Slow to answer.${calm}`;
  return step in STEPS ? STEPS[step as keyof typeof STEPS] : BY_KIND[kind][step as keyof Words];
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

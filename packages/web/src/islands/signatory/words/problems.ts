/**
 * A sentence for each code (`….problem.<code>`): what happened, and what to do now. Servers' own sentences are never shown, since a server could
 * write there whatever it wants a person to do.
 */

import type { EvidenceKind } from "@undersigned/core";
import { say } from "../../say.ts";
import type { Outcome, Problem } from "../machine/state.ts";
import { enrolledWords } from "./registrars.ts";

/** Codes that are said as another one is. */
const SAID_AS: Readonly<Partial<Record<string, string>>> = {
  unavailable: "not-now",
  "log-not-read": "not-now",
  "epoch-not-logged": "not-now",
  "second-party-down": "not-now",
  "set-back": "not-at-all",
  "keys-destroyed": "not-at-all",
  "keys-missing": "not-at-all",
  "work-needed": "too-busy",
  "work-wrong": "too-busy",
  "work-failed": "too-busy",
  "work-too-hard": "too-busy",
  "wrong-quorum": "token-invalid",
};

/** VerifyError codes that mean: what is shown is not what was logged. */
const TRUST = new Set([
  "checkpoint-signature",
  "checkpoint-origin",
  "tiles-inconsistent",
  "leaf-changed",
  "leaf-malformed",
  "leaf-out-of-place",
  "manifest-mismatch",
  "manifest-chain-broken",
  "manifest-signatures",
  "epoch-number",
  "epoch-manifest",
  "epoch-statements",
  "statement-mismatch",
  "statement-signature",
  "bad-rsa-key",
  "modulus-repeated",
  "index-wrong",
  "file-malformed",
  "file-too-large",
  "workforce-mismatch",
  "closing-too-early",
  "letter-chain-broken",
]);

/** Where sentences are: with the page, or with the part that alone can meet the code. */
const AREAS = ["sign", "sign-signing", "sign-evidence", "sign-existing-mail"] as const;

export function problemWords({ code }: Pick<Problem, "code">): string {
  const name = SAID_AS[code] ?? code;
  for (const area of AREAS) {
    const sentence = say.known(`${area}.problem.${name}`);
    if (sentence !== null) return sentence;
  }
  return say(TRUST.has(code) ? "sign.problem.not-trusted" : "sign.problem.failure");
}

/** What happened at one registrar. */
export function outcomeWords({ state, code }: Pick<Outcome, "state" | "code">, kind: EvidenceKind): string {
  switch (state) {
    case "known":
    case "enrolled":
      return enrolledWords(kind);
    case "reserved":
      return say("sign-signing.outcome.reserved");
    case "skipped":
      return say("sign-signing.step.skipped");
    case "later":
      return say("sign-signing.step.later");
    case "failed":
      return problemWords({ code: code ?? "unknown" });
  }
}

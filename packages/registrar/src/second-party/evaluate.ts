/** One evaluation for a registrar (PROTOCOL §12). Keeps nothing of it but that a number is higher by one. */
import { decodeBase64url, encodeBase64url, verifyObject } from "@undersigned/core";
import { type Logger, ServiceError, wipe } from "@undersigned/service";
import { RegistrarError } from "../errors.ts";
import type { Allowance } from "./allowance.ts";
import type { SecondPartyEvents } from "./events.ts";
import type { Evaluation, EvaluationRequest } from "./formats.ts";
import { ELEMENT_BYTES, evaluateBlinded, requireElement, type VoprfKey } from "./voprf.ts";

export type SecondPartyEpoch = {
  readonly number: number;
  readonly workforce: string;
  readonly key: VoprfKey;
  readonly allowance: Allowance;
  /** Whether a refusal was logged since the last full hour. */
  limitLogged: boolean;
};

export type SecondParty = {
  readonly registrars: ReadonlySet<string>;
  readonly epochs: Map<number, SecondPartyEpoch>;
  readonly logger: Logger<SecondPartyEvents>;
};

/**
 * Throws `not-allowed` unless a registrar of the list signed the request, `workforce-unknown`, `epoch-unknown`,
 * `bad-element`, and ServiceError `too-many-requests`.
 */
export async function evaluate(party: SecondParty, request: EvaluationRequest): Promise<Evaluation> {
  const { registrar } = request;
  // First of all, so that a stranger neither uses up a registrar's allowance nor learns which epochs there are.
  if (!party.registrars.has(registrar) || !(await verifyObject(request, registrar))) {
    throw new RegistrarError(
      "not-allowed",
      "This second party does not work for this registrar: have its operator add the registrar's identity.",
    );
  }
  const epoch = party.epochs.get(request.epoch);
  if (epoch === undefined) {
    throw new RegistrarError("epoch-unknown", "This second party has no key for this epoch.");
  }
  if (epoch.workforce !== request.workforce) {
    throw new RegistrarError("workforce-unknown", "This second party does not serve this workforce.");
  }
  const blinded = decodeBase64url(request.element, ELEMENT_BYTES);
  requireElement(blinded);
  takeOne(party, epoch, registrar);
  const { evaluated, proof } = evaluateBlinded(epoch.key, [blinded]);
  return {
    type: "evaluation",
    v: 1,
    epoch: epoch.number,
    element: encodeBase64url(evaluated[0]!),
    proof: encodeBase64url(proof),
  };
}

function takeOne(party: SecondParty, epoch: SecondPartyEpoch, registrar: string): void {
  try {
    epoch.allowance.take(registrar);
  } catch (error) {
    if (error instanceof ServiceError && !epoch.limitLogged) {
      epoch.limitLogged = true;
      party.logger.event("evaluation-limit-reached", { epoch: epoch.number });
    }
    throw error;
  }
}

/** Once an hour: writes ahead what may be taken, and lets go of keys whose epoch another process closed. */
export async function renewAllowances(party: SecondParty): Promise<void> {
  for (const epoch of [...party.epochs.values()]) {
    epoch.limitLogged = false;
    try {
      await epoch.allowance.reserve();
    } catch {
      party.logger.event("second-party-record-failed", { epoch: epoch.number });
    }
    if (!epoch.allowance.closed) continue;
    party.epochs.delete(epoch.number);
    wipe(epoch.key.secretKey);
    party.logger.event("second-party-epoch-closed", { epoch: epoch.number });
  }
}

/** Signs what is to be sent. The same phrase and choice always make the same bytes, so nothing is ever sent as two. */
import {
  prepareEndorsement,
  prepareRevision,
  prepareWithdrawal,
  type SignatoryRequest,
} from "@undersigned/client";
import { Secrets } from "@undersigned/core";
import type { Making } from "../machine/effect.ts";

/** Throws as the client's `prepare…` do. */
export async function makeRequest(making: Making): Promise<SignatoryRequest> {
  const { log, letter, phrase } = making;
  const common = { view: log.view, secrets: new Secrets(phrase), letter };
  if (making.kind === "withdraw") return prepareWithdrawal({ ...common, head: making.head });
  const { appearance } = making;
  if (making.kind === "revise") {
    const { head, tokens } = making;
    return prepareRevision({ ...common, head, appearance, ...(tokens !== null && { tokens }) });
  }
  const { tokens, remainder } = making;
  return prepareEndorsement({ ...common, tokens, appearance, remainder });
}

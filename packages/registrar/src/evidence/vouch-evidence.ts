/**
 * An invitation (decision 14): this registrar's own blind signature on its key, and that key's signature over the hash of the
 * requests. So nothing that another registrar sees of it is worth anything here, and no reservation is needed.
 */
import type { VouchEvidence } from "@undersigned/core";
import { RegistrarError } from "../errors.ts";
import { invitationTag } from "../tag/keyed-hashes.ts";
import type { EvidenceAt, Prove } from "./evidence.ts";

/** The proof throws `invitation-invalid`. */
export function vouchEvidence({ epoch, secrets }: EvidenceAt, evidence: VouchEvidence): Prove {
  const { number, key } = evidence;
  return async (requests) => {
    // A manifest may give fewer invitations than there are numbers.
    const accepted = await epoch.invitations[number]?.accepts(evidence, requests);
    if (accepted !== true) {
      throw new RegistrarError(
        "invitation-invalid",
        "This registrar has not signed this invitation for this epoch, or it is used by somebody who does not have it whole.",
      );
    }
    return { tag: invitationTag(secrets.tag, key, number), mailbox: null, mail: null };
  };
}
